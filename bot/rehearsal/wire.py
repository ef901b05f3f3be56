"""INTERACTION_CREATE as Discord sends it."""

from bot.rehearsal.access import permissions_in
from bot.rehearsal.interactions import Interaction, Kind
from bot.rehearsal.payloads import channel_payload, member_payload, user_payload
from bot.rehearsal.permissions import Permission
from bot.rehearsal.rules import Json

# docs: Interactions, app_permissions always include these
ALWAYS = Permission.ATTACH_FILES | Permission.EMBED_LINKS | Permission.MENTION_EVERYONE
FILE_BYTES = 10 * 1024 * 1024


def interaction_payload(interaction: Interaction, application_id: int) -> Json:
    channel = interaction.channel
    body: Json = {
        "id": str(interaction.id),
        "application_id": str(application_id),
        "type": int(interaction.kind),
        "token": interaction.token,
        "version": 1,
        "data": interaction.data,
        "channel_id": str(channel.id),
        "channel": channel_payload(channel),
        "app_permissions": str(int(permissions_in(channel) | ALWAYS)),
        "locale": interaction.user.locale,
        "entitlements": [],
        "attachment_size_limit": FILE_BYTES,
        **_who(interaction),
    }
    if interaction.source is not None and interaction.kind in {Kind.COMPONENT, Kind.MODAL}:
        body["message"] = interaction.source.payload()
    return body


def _who(interaction: Interaction) -> Json:
    member, guild = interaction.member, interaction.channel.guild
    if member is None or guild is None:
        return {
            "user": user_payload(interaction.user),
            "context": 1,
            "authorizing_integration_owners": {"0": "0"},
        }
    return {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "member": member_payload(member, permissions=member.permissions(interaction.channel)),
        "context": 0,
        "authorizing_integration_owners": {"0": str(guild.id)},
    }
