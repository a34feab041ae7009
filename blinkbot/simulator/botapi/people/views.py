"""A chat as JSON for a page that shows it: what a message looks like, not how the Bot API writes it."""

from typing import Any

from blinkbot.simulator.botapi.state.values import Media, SimMessage


def message_view(message: SimMessage) -> dict[str, Any]:
    """A message with its earlier states (`edits`); times are ISO 8601."""
    return {
        "id": message.id,
        "chat": message.chat_id,
        "date": message.date.isoformat(),
        "at": message.at.isoformat(),
        "from": {"id": message.sender.id, "name": message.sender.first_name, "is_bot": message.from_bot},
        "text": message.text,
        "caption": message.caption,
        "html": message.html,
        "file": file_view(message.media) if message.media else None,
        "buttons": [
            [{"text": each.text, "data": each.data, "url": each.url, "copies": each.copies} for each in row]
            for row in message.buttons
        ],
        "reply_to": message.reply_to,
        "thread": message.thread_id,
        "album": message.album,
        "silent": message.silent,
        "spoiler": message.spoiler,
        "forwarded_from": message.forwarded.sender.first_name if message.forwarded else None,
        "service": dict(message.service) if message.service else None,
        "deleted": message.deleted,
        "edited": message.edited_at.isoformat() if message.edited_at else None,
        "revision": message.revision,
        "edits": [message_view(earlier) for earlier in message.earlier],
    }


def file_view(media: Media) -> dict[str, Any]:
    """A file, with its `address` on this server."""
    return {
        "kind": str(media.kind),
        "file_id": media.file_id,
        "address": f"/simulator/file/{media.file_id}",
        "name": media.file_name,
        "type": media.mime_type,
        "size": len(media.data),
        "width": media.width,
        "height": media.height,
        "duration": media.duration,
        "thumbnail": f"/simulator/file/{media.thumbnail.file_id}" if media.thumbnail else None,
        "cover": f"/simulator/file/{media.cover.file_id}" if media.cover else None,
    }
