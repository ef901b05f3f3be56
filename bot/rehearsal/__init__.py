"""The rehearsal: a Discord small enough to run on a desk, judging a bot that connects to it."""

from bot.rehearsal.answers import Answer, Choice, ClientRefuses, InteractionFailed, Modal
from bot.rehearsal.entities import Channel, ChannelType, Role, Tag, User
from bot.rehearsal.guilds import Guild
from bot.rehearsal.habits import Habits
from bot.rehearsal.hooks import Webhook
from bot.rehearsal.members import Member
from bot.rehearsal.messages import Attachment, Message
from bot.rehearsal.permissions import Overwrite, Permission
from bot.rehearsal.polls import Poll
from bot.rehearsal.process import BotProcess
from bot.rehearsal.rehearsal import Rehearsal
from bot.rehearsal.rules import Rule, Violation
from bot.rehearsal.scheduled import EventPlace, EventStatus, ScheduledEvent
from bot.rehearsal.server import Used
from bot.rehearsal.transcript import Transcript
from bot.rehearsal.world import Deadlines

__all__ = [
    "Answer",
    "Attachment",
    "BotProcess",
    "Channel",
    "ChannelType",
    "Choice",
    "ClientRefuses",
    "Deadlines",
    "EventPlace",
    "EventStatus",
    "Guild",
    "Habits",
    "InteractionFailed",
    "Member",
    "Message",
    "Modal",
    "Overwrite",
    "Permission",
    "Poll",
    "Rehearsal",
    "Role",
    "Rule",
    "ScheduledEvent",
    "Tag",
    "Transcript",
    "Used",
    "User",
    "Violation",
    "Webhook",
]
