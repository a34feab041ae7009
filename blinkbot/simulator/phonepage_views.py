"""What the demo's page is told of the chat and of the home: plain JSON values, made for the page alone.

Texts go out as they are, beside their entities; the page builds its nodes from those and never parses HTML.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from blinkbot.simulator.blinkcloud import BlinkCloud, Camera, Family, Network
from blinkbot.simulator.botapi.entities import Entity
from blinkbot.simulator.botapi.values import Button, Command, Media, SimMessage

Json = dict[str, Any]

PREVIEW_LENGTH = 120
"""Characters of a message that are quoted above an answer to it."""


def message_view(message: SimMessage, replied: SimMessage | None, file_url: Callable[[Media], str]) -> Json:
    """One message in its present state; `replied` is the one it answers, where that is still there."""
    return {
        "id": message.id,
        "own": not message.from_bot,
        "sender": message.sender.first_name,
        "date": _milliseconds(message.date),
        "text": message.content,
        "entities": [_entity_view(entity) for entity in message.entities],
        "media": _media_view(message.media, file_url) if message.media else None,
        "buttons": [[_button_view(button) for button in row] for row in message.buttons],
        "reply": _reply_view(replied) if replied else None,
        "thread": message.thread_id,
        "album": message.album,
        "silent": message.silent,
        "edited": message.edited_at is not None,
        "pinned": message.pinned,
        "spoiler": message.spoiler,
        "captionAbove": message.caption_above,
        "forwarded": message.forwarded.sender.first_name if message.forwarded else None,
        "reactions": list(message.reactions),
        "service": _service_view(message),
    }


def media_files(message: SimMessage) -> list[Media]:
    """The files that a message shows: the one sent, its small picture, its cover."""
    media = message.media
    if media is None:
        return []
    return [media, *(file for file in (media.thumbnail, media.cover) if file is not None)]


def commands_view(commands: tuple[Command, ...]) -> list[Json]:
    """The command menu."""
    return [{"command": each.command, "description": each.description} for each in commands]


def home_view(cloud: BlinkCloud) -> Json:
    """The home as it is now: networks with their cameras, in the order in which they were set up."""
    return {
        "networks": [
            {
                "id": network.id,
                "name": network.name,
                "armed": network.armed,
                "cameras": [_camera_view(camera, network) for camera in cloud.home.cameras_of(network.id)],
            }
            for network in cloud.home.networks
        ]
    }


def _camera_view(camera: Camera, network: Network) -> Json:
    picture = camera.picture
    has_battery = camera.family is not Family.MINI
    return {
        "id": camera.id,
        "name": camera.name,
        "doorbell": camera.family is Family.DOORBELL,
        "online": camera.online,
        "motion": camera.motion_enabled,
        "recording": network.armed and camera.motion_enabled and camera.online,
        "battery": camera.battery if has_battery else None,
        "wifi": camera.wifi_bars,
        "temperatureF": camera.temperature_f if camera.family is Family.CAMERA else None,
        # A new picture is a new address, so that no browser shows an old one from its cache.
        "picture": f"camera/{camera.id}/picture?taken={_milliseconds(picture.taken_at)}" if picture else None,
        "pictureDate": _milliseconds(picture.taken_at) if picture else None,
    }


def _media_view(media: Media, file_url: Callable[[Media], str]) -> Json:
    small = media.cover or media.thumbnail
    return {
        "kind": str(media.kind),
        "id": media.file_id,
        "url": file_url(media),
        "poster": file_url(small) if small else None,
        "width": media.width,
        "height": media.height,
        "duration": media.duration,
        "name": media.file_name,
        "size": len(media.data),
    }


def _entity_view(entity: Entity) -> Json:
    return {
        "kind": entity.kind,
        "offset": entity.offset,
        "length": entity.length,
        "url": entity.url,
        "language": entity.language,
    }


def _button_view(button: Button) -> Json:
    return {"text": button.text, "data": button.data, "url": button.url, "copies": button.copies}


def _reply_view(replied: SimMessage) -> Json:
    words = replied.content or (str(replied.media.kind).title() if replied.media else "")
    return {"id": replied.id, "sender": replied.sender.first_name, "text": words[:PREVIEW_LENGTH]}


def _service_view(message: SimMessage) -> Json | None:
    """What Telegram itself says in a chat, with the name of the topic that it is about."""
    if message.service is None:
        return None
    kind, about = next(iter(message.service.items()))
    name = about.get("name") if isinstance(about, dict) else None
    return {"kind": kind, "name": name, "by": message.sender.first_name}


def _milliseconds(moment: datetime) -> int:
    """An instant as JavaScript counts: milliseconds since 1970."""
    return int(moment.timestamp() * 1000)
