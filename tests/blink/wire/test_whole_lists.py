"""Whole lists: every good entry among odd ones comes through, in order."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.blink.odd_entries import OddEntries
from blinkbot.blink.wire import account, camera_settings, devices, schedules, usb
from blinkbot.errors import BlinkResponseError
from tests.blink import bodies
from tests.blink.aside import anything_aside

NOON = "2026-11-22T12:00:00+00:00"


def program_ids(entries: list[Any]) -> list[int]:
    return [each.id for each in schedules.schedules(entries, anything_aside)]


def network_ids(entries: list[Any]) -> list[int]:
    return [each.id for each in devices.networks({"networks": entries}, anything_aside)]


def siren_ids(entries: list[Any]) -> list[int]:
    return [each.id for each in devices.sirens(entries, anything_aside)]


def client_ids(entries: list[Any]) -> list[int]:
    return [each.id for each in account.clients({"clients": entries}, anything_aside)]


def camera_ids(entries: list[Any]) -> list[int]:
    return [int(each.name) for each in camera_settings.cameras({"devicestatus": entries}, anything_aside)]


def clip_ids(entries: list[Any]) -> list[int]:
    found = usb.manifest({"manifest_id": "1", "clips": entries}, anything_aside)
    return [int(clip.id) for clip in found.clips] if found else []


def newer_clip_ids(entries: list[Any]) -> list[int]:
    found = usb.newer_manifest({"manifest_id": "1", "media": entries}, anything_aside)
    return [int(clip.id) for clip in found.clips] if found else []


Reader = Callable[[list[Any]], list[int]]
LISTS: dict[str, tuple[Reader, Callable[[int], Any]]] = {
    "programs": (program_ids, bodies.program),
    "networks": (network_ids, lambda number: {"id": number, "name": "Home", "armed": False}),
    "sirens": (siren_ids, lambda number: {"id": number, "network_id": 1}),
    "clients": (client_ids, lambda number: {"id": str(number), "client_type": "ios"}),
    "cameras": (camera_ids, lambda number: {"name": str(number), "enabled": True}),
    "manifest": (clip_ids, lambda number: {"id": str(number), "camera_name": "Porch", "created_at": NOON}),
    "local-storage-media": (newer_clip_ids, lambda number: {"id": number, "device_name": "x", "created_at": NOON}),
}

nothing_good = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.integers()), st.just({}), st.just({"id": 0})
)


@pytest.mark.parametrize("name", LISTS)
@given(entries=st.lists(st.integers(1, 2**40) | nothing_good.map(lambda odd: (odd,)), max_size=12))
def test_every_good_entry_comes_through(name: str, entries: list[Any]) -> None:
    read, good = LISTS[name]
    sent = [good(entry) if isinstance(entry, int) else entry[0] for entry in entries]
    assert read(sent) == [entry for entry in entries if isinstance(entry, int)]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("body", ["none", 7, {"id": 1}])
def test_what_is_no_list_at_all_is_an_error(name: str, body: Any) -> None:
    with pytest.raises(BlinkResponseError):
        LISTS[name][0](body)


def test_what_is_left_out_is_logged_once_without_its_content(caplog: pytest.LogCaptureFixture) -> None:
    odd = OddEntries()
    for _ in range(3):
        assert devices.sirens([{"id": "secret", "network_id": 1}, {"id": "other", "network_id": 1}], odd) == ()
    assert len(caplog.records) == 1
    assert "sirens[…].id" in caplog.text
    assert "secret" not in caplog.text
    assert list(odd.counted().values()) == [2]
