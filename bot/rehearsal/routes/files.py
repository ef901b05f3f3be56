"""Attachments, served back by their url as the CDN does."""

from bot.rehearsal.routing import Auth, Call, File, Routes
from bot.rehearsal.rules import unknown

routes = Routes()


@routes.add("GET", "/attachments/{channel_id}/{attachment_id}/{filename}", auth=Auth.NONE, quota=None)
async def attachment(call: Call) -> File:
    found = call.world.files.get(call.id("attachment_id"))
    if found is None:
        raise unknown(10008, "Message")
    return File(found.data, found.content_type)
