"""The REST routes by area; each module holds a `routes` that the server collects."""

from bot.rehearsal.routes import (
    applications,
    callbacks,
    channels,
    commands,
    files,
    gateway,
    guilds,
    messages,
    users,
    webhooks,
)
from bot.rehearsal.routing import Routes

ALL: tuple[Routes, ...] = (
    gateway.routes,
    applications.routes,
    commands.routes,
    callbacks.routes,
    webhooks.routes,
    messages.routes,
    channels.routes,
    guilds.routes,
    users.routes,
    files.routes,
)
