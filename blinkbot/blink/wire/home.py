"""JSON → the home (protocol §6). A device that cannot be read is set aside, and hides no other."""

import re
from collections.abc import Iterator
from functools import partial
from typing import TypeVar

from blinkbot.blink.wire.fields import Fields, SetAside, picture_path
from blinkbot.domain import Camera, Family, Home, Network, Power, SyncModule

_FAMILIES = {"cameras": Family.CAMERA, "owls": Family.MINI, "doorbells": Family.DOORBELL}
_LIT_MODELS = ("superior", "superior_owl")
_LIT_ACCESSORIES = ("storm", "superior")
_TARGETS = {"camera": Family.CAMERA, "owl": Family.MINI, "doorbell": Family.DOORBELL, "lotus": Family.DOORBELL}
_MODEL = re.compile(r"\w{1,40}", re.ASCII)

Item = TypeVar("Item", Network, SyncModule, Camera)


def home(body: object, set_aside: SetAside, account: int | None = None) -> Home:
    """`account` is whose home it is: a picture's address can want it."""
    top = Fields("homescreen", body)
    top.check("networks", "account", "sync_modules", *_FAMILIES)
    lit = set(_lit_targets(top, set_aside))
    sirens = top.readable("sirens", lambda item: item.optional_id("network_id"), set_aside)
    return Home(
        networks=_unique(top.readable("networks", network, set_aside)),
        sync_modules=_unique(top.readable("sync_modules", _sync_module, set_aside)),
        cameras=tuple(
            camera
            for name, family in _FAMILIES.items()
            for camera in _unique(
                top.readable(name, partial(_camera, family=family, lit=lit, account=account), set_aside)
            )
        ),
        siren_networks=frozenset(network_id for network_id in sirens if network_id is not None),
    )


def light_mounts(body: object, set_aside: SetAside) -> dict[int, int]:
    """The lights that battery cameras hang in, by camera: the mount's own id, which its switch wants (protocol §4)."""
    accessories = Fields("homescreen", body).part("accessories")
    found = accessories.readable("storm", _light_mount, set_aside) if accessories else []
    return dict(pair for pair in found if pair is not None)


def _light_mount(item: Fields) -> tuple[int, int] | None:
    """The camera and the mount; None for one that hangs in nothing, or in another family's camera."""
    if not item.given("target_id") or _TARGETS.get(item.text("target"), Family.CAMERA) is not Family.CAMERA:
        return None
    return item.id("target_id"), item.id("id")


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


def _camera(item: Fields, family: Family, lit: set[tuple[Family | None, int]], account: int | None) -> Camera:
    number, network_id = item.id("id"), item.id("network_id")
    model, battery = item.text("type"), item.word("battery")
    signals = item.part("signals")
    return Camera(
        id=number,
        network_id=network_id,
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
        picture=_picture(item.text("thumbnail"), account, network_id, model, number),
        has_light=model in _LIT_MODELS or (family, number) in lit or (None, number) in lit,
    )


def _picture(thumbnail: str, account: int | None, network_id: int, model: str, camera_id: int) -> str | None:
    """The path of a camera's picture, of which today's homescreen may tell no more than the epoch (protocol §6)."""
    if not thumbnail.isdigit() or account is None or not _MODEL.fullmatch(model):
        return picture_path(thumbnail)
    base = f"/api/v3/media/accounts/{account}/networks/{network_id}/{model}/{camera_id}"
    return f"{base}/thumbnail/thumbnail.jpg?ts={thumbnail}&ext="


def _lit_targets(top: Fields, set_aside: SetAside) -> Iterator[tuple[Family | None, int]]:
    accessories = top.part("accessories")
    for name in _LIT_ACCESSORIES if accessories else ():
        for family, target in accessories.readable(name, _target, set_aside) if accessories else ():
            if target is not None:
                yield family, target


def _target(item: Fields) -> tuple[Family | None, int | None]:
    return _TARGETS.get(item.text("target")), item.optional_id("target_id")


def _unique(items: list[Item]) -> tuple[Item, ...]:
    """Each id once: what a body lists twice is one thing to its owner."""
    return tuple({item.id: item for item in reversed(items)}.values())[::-1]
