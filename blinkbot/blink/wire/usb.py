"""JSON → a USB stick and the clips on it (protocol §10)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from blinkbot.blink.models import UsbState, UsbStatus
from blinkbot.blink.wire.fields import Fields, SetAside

_NEARLY_FULL = 3  # of `storage_warning`
_LAST_MILLIS = 250_000_000_000_000  # beyond that lies no year that a datetime knows

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


def manifest(body: object, set_aside: SetAside) -> Manifest | None:
    """A stick's list of clips; None while the sync module has not made it yet."""
    top = Fields("manifest", body)
    if not top.given("clips"):
        return None
    return Manifest(_path_word(top, "manifest_id"), tuple(top.readable("clips", _stored_clip, set_aside)))


def newer_manifest(body: object, set_aside: SetAside) -> Manifest | None:
    """The same in the newer form."""
    top = Fields("local-storage-media", body)
    if not top.given("media"):
        return None
    clips = tuple(top.readable("media", _newer_clip, set_aside))
    return Manifest(_path_word(top, "manifest_id"), clips)


def child_command(body: object, command_id: int) -> int | None:
    """The command under whose id the newer list lies; None where a command has no child (yet)."""
    children = (item.optional_id("id") for item in Fields("command-status", body).parts("commands"))
    return next((child for child in children if child not in (None, command_id)), None)


def status(body: object) -> UsbStatus:
    top = Fields("local-storage-status", body)
    top.check("usb_state", "status")
    state = top.word("usb_state") or top.text("status")
    return UsbStatus(
        state=UsbState(state) if state in list(UsbState) else state,
        used_percent=top.number("usb_storage_used"),
        full=top.flag("usb_storage_full"),
        nearly_full=top.integer("storage_warning") == _NEARLY_FULL,
        backing_up=top.flag("sm_backup_in_progress"),
        last_backup=top.text("last_backup_result"),
    )


def _newer_clip(item: Fields) -> StoredClip:
    return StoredClip(
        id=_path_word(item, "id"),
        kilobytes=None,
        camera_name=item.text("device_name"),
        recorded_at=item.moment("created_at") or _instant(item, "clip_start_millis"),
    )


def _instant(item: Fields, name: str) -> datetime:
    millis = item.integer(name)
    if millis is None or not 0 < millis < _LAST_MILLIS:
        raise item.wrong(name, "a time was expected")
    return datetime.fromtimestamp(millis / 1000, UTC)


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
