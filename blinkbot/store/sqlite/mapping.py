"""Domain values as rows, and back."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from blinkbot.domain import Camera, Cause, Clip, Family, Network, Origin, Power, SessionKind, SyncModule, Tokens
from blinkbot.domain.clip_search import KeptClip
from blinkbot.domain.deliveries import FileKind, StoredFile

Row = Mapping[str, Any]
"""A row as SQLite gives it: `Any`, because the tables are strict and the columns' types are in `migrations`."""

Word = TypeVar("Word", bound=StrEnum)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def micros(moment: datetime) -> int:
    """Whole microseconds since 1970 in UTC. Raises ValueError for a time without a zone."""
    if moment.utcoffset() is None:
        raise ValueError(f"a time without a zone cannot be stored: {moment}")
    return (moment - _EPOCH) // _MICROSECOND


def moment(stored: int) -> datetime:
    """The inverse of `micros`, in UTC."""
    return _EPOCH + stored * _MICROSECOND


def text(words: str) -> str:
    """Text that SQLite and Telegram can hold: half a surrogate pair, which JSON can smuggle in, becomes "?"."""
    return words.encode("utf-8", "replace").decode("utf-8")


def open_word(kind: type[Word], stored: str) -> Word | str:
    """A member of an open enum where it is one, the plain string otherwise."""
    try:
        return kind(stored)
    except ValueError:
        return stored


def clip_row(clip: Clip) -> dict[str, Any]:
    """A clip's columns, without what only we know of it (file id, when it was first seen)."""
    return {
        "key": clip.key,
        "id": clip.id,
        "network_id": clip.network_id,
        "network_name": text(clip.network_name),
        "camera_id": clip.camera_id,
        "camera_name": text(clip.camera_name),
        "recorded_at": micros(clip.recorded_at),
        "updated_at": micros(clip.updated_at),
        "cause": text(clip.cause),
        "video": text(clip.video),
        "thumbnail": None if clip.thumbnail is None else text(clip.thumbnail),
        "time_zone": text(clip.time_zone),
        "partial": int(clip.partial),
        "deleted": int(clip.deleted),
        "origin": str(clip.origin),
    }


def clip_from(row: Row) -> Clip:
    """The clip of a row of `clips`."""
    return Clip(
        key=row["key"],
        id=row["id"],
        network_id=row["network_id"],
        network_name=row["network_name"],
        camera_id=row["camera_id"],
        camera_name=row["camera_name"],
        recorded_at=moment(row["recorded_at"]),
        updated_at=moment(row["updated_at"]),
        cause=open_word(Cause, row["cause"]),
        video=row["video"],
        thumbnail=row["thumbnail"],
        time_zone=row["time_zone"],
        partial=bool(row["partial"]),
        deleted=bool(row["deleted"]),
        origin=Origin(row["origin"]),
    )


def file_from(row: Row) -> StoredFile | None:
    """Telegram's copy of the clip of a row of `clips`."""
    return None if row["file_id"] is None else StoredFile(row["file_id"], FileKind(row["file_kind"]))


def kept_clip_from(row: Row) -> KeptClip:
    """The clip of a row, with what we know of it; the row tells `suppressed` beside a clip's own columns."""
    return KeptClip(
        clip_from(row),
        file_from(row),
        gone=bool(row["deleted"]),
        suppressed=bool(row["suppressed"]),
        photo_id=row["photo_id"],
    )


def tokens_from(row: Row) -> Tokens:
    """The session of a row of `tokens`."""
    return Tokens(
        access=row["access"],
        refresh=row["refresh"],
        expires_at=moment(row["expires_at"]),
        account_id=row["account_id"],
        tier=row["tier"],
        kind=SessionKind(row["kind"]),
        client_id=row["client_id"],
    )


def network_row(network: Network) -> dict[str, Any]:
    """A network's columns, without when and where it was seen."""
    return {
        "id": network.id,
        "name": text(network.name),
        "armed": int(network.armed),
        "time_zone": text(network.time_zone),
    }


def network_from(row: Row) -> Network:
    """The network of a row of `networks`."""
    return Network(id=row["id"], name=row["name"], armed=bool(row["armed"]), time_zone=row["time_zone"])


def sync_module_row(module: SyncModule) -> dict[str, Any]:
    """A sync module's columns, without when and where it was seen."""
    return {
        "id": module.id,
        "network_id": module.network_id,
        "name": text(module.name),
        "online": int(module.online),
        "usb_active": int(module.usb_active),
    }


def sync_module_from(row: Row) -> SyncModule:
    """The sync module of a row of `sync_modules`."""
    return SyncModule(
        id=row["id"],
        network_id=row["network_id"],
        name=row["name"],
        online=bool(row["online"]),
        usb_active=bool(row["usb_active"]),
    )


def camera_row(camera: Camera) -> dict[str, Any]:
    """A camera's columns, without when and where it was seen."""
    return {
        "id": camera.id,
        "network_id": camera.network_id,
        "name": text(camera.name),
        "family": str(camera.family),
        "model": text(camera.model),
        "motion": int(camera.motion),
        "online": int(camera.online),
        "battery": None if camera.battery is None else text(camera.battery),
        "battery_bars": camera.battery_bars,
        "wifi_bars": camera.wifi_bars,
        "sync_bars": camera.sync_bars,
        "temperature_f": camera.temperature_f,
        "picture": None if camera.picture is None else text(camera.picture),
        "has_light": int(camera.has_light),
    }


def camera_from(row: Row) -> Camera:
    """The camera of a row of `cameras`."""
    return Camera(
        id=row["id"],
        network_id=row["network_id"],
        name=row["name"],
        family=Family(row["family"]),
        model=row["model"],
        motion=bool(row["motion"]),
        online=bool(row["online"]),
        battery=None if row["battery"] is None else open_word(Power, row["battery"]),
        battery_bars=row["battery_bars"],
        wifi_bars=row["wifi_bars"],
        sync_bars=row["sync_bars"],
        temperature_f=row["temperature_f"],
        picture=row["picture"],
        has_light=bool(row["has_light"]),
    )
