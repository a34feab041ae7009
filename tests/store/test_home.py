"""The home as last seen."""

from dataclasses import replace
from pathlib import Path

from blinkbot.domain import Camera, Family, Home, Network, Power, SyncModule
from blinkbot.store import Store
from tests.clock import FakeClock

PORCH = Camera(
    id=2**40,
    network_id=10,
    name="Porch",
    family=Family.CAMERA,
    model="catalina",
    motion=True,
    online=True,
    battery=Power.LOW,
    battery_bars=1,
    wifi_bars=4,
    sync_bars=5,
    temperature_f=71.6,
    picture="/picture/1",
)
NURSERY = Camera(
    id=302, network_id=20, name="Porch", family=Family.MINI, model="owl", motion=False, online=False, has_light=True
)
HOME = Home(
    networks=(Network(20, "Flat", armed=False), Network(10, "House", armed=True, time_zone="Europe/New York")),
    sync_modules=(SyncModule(7, 10, "My Blink Sync Module", online=True, usb_active=True),),
    cameras=(PORCH, NURSERY),
    siren_networks=frozenset({10}),
)


async def test_a_home_that_was_never_seen_is_none(store: Store) -> None:
    assert await store.home.load() is None


async def test_an_empty_home_was_seen_nevertheless(store: Store) -> None:
    await store.home.save(Home())
    assert await store.home.load() == Home()


async def test_the_home_outlives_a_restart_in_its_order(store: Store, data_dir: Path, clock: FakeClock) -> None:
    await store.home.save(HOME)
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert await reopened.home.load() == HOME
    await reopened.close()


async def test_a_later_look_replaces_an_earlier_one(store: Store) -> None:
    await store.home.save(HOME)
    later = Home(HOME.networks[:1], (), (replace(NURSERY, name="Nursery", online=True), PORCH))
    await store.home.save(later)
    assert await store.home.load() == later
