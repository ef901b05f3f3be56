"""The REST routes by area; each module holds a `routes` that the server collects."""

from bot.rehearsal.routes import (
    applications,
    callbacks,
    channels,
    commands,
    files,
    gateway,
    guilds,
    hooks,
    messages,
    pins,
    polls,
    scheduled,
    thread_members,
    threads,
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
    hooks.routes,
    pins.routes,  # before the messages, whose template would take "pins" for an id
    messages.routes,
    polls.routes,
    threads.routes,
    thread_members.routes,
    channels.routes,
    guilds.routes,
    scheduled.routes,
    users.routes,
    files.routes,
)
