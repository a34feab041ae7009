"""JSON → the home (protocol §6). An item without an id is an error: dropping it would hide a camera."""

from collections.abc import Iterator
from typing import TypeVar

from blinkbot.blink.wire.fields import Fields, picture_path
from blinkbot.domain import Camera, Family, Home, Network, Power, SyncModule

_FAMILIES = {"cameras": Family.CAMERA, "owls": Family.MINI, "doorbells": Family.DOORBELL}
_LIT_MODELS = ("superior", "superior_owl")
_LIT_ACCESSORIES = ("storm", "superior")
_TARGETS = {"camera": Family.CAMERA, "owl": Family.MINI, "doorbell": Family.DOORBELL, "lotus": Family.DOORBELL}

Item = TypeVar("Item", Network, SyncModule, Camera)


def home(body: object) -> Home:
    top = Fields("homescreen", body)
    top.check("networks", "account", "sync_modules", *_FAMILIES)
    lit = set(_lit_targets(top))
    return Home(
        networks=_unique([network(item) for item in top.parts("networks")]),
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


def network(item: Fields) -> Network:
    return Network(item.id("id"), item.text("name"), item.flag("armed"), item.text("time_zone"))


def _sync_module(item: Fields) -> SyncModule:
    return SyncModule(
        id=item.id("id"),
        network_id=item.id("network_id"),
        name=item.text("name"),
        online=item.online,
        usb_active=item.word("local_storage_status") == "active",
    )


def _camera(item: Fields, family: Family, lit: set[tuple[Family | None, int]]) -> Camera:
    number, model, battery = item.id("id"), item.text("type"), item.word("battery")
    signals = item.part("signals")
    return Camera(
        id=number,
        network_id=item.id("network_id"),
        name=item.text("name"),
        family=family,
        model=model,
        motion=item.flag("enabled"),
        online=item.online,
        battery=Power(battery) if battery in list(Power) else battery,
        battery_bars=signals.bars("battery") if signals else None,
        wifi_bars=signals.bars("wifi") if signals else None,
        sync_bars=signals.bars("lfr") if signals else None,
        temperature_f=signals.number("temp") if signals else None,
        picture=picture_path(item.word("thumbnail")),
        has_light=model in _LIT_MODELS or (family, number) in lit or (None, number) in lit,
    )


def _lit_targets(top: Fields) -> Iterator[tuple[Family | None, int]]:
    accessories = top.part("accessories")
    for name in _LIT_ACCESSORIES if accessories else ():
        for item in accessories.parts(name) if accessories else ():
            target = item.optional_id("target_id")
            if target is not None:
                yield _TARGETS.get(item.text("target")), target


def _unique(items: list[Item]) -> tuple[Item, ...]:
    """Each id once: what a body lists twice is one thing to its owner."""
    return tuple({item.id: item for item in reversed(items)}.values())[::-1]
