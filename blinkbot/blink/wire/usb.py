"""JSON → the clips on a USB stick (protocol §10)."""

import re
from dataclasses import dataclass
from datetime import datetime

from blinkbot.blink.wire.fields import Fields

_PATH_WORD = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class StoredClip:
    """A line of a manifest. `id` counts until the sync module restarts; the name has lost its punctuation."""

    id: str
    kilobytes: int | None
    camera_name: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is on a stick, and the number under which its clips can be asked for."""

    id: str
    clips: tuple[StoredClip, ...]


def manifest(body: object) -> Manifest | None:
    """A stick's list of clips; None while the sync module has not made it yet."""
    top = Fields("manifest", body)
    if not top.given("clips"):
        return None
    return Manifest(_path_word(top, "manifest_id"), tuple(_stored_clip(item) for item in top.parts("clips")))


def _stored_clip(item: Fields) -> StoredClip:
    return StoredClip(
        id=_path_word(item, "id"),
        kilobytes=item.integer("size"),
        camera_name=item.text("camera_name"),
        recorded_at=item.needed_moment("created_at"),
    )


def _path_word(item: Fields, name: str) -> str:
    """A number or word that goes into a path, and so may not lead elsewhere."""
    found = item.text(name)
    if not _PATH_WORD.fullmatch(found):
        raise item.wrong(name, "an id was expected")
    return found
