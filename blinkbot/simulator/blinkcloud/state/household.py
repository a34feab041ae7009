"""The simulated home: networks, sync modules, cameras of the three families, programs. State only, no bodies."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

Thing = TypeVar("Thing", "Network", "Camera")
BIRTHDAY = datetime(2025, 2, 16, 11, 20, 7, tzinfo=UTC)
"""When everything in an example home was set up."""


class Family(StrEnum):
    """The homescreen list a camera stands in, and so the addresses that serve it (protocol §1)."""

    CAMERA = "cameras"
    MINI = "owls"
    DOORBELL = "doorbells"


class Picture:
    """A picture a camera took: its path in bodies, and what the path serves, drawn when first looked at."""

    def __init__(self, path: str, taken_at: datetime, draw: Callable[[], bytes]) -> None:
        self.path = path
        self.taken_at = taken_at
        self._draw = draw

    @cached_property
    def jpeg(self) -> bytes:
        """The JPEG file."""
        return self._draw()


@dataclass(slots=True, eq=False, kw_only=True)
class Snoozable:
    """A place or device whose notifications by Blink itself can be silenced for a while."""

    snoozed_until: datetime | None = None

    def snoozed_at(self, moment: datetime) -> bool:
        """Whether they are silenced then."""
        return self.snoozed_until is not None and moment < self.snoozed_until


@dataclass(slots=True, eq=False)
class Network(Snoozable):
    """A place. `time_zone` is any text, as on the real service."""

    id: int
    name: str
    time_zone: str
    armed: bool = False
    dst: bool = True
    lv_save: bool = False
    created_at: datetime = BIRTHDAY
    updated_at: datetime = BIRTHDAY


@dataclass(slots=True, eq=False)
class SyncModule:
    """The hub of a network. `usb_active`: a stick is in it and in use; `usb_ejected`: it could be again."""

    id: int
    network_id: int
    serial: str
    name: str = "My Blink Sync Module"
    online: bool = True
    usb_active: bool = False
    usb_ejected: bool = False
    created_at: datetime = BIRTHDAY
    updated_at: datetime = BIRTHDAY


@dataclass(slots=True, eq=False)
class Camera(Snoozable):
    """One camera.

    `model` is the wire's `type`. `scene` chooses what its pictures show (`pictures.SCENES`). `modern_pictures` chooses
    the address form of its pictures (protocol §6). `settings` is what update-camera changed, `zones` what set-zones
    did; those in `deaf_to` never take. `light` is None where it has none; `light_mount` is the id of the floodlight
    mount that a battery camera hangs in, whose light it then is. `temperature_f` is Fahrenheit, bars run to 5.
    """

    id: int
    network_id: int
    name: str
    family: Family
    model: str
    serial: str
    scene: str
    motion_enabled: bool = True
    online: bool = True
    battery: str = "ok"
    battery_bars: int = 3
    wifi_bars: int = 5
    sync_bars: int = 5
    temperature_f: int = 68
    modern_pictures: bool = True
    light: bool | None = None
    light_mount: int | None = None
    color: str = "white"
    bare_pictures: bool = False
    picture: Picture | None = None
    earlier_pictures: list[Picture] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    zones: dict[str, Any] = field(default_factory=dict)
    deaf_to: set[str] = field(default_factory=set)
    created_at: datetime = BIRTHDAY
    updated_at: datetime = BIRTHDAY
    live_seconds: int = 0

    @property
    def thumbnail(self) -> str | None:
        """The path of its newest picture."""
        return None if self.picture is None else self.picture.path


@dataclass(slots=True, eq=False)
class Siren:
    """A siren of a network."""

    id: int
    network_id: int
    name: str
    serial: str
    sounding_until: datetime | None = None

    def sounds_at(self, moment: datetime) -> bool:
        """Whether it can be heard then."""
        return self.sounding_until is not None and moment < self.sounding_until


@dataclass(slots=True, eq=False)
class Program:
    """A weekly schedule (protocol §8). `schedule` holds the entries in the wire's own shape, `more` further fields."""

    id: int
    network_id: int
    name: str
    enabled: bool
    schedule: list[dict[str, Any]]
    created_at: datetime = BIRTHDAY
    updated_at: datetime = BIRTHDAY
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """Blink's word for whether its servers carry it out."""
        return "enabled" if self.enabled else "disabled"


@dataclass(slots=True, eq=False)
class Household:
    """Everything one account owns. Names are not keys: look-ups by name return the first of that name."""

    networks: list[Network] = field(default_factory=list)
    sync_modules: list[SyncModule] = field(default_factory=list)
    cameras: list[Camera] = field(default_factory=list)
    programs: list[Program] = field(default_factory=list)
    sirens: list[Siren] = field(default_factory=list)

    def network(self, which: int | str) -> Network:
        """The network with this id or name. Raises KeyError."""
        return named(self.networks, which)

    def camera(self, which: int | str) -> Camera:
        """The camera with this id or name. Raises KeyError."""
        return named(self.cameras, which)

    def cameras_of(self, network_id: int) -> Iterator[Camera]:
        """The cameras of one network."""
        return (camera for camera in self.cameras if camera.network_id == network_id)

    def sync_module_of(self, network_id: int) -> SyncModule | None:
        """The sync module of a network; a Mini alone needs none."""
        return next((module for module in self.sync_modules if module.network_id == network_id), None)

    def sync_module_id_of(self, network_id: int) -> int | None:
        """The id of a network's sync module."""
        module = self.sync_module_of(network_id)
        return None if module is None else module.id

    @classmethod
    def example(cls) -> "Household":
        """Two networks, all three families, awkward names, ids beyond 2^32, a nightly program that wraps in UTC."""
        home = json.loads(Path(__file__).with_name("example_home.json").read_text(encoding="utf-8"))
        return cls(
            [Network(**each) for each in home["networks"]],
            [SyncModule(**each) for each in home["sync_modules"]],
            [Camera(**each | {"family": Family(each["family"])}) for each in home["cameras"]],
            [Program(**each) for each in home["programs"]],
            [Siren(**each) for each in home["sirens"]],
        )


def named(things: list[Thing], which: int | str) -> Thing:
    """The first with this id or name. Raises KeyError."""
    for thing in things:
        if which in (thing.id, thing.name):
            return thing
    raise KeyError(which)


def entry(action: str, utc: str, *days: str) -> dict[str, Any]:
    """One line of a program as the wire has it: `utc` is HH:MM, the date before it means nothing."""
    return {"dow": list(days), "devices": [], "time": f"2025-02-16 {utc}:00 +0000", "action": action}
