"""What the bot uses of Discord: every route, with every field of its body and query. What a story does beyond this
list fails the run, so that a new way of using Discord is looked up before it is relied on."""

from collections.abc import Iterable

from bot.rehearsal.server import Used

CARD = "components flags tts"
EVENT = "channel_id description entity_metadata entity_type name scheduled_end_time scheduled_start_time"
COMMAND = (
    "contexts default_member_permissions description description_localizations dm_permission integration_types "
    "name name_localizations nsfw options type"
)

CONTRACT: dict[str, str] = {
    "GET /gateway/bot": "",
    "GET /oauth2/applications/@me": "",
    "GET /users/@me": "",
    "PUT /applications/{application_id}/commands": COMMAND,
    "POST /interactions/{interaction_id}/{interaction_token}/callback": "data type with_response",
    "GET /channels/{channel_id}/messages": "after limit",
    "POST /channels/{channel_id}/messages": f"{CARD} allowed_mentions attachments content enforce_nonce nonce poll",
    "GET /channels/{channel_id}/messages/{message_id}": "",
    "PATCH /channels/{channel_id}/messages/{message_id}": f"{CARD} allowed_mentions attachments",
    "PUT /channels/{channel_id}/messages/pins/{message_id}": "",
    "DELETE /channels/{channel_id}/messages/pins/{message_id}": "",
    "POST /users/@me/channels": "recipient_id",
    "GET /guilds/{guild_id}/scheduled-events": "with_user_count",
    "GET /guilds/{guild_id}/scheduled-events/{event_id}": "with_user_count",
    "POST /guilds/{guild_id}/scheduled-events": f"{EVENT} privacy_level",
    "PATCH /guilds/{guild_id}/scheduled-events/{event_id}": f"{EVENT} status",
    "DELETE /guilds/{guild_id}/scheduled-events/{event_id}": "",
    "GET /guilds/{guild_id}/members/{user_id}": "",
    "GET /guilds/{guild_id}/threads/active": "",
    "POST /channels/{channel_id}/threads": "applied_tags auto_archive_duration invitable message name type",
    "GET /channels/{channel_id}": "",
    "PATCH /channels/{channel_id}": "archived auto_archive_duration available_tags locked",
    "PUT /channels/{channel_id}/thread-members/{user_id}": "",
    "DELETE /channels/{channel_id}/thread-members/{user_id}": "",
    "DELETE /channels/{channel_id}/messages/{message_id}": "",
    "GET /attachments/{channel_id}/{attachment_id}/{filename}": "",
    "GET /channels/{channel_id}/webhooks": "",
    "POST /channels/{channel_id}/webhooks": "name",
    "POST /webhooks/{webhook_id}/{webhook_token}": (
        f"{CARD} allowed_mentions attachments avatar_url content thread_id username wait with_components"
    ),
    "GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}": "thread_id",
    "DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}": "thread_id",
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original": f"{CARD} allowed_mentions attachments",
}

# What the official document doesn't describe: fields of a route, or (ALL) the route itself.
ALL = "the route itself"
BELIEVED: dict[str, str] = {
    # in the written docs: an age-restricted command
    "PUT /applications/{application_id}/commands": "nsfw",
    # discord.py always sends it with an edit, Discord ignores it
    "PATCH /channels/{channel_id}/messages/{message_id}": "tts",
    "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original": "tts",
    # no part of the API: the address of a file, as a message gives it
    "GET /attachments/{channel_id}/{attachment_id}/{filename}": ALL,
}


def beyond(used: Iterable[Used]) -> list[str]:
    """What of `used` the contract doesn't list, a line each."""
    lines = []
    for use in used:
        route = f"{use.method} {use.template}"
        fields = (use.body | use.query) - set(CONTRACT.get(route, "").split())
        if route not in CONTRACT or fields:
            lines.append(f"{route}: {' '.join(sorted(fields)) or ALL}")
    return sorted(set(lines))
