"""The JSON that the demo's page gets of the chat and of the home.

Texts go out as they are, beside their entities; the page builds its nodes from those and never parses HTML.
"""

from datetime import datetime

from blinkbot.simulator.blinkcloud import BlinkCloud, Camera, Family, Network
from blinkbot.simulator.botapi import Button, ChatView, Command, Entity, Group, Media, MediaKind, SimMessage
from blinkbot.simulator.verbs import Json

PREVIEW_LENGTH = 120
"""Characters of a message that are quoted above a reply."""


def chat_view(chat: ChatView) -> Json:
    """A chat without its messages; `rings` is how often the phone rang."""
    return {
        "id": chat.chat_id,
        "title": chat.title,
        "group": isinstance(chat, Group),
        "reader": chat.person.first_name,
        "commands": commands_view(chat.commands),
        "rings": len(chat.rings),
    }


def message_view(message: SimMessage, replied: SimMessage | None) -> Json:
    """A message; `replied` is the one that it answers, where that is not deleted."""
    return {
        "id": message.id,
        "chat": message.chat_id,
        "own": not message.from_bot,
        "sender": message.sender.first_name,
        "date": _milliseconds(message.date),
        "text": message.content,
        "entities": [_entity_view(entity) for entity in message.entities],
        "media": _media_view(message.media) if message.media else None,
        "buttons": [[_button_view(button) for button in row] for row in message.buttons],
        "reply": _reply_view(replied) if replied else None,
        "thread": message.thread_id,
        "album": message.album,
        "silent": message.silent,
        "edited": message.edited_at is not None,
        "spoiler": message.spoiler,
        "captionAbove": message.caption_above,
        "forwarded": message.forwarded.sender.first_name if message.forwarded else None,
        "service": _service_view(message),
    }


def media_files(message: SimMessage) -> list[Media]:
    """The files that a message shows: the one sent, its thumbnail, its cover."""
    media = message.media
    return [file for file in (media, media.thumbnail, media.cover) if file is not None] if media else []


def commands_view(commands: tuple[Command, ...]) -> list[Json]:
    return [{"command": each.command, "description": each.description} for each in commands]


def home_view(cloud: BlinkCloud) -> Json:
    """The networks with their sirens and cameras, in the order of their setup."""
    now = cloud.world.clock()
    return {
        "serves": cloud.serves,
        "networks": [
            {
                "id": network.id,
                "name": network.name,
                "armed": network.armed,
                "snoozed": network.snoozed_at(now),
                "sirens": [
                    {"id": siren.id, "name": siren.name, "sounding": siren.sounds_at(now)}
                    for siren in cloud.home.sirens
                    if siren.network_id == network.id
                ],
                "cameras": [_camera_view(camera, network, now) for camera in cloud.home.cameras_of(network.id)],
            }
            for network in cloud.home.networks
        ],
    }


def _camera_view(camera: Camera, network: Network, now: datetime) -> Json:
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
        "light": camera.light,
        "snoozed": camera.snoozed_at(now),
        "wifi": camera.wifi_bars,
        "temperatureF": camera.temperature_f if camera.family is Family.CAMERA else None,
        # A new picture is a new address, so that no browser shows an old one from its cache.
        "picture": f"camera/{camera.id}/picture?taken={_milliseconds(picture.taken_at)}" if picture else None,
        "pictureDate": _milliseconds(picture.taken_at) if picture else None,
    }


def _media_view(media: Media) -> Json:
    small = media.cover or media.thumbnail
    return {
        "kind": str(media.kind),
        "id": media.file_id,
        "url": _file_url(media),
        "poster": _file_url(small) if small else None,
        "width": media.width,
        "height": media.height,
        "duration": media.duration,
        "name": media.file_name,
        "size": len(media.data),
    }


def _file_url(media: Media) -> str:
    return f"file/{media.file_id}"


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
    media = replied.media
    kind = str(media.kind).title() if media else ""
    small = None if media is None else media.thumbnail or media.cover
    if small is None and media is not None and media.kind is MediaKind.PHOTO:
        small = media
    return {
        "id": replied.id,
        "sender": replied.sender.first_name,
        "text": (replied.content or kind)[:PREVIEW_LENGTH],
        "picture": _file_url(small) if small else None,
    }


def _service_view(message: SimMessage) -> Json | None:
    """What Telegram itself says in a chat, with the name of the topic that it is about."""
    if message.service is None:
        return None
    kind, about = next(iter(message.service.items()))
    name = about.get("name") if isinstance(about, dict) else None
    return {"kind": kind, "name": name}


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
