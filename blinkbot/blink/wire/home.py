"""JSON → domain. Here, and in operations.py, stand Blink's field names.

Each function takes a body as it came and returns domain values, or raises BlinkResponseError that names operation and
field. Unknown kinds stay strings; lists and optional fields may be missing (protocol §6); an item without a usable id
is an error, because dropping it would hide a camera or a clip from its owner.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

from blinkbot.blink.protocol.codes import Code
from blinkbot.blink.wire.fields import Fields
from blinkbot.domain import (
    Camera,
    Cause,
    Clip,
    Family,
    Home,
    Network,
    PinRequest,
    Power,
    SyncModule,
)

_FAMILIES = {"cameras": Family.CAMERA, "owls": Family.MINI, "doorbells": Family.DOORBELL}
_HOME_PARTS = ("account", "networks", "sync_modules", *_FAMILIES)
ONLINE = ("done", "online")
_LIT_MODELS = ("superior", "superior_owl")
_LIT_ACCESSORIES = ("storm", "superior")
_TARGETS = {"camera": Family.CAMERA, "owl": Family.MINI, "doorbell": Family.DOORBELL, "lotus": Family.DOORBELL}
_PICTURE_ENDINGS = (".jpg", ".jpeg", ".png")
_BARS = range(6)

_CAUSES = {
    "pir": Cause.MOTION,
    "cv_motion": Cause.MOTION,
    "cv_person": Cause.PERSON,
    "person": Cause.PERSON,
    "button_press": Cause.DOORBELL,
    "button": Cause.DOORBELL,
    "snapshot": Cause.SNAPSHOT,
    "liveview": Cause.LIVE_VIEW,
}

_SUCCEEDED = (Code.COMMAND_DONE, Code.COMMAND_SUCCEEDED)
Item = TypeVar("Item", Network, SyncModule, Camera)


@dataclass(frozen=True, slots=True)
class MediaPage:
    """One page of `media-changed`: `size` counts its entries, `limit` how many a full page has (0: not said)."""

    clips: tuple[Clip, ...]
    size: int
    limit: int

    @property
    def is_last(self) -> bool:
        """Whether no page follows: it is empty or short (protocol §7)."""
        return self.size == 0 or self.size < self.limit


@dataclass(frozen=True, slots=True)
class StartedCommand:
    """The first answer to a command (protocol §5). `id` None: there is nothing to wait for."""

    id: int | None
    message: str
    finished: bool
    failed: bool


@dataclass(frozen=True, slots=True)
class CommandStatus:
    """A look at a command. `succeeded` says nothing before `complete`."""

    complete: bool
    succeeded: bool
    message: str


@dataclass(frozen=True, slots=True)
class Granted:
    """What the token endpoint gave. `refresh` "" when it gave no new one; `lifetime` in seconds."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    lifetime: float


@dataclass(frozen=True, slots=True)
class Account:
    """Whose token it is and which REST host serves it."""

    id: int
    tier: str


def home(body: object) -> Home:
    """The homescreen (protocol §6)."""
    top = Fields("homescreen", body)
    if not any(part in top for part in _HOME_PARTS):
        raise top.wrong("networks", "nothing of a home is in it")
    lit = set(_lit_targets(top))
    return Home(
        networks=_unique([_network(item) for item in top.parts("networks")]),
        sync_modules=_unique([_sync_module(item) for item in top.parts("sync_modules")]),
        cameras=tuple(
            camera
            for name, family in _FAMILIES.items()
            for camera in _unique([_camera(item, family, lit) for item in top.parts(name)])
        ),
        siren_networks=frozenset(item.id("network_id") for item in top.parts("sirens") if item.given("network_id")),
    )


def light_mounts(body: object) -> dict[int, int]:
    """The lights that battery cameras hang in, by camera: the mount's own id, which its switch wants (protocol §4)."""
    accessories = Fields("homescreen", body).part("accessories")
    return {
        item.id("target_id"): item.id("id")
        for item in (accessories.parts("storm") if accessories else ())
        if item.given("target_id") and _TARGETS.get(item.text("target"), Family.CAMERA) is Family.CAMERA
    }


def media_page(body: object) -> MediaPage:
    """One page of changed media (protocol §7)."""
    top = Fields("media-changed", body)
    if "media" not in top and "limit" not in top:
        raise top.wrong("media", "it is missing")
    clips = tuple(_clip(item) for item in top.parts("media"))
    return MediaPage(clips, len(clips), max(0, top.integer("limit") or 0))


def started_command(operation: str, body: object) -> StartedCommand:
    """The first answer to a command: an id to ask for, a bare message, or done already (protocol §5)."""
    top = Fields(operation, body)
    condition = top.word("state_condition") or top.word("state") or ""
    return StartedCommand(
        id=top.optional_id("id"),
        message=top.text("message"),
        finished=condition == "done" or top.flag("complete"),
        failed=condition == "error",
    )


def command_status(body: object, command_id: int) -> CommandStatus:
    """A look at a command. 908 "Command succeeded" is already there while it runs, and means nothing then."""
    top = Fields("command-status", body)
    if "complete" not in top:
        raise top.wrong("complete", "it is missing")
    status, code = top.integer("status"), top.integer("status_code")
    own = [item.word("state_condition") for item in top.parts("commands") if item.integer("id") == command_id]
    return CommandStatus(
        complete=top.flag("complete"),
        succeeded=not status and (code is None or code in _SUCCEEDED) and "error" not in own,
        message=top.text("status_msg"),
    )


def granted(operation: str, body: object) -> Granted:
    """An answer of the token endpoint (protocol §3)."""
    top = Fields(operation, body)
    lifetime = top.number("expires_in")
    return Granted(
        access=secret(top, "access_token"),
        refresh=secret(top, "refresh_token") if "refresh_token" in top else "",
        lifetime=lifetime if lifetime is not None and 0 < lifetime < 10**9 else 14400.0,
    )


def account(body: object) -> Account:
    """Tier and account (protocol §3 step 7)."""
    top = Fields("tier", body)
    tier = top.word("tier")
    if tier is None:
        raise top.wrong("tier", "it is missing")
    return Account(top.id("account_id"), tier)


def pin_request(body: object) -> PinRequest:
    """What Blink says of the code it sent; often nothing, and not always JSON (None here)."""
    if not isinstance(body, dict):
        return PinRequest()
    top = Fields("sign-in", body)
    return PinRequest(top.text("tsv_state"), top.text("phone"), max(0, top.integer("next_time_in_secs") or 0))


def moment_text(moment: datetime | None) -> str:
    """A time as `media-changed` wants it; None is the beginning of time."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}+0000" if moment else "1970-01-01T00:00:00+0000"


def picture_path(thumbnail: str | None) -> str | None:
    """The path to fetch for a `thumbnail`, whose older form lacks its ending; None for what is no path (§6)."""
    if not thumbnail or thumbnail.isdigit():
        return None
    path, mark, query = thumbnail.partition("?")
    if path.lower().endswith(_PICTURE_ENDINGS):
        return thumbnail
    return f"{path}.jpg{mark}{query}"


def _network(item: Fields) -> Network:
    number = item.id("id")
    return Network(number, item.text("name", f"Network {number}"), item.flag("armed"), item.text("time_zone"))


def _sync_module(item: Fields) -> SyncModule:
    number = item.id("id")
    return SyncModule(
        id=number,
        network_id=item.id("network_id"),
        name=item.text("name", f"Sync module {number}"),
        online=item.word("status") in ONLINE,
        usb_active=item.word("local_storage_status") == "active",
    )


def _camera(item: Fields, family: Family, lit: set[tuple[Family | None, int]]) -> Camera:
    number = item.id("id")
    signals = item.part("signals")
    model = item.text("type")
    return Camera(
        id=number,
        network_id=item.id("network_id"),
        name=item.text("name", f"Camera {number}"),
        family=family,
        model=model,
        motion=item.flag("enabled"),
        online=item.word("status") in ONLINE,
        battery=_battery(item.word("battery")),
        battery_bars=bars(signals, "battery"),
        wifi_bars=bars(signals, "wifi"),
        sync_bars=bars(signals, "lfr"),
        temperature_f=signals.number("temp") if signals else None,
        picture=picture_path(item.word("thumbnail")),
        has_light=model in _LIT_MODELS or (family, number) in lit or (None, number) in lit,
    )


def _lit_targets(top: Fields) -> Iterator[tuple[Family | None, int]]:
    """The cameras with a light mounted to them, which stands apart from the camera itself."""
    accessories = top.part("accessories")
    for name in _LIT_ACCESSORIES if accessories else ():
        for item in accessories.parts(name) if accessories else ():
            target = item.optional_id("target_id")
            if target is not None:
                yield _TARGETS.get(item.text("target")), target


def _battery(word: str | None) -> Power | str | None:
    return Power(word) if word in list(Power) else word


def bars(signals: Fields | None, name: str) -> int | None:
    """Bars from 0 to 5, None for anything else."""
    count = signals.integer(name) if signals else None
    return count if count in _BARS else None


def _clip(item: Fields) -> Clip:
    # A tombstone may not say where it came from; that is no reason to stop reading clips.
    number, camera_id, network_id = (
        item.id("id"),
        item.optional_id("device_id") or 0,
        item.optional_id("network_id") or 0,
    )
    created, updated = item.moment("created_at"), item.moment("updated_at")
    recorded_at = created or updated
    if recorded_at is None:
        raise item.wrong("created_at", "it is missing")
    source = item.text("source")
    return Clip(
        key=f"cloud:{number}",
        id=number,
        network_id=network_id,
        network_name=item.text("network_name", named("Network", network_id)),
        camera_id=camera_id,
        camera_name=item.text("device_name", named("Camera", camera_id)),
        recorded_at=recorded_at,
        updated_at=updated or recorded_at,
        cause=_CAUSES.get(source, source),
        video=item.word("media") or "",
        # As it stands: whether a clip's picture wants an ending, sources disagree (see MediaCalls.clip_thumbnail).
        thumbnail=item.word("thumbnail") or None,
        time_zone=item.text("time_zone"),
        partial=item.flag("partial"),
        deleted=item.flag("deleted"),
    )


def named(kind: str, number: int) -> str:
    """A name for what has none."""
    return f"{kind} {number}" if number else f"{kind} that is gone"


def secret(top: Fields, name: str) -> str:
    """A token: it goes into a header, so nothing but visible ASCII may be in it."""
    word = top.word(name)
    if word is None or not word.isascii() or not word.isprintable() or " " in word:
        raise top.wrong(name, "a token was expected")
    return word


def _unique(items: list[Item]) -> tuple[Item, ...]:
    """Each id once: what a body lists twice is one thing to its owner."""
    return tuple({item.id: item for item in reversed(items)}.values())[::-1]
