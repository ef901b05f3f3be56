"""A server: its channels, roles and members, and the events that tell the bot of a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.rehearsal import permissions as rules
from bot.rehearsal import thread_acts, threads
from bot.rehearsal.entities import THREADS, Channel, ChannelType, Role, Tag, User
from bot.rehearsal.hooks import Webhook
from bot.rehearsal.members import Member
from bot.rehearsal.payloads import (
    channel_payload,
    guild_create_payload,
    guild_payload,
    member_payload,
    role_payload,
    user_payload,
)
from bot.rehearsal.permissions import Overwrite, Permission
from bot.rehearsal.rules import Json
from bot.rehearsal.scheduled import ScheduledEvent
from bot.rehearsal.standing import Standing

if TYPE_CHECKING:
    from bot.rehearsal.world import World

Overwrites = Mapping[Role, Overwrite] | Mapping[Member, Overwrite] | Mapping[Role | Member, Overwrite]


class Guild:
    def __init__(self, world: World, name: str, *, locale: str, bot_permissions: Permission) -> None:
        self.world, self.name, self.locale = world, name, locale
        self.id = world.ids.next()
        self.owner = User(world.ids.next(), f"{name} owner")
        self.everyone = Role(self.id, "@everyone", rules.EVERYONE, position=0)
        self.roles: dict[int, Role] = {self.id: self.everyone}
        self.channels: dict[int, Channel] = {}
        self.members: dict[int, Member] = {}
        self.scheduled: dict[int, ScheduledEvent] = {}
        self.bot_role = self._new_role(world.me.name, bot_permissions, managed=True, bot_id=world.me.id)
        self.me = self._join(world.me, [self.bot_role])
        self.owner_member = self._join(self.owner, [])

    def __repr__(self) -> str:
        return f"<{self.name}>"

    # roles and members

    def role(
        self, name: str, *, permissions: Permission = Permission.NONE, mentionable: bool = False
    ) -> Role:
        role = self._new_role(name, permissions, mentionable=mentionable)
        self._tell("GUILD_ROLE_CREATE", {"guild_id": str(self.id), "role": role_payload(role)})
        return role

    def set_permissions(self, role: Role, permissions: Permission) -> None:
        with self.noticing_access():
            role.permissions = permissions
            self._tell("GUILD_ROLE_UPDATE", {"guild_id": str(self.id), "role": role_payload(role)})

    def delete_role(self, role: Role) -> None:
        del self.roles[role.id]
        for member in self.members.values():
            member.roles = [r for r in member.roles if r is not role]
        self._tell("GUILD_ROLE_DELETE", {"guild_id": str(self.id), "role_id": str(role.id)})

    def member(
        self,
        name: str,
        *,
        locale: str = "en-US",
        roles: Iterable[Role] = (),
        timed_out: bool = False,
        user: Member | User | None = None,
    ) -> Member:
        """A member; `user` makes it somebody who is in another server already."""
        known = user.user if isinstance(user, Member) else user
        member = self._join(known or User(self.world.ids.next(), name, locale=locale), roles)
        if timed_out:
            member.time_out(timedelta(hours=1))
        self._tell("GUILD_MEMBER_ADD", {"guild_id": str(self.id), **member_payload(member)})
        return member

    def kick(self, member: Member) -> None:
        """Remove a member; the bot's own removal is a GUILD_DELETE."""
        for thread in [c for c in self.channels.values() if c.thread is not None]:
            thread.state.members.pop(member.id, None)
        del self.members[member.id]
        if member is self.me:
            self.world.guilds.pop(self.id, None)
            self._tell("GUILD_DELETE", {"id": str(self.id)})
            return
        gone = {"guild_id": str(self.id), "user": user_payload(member.user)}
        self._tell("GUILD_MEMBER_REMOVE", gone)

    def invite_bot(self) -> None:
        """Bring the bot (back) in: GUILD_CREATE."""
        self.world.guilds[self.id] = self
        self.members[self.me.id] = self.me
        self._tell("GUILD_CREATE", guild_create_payload(self))

    def rename(self, name: str) -> None:
        self.name = name
        self._tell("GUILD_UPDATE", guild_payload(self))

    def set_locale(self, locale: str) -> None:
        self.locale = locale
        self._tell("GUILD_UPDATE", guild_payload(self))

    # channels

    def text_channel(self, name: str, *, overwrites: Overwrites | None = None) -> Channel:
        return self.channel(name, ChannelType.TEXT, overwrites=overwrites)

    def voice_channel(self, name: str, *, overwrites: Overwrites | None = None) -> Channel:
        return self.channel(name, ChannelType.VOICE, overwrites=overwrites)

    def forum_channel(
        self, name: str, *, tags: Iterable[str] = (), overwrites: Overwrites | None = None
    ) -> Channel:
        forum = self.channel(name, ChannelType.FORUM, overwrites=overwrites)
        forum.tags = [Tag(self.world.ids.next(), tag) for tag in tags]
        return forum

    def channel(
        self,
        name: str,
        kind: ChannelType,
        *,
        overwrites: Overwrites | None = None,
        parent: Channel | None = None,
    ) -> Channel:
        by_id = {target.id: overwrite for target, overwrite in (overwrites or {}).items()}
        channel = Channel(self.world.ids.next(), kind, name, self, parent, by_id, len(self.channels))
        self.channels[channel.id] = channel
        self.changed(channel, "CREATE")
        return channel

    def thread(
        self, parent: Channel, name: str, *, owner: Member | None = None, private: bool = False
    ) -> Channel:
        return thread_acts.start(owner or self.me, parent, name, private=private)

    def webhook(self, channel: Channel, name: str) -> Webhook:
        """One that the owner made by hand: no application's."""
        return self.world.webhooks.open(channel, name, self.owner)

    def overwrite(self, channel: Channel, target: Role | Member, overwrite: Overwrite) -> None:
        with self.noticing_access():
            channel.overwrites[target.id] = overwrite
            self.changed(channel)

    def rename_channel(self, channel: Channel, name: str) -> None:
        channel.name = name
        self.changed(channel)

    def delete_channel(self, channel: Channel) -> None:
        """Its threads and scheduled events go with it; of the threads nobody is told."""
        self.changed(channel, "DELETE")
        del self.channels[channel.id]
        self.channels = {
            i: c for i, c in self.channels.items() if c.parent is not channel or c.thread is None
        }
        for event in [e for e in self.scheduled.values() if e.channel is channel]:
            event.delete()
        for hook in self.world.webhooks.of(channel):
            self.world.webhooks.close(hook)

    def changed(self, channel: Channel, what: str = "UPDATE") -> None:
        if channel.thread is not None:
            threads.tell(channel, what)
        else:
            self._tell(f"CHANNEL_{what}", channel_payload(channel))

    @contextmanager
    def noticing_access(self) -> Iterator[None]:
        """Tell the bot of the threads in channels that it gets to see meanwhile."""
        before = self._seen_by_me()
        yield
        threads.synced(self, self._seen_by_me() - before)

    def permissions_of(self, member: Standing, channel: Channel | None = None) -> Permission:
        """What a member may do in the server, or in one channel of it."""
        roles = [self.everyone, *member.roles]
        base = rules.in_guild((r.permissions for r in roles), owner=member.user is self.owner)
        if channel is not None:
            base = rules.in_channel(
                base,
                channel.permission_source.overwrites,
                everyone_id=self.id,
                role_ids=[r.id for r in roles],
                member_id=member.id,
            )
            base = rules.implied(base, thread=channel.type in THREADS)
        return rules.in_timeout(base) if member.timed_out else base

    def _seen_by_me(self) -> set[Channel]:
        return {c for c in self.channels.values() if c.thread is None and self.me.can_see(c)}

    def _join(self, user: User, roles: Iterable[Role]) -> Member:
        member = self.members[user.id] = Member(self, user, list(roles), self.world.clock.now())
        return member

    def _new_role(
        self,
        name: str,
        permissions: Permission,
        *,
        managed: bool = False,
        mentionable: bool = False,
        bot_id: int | None = None,
    ) -> Role:
        role = Role(self.world.ids.next(), name, permissions, len(self.roles), managed, mentionable, bot_id)
        self.roles[role.id] = role
        return role

    def _tell(self, event: str, data: Json) -> None:
        self.world.emit(event, data, self)
