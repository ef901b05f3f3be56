"""Native polls: end one early, see who voted for what."""

from bot.rehearsal import poll_life
from bot.rehearsal.access import channel_of, message_of, user_of
from bot.rehearsal.messages import Message
from bot.rehearsal.payloads import message_payload, user_payload
from bot.rehearsal.permissions import Permission
from bot.rehearsal.routing import Call, Routes
from bot.rehearsal.rules import ApiError, Json, Rule, unknown

routes = Routes()
ONE = "/channels/{channel_id}/polls/{message_id}"
NO_POLL = Rule("only a poll is ended", "docs: JSON Error Codes, 520006")
OWN = Rule("a poll is ended early by its author only", "discord.md: Limits, native poll")
OVER = Rule("a poll is ended once", "docs: JSON Error Codes, 520001")
PAGE = Rule("1-100 voters a request", "openapi: get_answer_voters")


@routes.add("POST", f"{ONE}/expire")
async def expire(call: Call) -> Json:
    message = message_of(call, channel_of(call))
    if message.poll is None:
        raise ApiError(400, 520006, "Cannot expire a non-poll message", NO_POLL)
    if message.author is not call.world.me:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user", OWN)
    if message.poll.ended:
        raise ApiError(400, 520001, "Poll expired", OVER)
    poll_life.end(call.world, message)
    return message_payload(message)


@routes.add("GET", f"{ONE}/answers/{{answer_id}}", query="after limit")
async def voters(call: Call) -> Json:
    """Everybody may see them: native polls hide nobody (discord.md: Limits, native poll)."""
    message = message_of(call, channel_of(call, Permission.READ_MESSAGE_HISTORY))
    limit = int(call.query.get("limit", 25))
    if not 1 <= limit <= 100:
        errors = {"limit": {"_errors": [{"code": "NUMBER_TYPE_MAX", "message": "1 to 100"}]}}
        raise ApiError(400, 50035, "Invalid Form Body", PAGE, errors=errors)
    after = int(call.query.get("after", 0))
    ids = [number for number in _voters(call, message) if number > after][:limit]
    return {"users": [user_payload(user_of(call.world, number)) for number in ids]}


def _voters(call: Call, message: Message) -> list[int]:
    answer_id = call.id("answer_id")
    if message.poll is None or answer_id not in {answer.id for answer in message.poll.answers}:
        raise unknown(10008, "Message")
    return message.poll.voters(answer_id)
