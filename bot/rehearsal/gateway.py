"""The gateway: hello, identify, resume, heartbeats, and events to whoever listens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
from aiohttp import WSMsgType, web

from bot.rehearsal.payloads import guild_create_payload, user_payload
from bot.rehearsal.rules import Json, Rule, Violation
from bot.rehearsal.sessions import PRIVILEGED, Session
from bot.rehearsal.world import Event, World

HEARTBEAT, IDENTIFY, PRESENCE, RESUME = 1, 2, 3, 6
RECONNECT, INVALID_SESSION, HELLO, ACK = 7, 9, 10, 11
PROTOCOL = Rule("the gateway's order: hello, identify or resume, heartbeats", "docs: Gateway")
CLOSES = {
    4001: "unknown opcode",
    4002: "decode error",
    4003: "not authenticated",
    4004: "authentication failed",
    4005: "already authenticated",
    4009: "session timed out",
    4010: "invalid shard",
    4014: "disallowed intents",
}


class CloseError(Exception):
    def __init__(self, code: int) -> None:
        super().__init__(CLOSES[code])
        self.code = code


@dataclass(eq=False, slots=True)
class Connection:
    socket: web.WebSocketResponse
    session: Session | None = None
    outbox: asyncio.Queue[bytes] = field(default_factory=asyncio.Queue)

    def send(self, op: int, data: Any = None) -> None:
        self.outbox.put_nowait(orjson.dumps({"op": op, "d": data, "s": None, "t": None}))

    async def write(self) -> None:
        while True:
            await self.socket.send_str((await self.outbox.get()).decode())


class Gateway:
    """All sessions of the bot. `heartbeat` is the interval in seconds it must keep."""

    def __init__(self, world: World, *, heartbeat: float = 41.25) -> None:
        self._world, self.heartbeat = world, heartbeat
        self._sessions: dict[str, Session] = {}
        self._connections: set[Connection] = set()
        self.identified = 0
        self.resumed = 0
        self._changed = asyncio.Condition()
        world.tell = self.dispatch
        world.listening = lambda guild_id: self.listener(guild_id) is not None

    # towards the bot

    def dispatch(self, event: Event) -> None:
        for session in self._sessions.values():
            if session.wants(event):
                self._push(session, event)
                self._world.feed.note("event", event.name if session.connection else f"{event.name} (kept)")

    def listener(self, guild_id: int | None) -> Session | None:
        """The connected session that an interaction of this guild goes to."""
        live = (s for s in self._sessions.values() if s.connection and s.serves(guild_id))
        return next(live, None)

    async def drop(self, *, code: int = 1001) -> None:
        """Cut every connection; the sessions can be resumed."""
        for connection in list(self._connections):
            self._detach(connection)
            await connection.socket.close(code=code)

    def ask_to_reconnect(self) -> None:
        for connection in self._connections:
            connection.send(RECONNECT)

    def invalidate(self, *, resumable: bool = False) -> None:
        """INVALID_SESSION to everybody; not resumable ones are forgotten."""
        for connection in self._connections:
            if connection.session and not resumable:
                self._sessions.pop(connection.session.id, None)
            connection.send(INVALID_SESSION, resumable)

    async def until(self, reached: Callable[[], bool]) -> None:
        """Wait until something about the sessions holds."""
        async with self._changed:
            await self._changed.wait_for(reached)

    # from the bot

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        connection = Connection(web.WebSocketResponse(max_msg_size=0))
        await connection.socket.prepare(request)
        self._connections.add(connection)
        writer = asyncio.create_task(connection.write())
        try:
            await self._converse(connection)
        except CloseError as reason:
            self._note(reason)
            await connection.socket.close(code=reason.code, message=str(reason).encode())
        finally:
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
            await self._part(connection)
        return connection.socket

    async def _converse(self, connection: Connection) -> None:
        connection.send(HELLO, {"heartbeat_interval": int(self.heartbeat * 1000)})
        while True:
            try:
                async with asyncio.timeout(self.heartbeat * 1.5):
                    message = await connection.socket.receive()
            except TimeoutError:
                raise CloseError(4009) from None
            if message.type is not WSMsgType.TEXT:
                return
            await self._receive(connection, message.data)

    async def _receive(self, connection: Connection, text: str) -> None:
        try:
            frame = orjson.loads(text)
        except orjson.JSONDecodeError:
            raise CloseError(4002) from None
        handlers: dict[int, Callable[[Connection, Any], Awaitable[None]]] = {
            HEARTBEAT: self._beat,
            IDENTIFY: self._identify,
            RESUME: self._resume,
            PRESENCE: self._ignore,
        }
        handler = handlers.get(frame.get("op"))
        if handler is None:
            raise CloseError(4001)
        await handler(connection, frame.get("d"))

    async def _beat(self, connection: Connection, _: Any) -> None:
        connection.send(ACK)

    async def _ignore(self, connection: Connection, _: Any) -> None:
        if connection.session is None:
            raise CloseError(4003)

    async def _identify(self, connection: Connection, data: Json) -> None:
        if connection.session is not None:
            raise CloseError(4005)
        self._check_token(data)
        shard = tuple(data.get("shard") or (0, 1))
        if len(shard) != 2 or not 0 <= shard[0] < shard[1]:
            raise CloseError(4010)
        if data["intents"] & PRIVILEGED:
            raise CloseError(4014)
        session = Session(data["intents"], (shard[0], shard[1]))
        self._sessions = {k: s for k, s in self._sessions.items() if s.shard != session.shard}
        self._sessions[session.id] = session
        self._attach(connection, session)
        self._greet(session)
        self.identified += 1
        self._world.feed.note("gateway", "IDENTIFY: the bot is new here and gets everything")
        await self._tell_waiters()

    def _greet(self, session: Session) -> None:
        guilds = [g for g in self._world.guilds.values() if session.serves(g.id)]
        ready: Json = {
            "v": 10,
            "user": {**user_payload(self._world.me), "mfa_enabled": True, "verified": True, "email": None},
            "guilds": [{"id": str(g.id), "unavailable": True} for g in guilds],
            "session_id": session.id,
            "resume_gateway_url": self._world.gateway_url,
            "shard": list(session.shard),
            "application": {"id": str(self._world.application_id), "flags": 0},
        }
        self._push(session, Event("READY", ready))
        for guild in guilds:
            event = Event("GUILD_CREATE", guild_create_payload(guild), guild.id)
            if session.wants(event):
                self._push(session, event)

    async def _resume(self, connection: Connection, data: Json) -> None:
        self._check_token(data)
        session = self._sessions.get(data["session_id"])
        if session is None:
            connection.send(INVALID_SESSION, False)
            return
        for frame in session.missed_since(data["seq"] or 0):
            connection.outbox.put_nowait(frame)
        self._attach(connection, session)
        self._push(session, Event("RESUMED", {}))
        self.resumed += 1
        self._world.feed.note("gateway", "RESUME: the bot gets what it missed")
        await self._tell_waiters()

    def _check_token(self, data: Json) -> None:
        if str(data.get("token", "")).removeprefix("Bot ") != self._world.token:
            raise CloseError(4004)

    def _attach(self, connection: Connection, session: Session) -> None:
        connection.session, session.connection = session, connection

    def _push(self, session: Session, event: Event) -> None:
        frame = session.frame(event)
        if session.connection is not None:
            session.connection.outbox.put_nowait(frame)

    async def _part(self, connection: Connection) -> None:
        self._connections.discard(connection)
        self._detach(connection)
        self._world.feed.note("gateway", "the connection ended")
        await self._tell_waiters()

    def _detach(self, connection: Connection) -> None:
        if connection.session and connection.session.connection is connection:
            connection.session.connection = None

    async def _tell_waiters(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _note(self, reason: CloseError) -> None:
        self._world.violations.append(Violation(PROTOCOL, "gateway", reason.code, str(reason)))
        self._world.feed.note("gateway", f"closed with {reason.code}", breach=f"{PROTOCOL.text}: {reason}")
