"""What a member can do here with the bot, a page at a time."""

from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.ui.cards import Card, button, pages, rows, small
from bot.ui.desk import Asker
from bot.ui.hosts import is_host

# commands that only hosts may use; the others find out who may by themselves
FOR_HOSTS = frozenset(
    {
        *(f"tissues {name}" for name in ("open", "close", "reopen", "recount")),
        *(f"spoilers {name}" for name in ("open", "close")),
        *(f"weekly {name}" for name in ("add", "edit", "skip", "pause", "resume", "remove", "now")),
        "watch plan",
    }
)


def help_card(asker: Asker, lines: Sequence[str], page: int = 0) -> Card:
    """One page of what this member can do, and what the channel may show."""
    t, guild = asker.t, asker.interaction.guild
    name = discord.utils.escape_markdown(guild.name) if guild else ""
    admin = asker.interaction.permissions.manage_guild
    cut = pages(lines)
    page = min(page, len(cut) - 1)
    back = button(t("button.back"), f"help:{page - 1}") if page else None
    more = (
        button(t("button.more", page=page + 2, pages=len(cut)), f"help:{page + 1}")
        if page + 1 < len(cut)
        else None
    )
    return Card(
        f"### {t('help.title', club=name)}",
        t("help.intro"),
        "\n".join(cut[page]),
        t("help.here", level=t(f"level.{asker.room.ceiling.word}")),
        t("help.settings_hint") if admin else "",
        small(t("help.private")),
        *rows([back, more]),
    )


def lines_for(asker: Asker, tree: app_commands.CommandTree[Any]) -> list[str]:
    """A line for each command that this member may use here, and one for the message menu."""
    return [
        *(
            f"`/{command.qualified_name}` {asker.t(command.description)}"
            for command in _commands(asker, tree)
            if is_host(asker) or command.qualified_name not in FOR_HOSTS
        ),
        asker.t("help.menu", name=asker.t("command.hide")),
    ]


def _commands(
    asker: Asker, tree: app_commands.CommandTree[Any]
) -> Iterator[app_commands.Command[Any, ..., Any]]:
    for each in tree.get_commands(type=discord.AppCommandType.chat_input):
        if isinstance(each, app_commands.Group):
            if _may_use(asker, each):
                yield from (one for one in each.commands if isinstance(one, app_commands.Command))
        else:
            yield each


def _may_use(asker: Asker, group: app_commands.Group) -> bool:
    needed = group.default_permissions
    return needed is None or asker.interaction.permissions >= needed
