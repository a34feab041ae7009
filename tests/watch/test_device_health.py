"""Which devices need somebody, and when that is told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pytest

from blinkbot.domain import Camera, Chat, Family, Home, Network, Power, SyncModule
from blinkbot.domain.deliveries import DeviceIssue, DeviceIssueKind
from blinkbot.watch.device_health import LASTS, DeviceHealth, issues, recovered
from tests.clock import FakeClock

CHAT = 1001
MODULE = SyncModule(50, 10, "Hub", online=True)
PORCH = Camera(1, 10, "Porch", Family.CAMERA, "catalina", motion=True, online=True, battery=Power.OK)
MINI = Camera(2, 10, "Kitchen", Family.MINI, "owl", motion=True, online=True)
OFFLINE = DeviceIssue(DeviceIssueKind.CAMERA_OFFLINE, 1, "Porch", 10)
LOW = DeviceIssue(DeviceIssueKind.BATTERY_LOW, 1, "Porch", 10)
HUB_OFFLINE = DeviceIssue(DeviceIssueKind.MODULE_OFFLINE, 50, "Hub", 10)


def home(*cameras: Camera, module: SyncModule = MODULE) -> Home:
    return Home((Network(10, "Home", armed=True),), (module,), cameras)


GOOD = home(PORCH, MINI)
BAD = home(replace(PORCH, online=False), MINI)
CUT_OFF = home(replace(PORCH, online=False), replace(MINI, online=False), module=replace(MODULE, online=False))


class Box:
    """The part of a ports.DeviceAlertOutbox that is told of troubles."""

    def __init__(self) -> None:
        self.there: dict[DeviceIssue, Sequence[int]] = {}
        self.since: dict[DeviceIssue, datetime | None] = {}
        self.heard: list[str] = []

    async def begin_issue(self, trouble: DeviceIssue, chats: Sequence[int], since: datetime | None = None) -> bool:
        self.heard.append(f"{trouble.name} {trouble.kind}")
        self.there[trouble] = chats
        self.since[trouble] = since
        return True

    async def end_issue(self, trouble: DeviceIssue) -> bool:
        if trouble in self.there:
            self.heard.append(f"{trouble.name} not {trouble.kind}")
        return self.there.pop(trouble, None) is not None


class Directory:
    """The part of a ports.ChatDirectory that is asked for."""

    def all(self) -> Sequence[Chat]:
        return [Chat(CHAT)]


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def watch(box: Box, clock: FakeClock) -> DeviceHealth:
    return DeviceHealth(box, Directory(), clock)  # type: ignore[arg-type]  # the half of each that it needs


async def look(watch: DeviceHealth, clock: FakeClock, *homes: Home) -> None:
    """Looks at the home, each a beat after the last."""
    for each in homes:
        await watch.on_home(each)
        clock.forward(LASTS.total_seconds())


def test_a_home_in_order_has_no_issues() -> None:
    assert issues(GOOD) == frozenset()


def test_a_camera_that_is_offline_is_one() -> None:
    assert issues(BAD) == {OFFLINE}


def test_a_low_battery_is_one_also_while_the_camera_works() -> None:
    assert issues(home(replace(PORCH, battery=Power.LOW))) == {LOW}


def test_cameras_behind_a_module_that_is_offline_are_told_as_the_module() -> None:
    assert issues(CUT_OFF) == {HUB_OFFLINE}


def test_a_camera_in_a_network_without_a_module_is_told_itself() -> None:
    assert issues(Home((Network(10, "Home", armed=True),), (), (replace(PORCH, online=False),))) == {OFFLINE}


def test_behind_a_module_that_is_offline_no_camera_counts_as_back() -> None:
    assert OFFLINE not in recovered(CUT_OFF) | issues(CUT_OFF)


def test_a_battery_of_which_nothing_is_said_is_neither_low_nor_fine() -> None:
    unknown = home(replace(PORCH, battery=None))
    assert LOW not in recovered(unknown) | issues(unknown)


async def test_what_lasts_for_two_looks_is_told_once(watch: DeviceHealth, clock: FakeClock, box: Box) -> None:
    await look(watch, clock, GOOD, BAD)
    assert box.heard == []
    await look(watch, clock, BAD, BAD, BAD)
    assert box.heard == ["Porch camera offline"]
    assert box.there[OFFLINE] == [CHAT]


async def test_two_looks_in_the_same_minute_are_one(watch: DeviceHealth, clock: FakeClock, box: Box) -> None:
    for _ in range(5):
        await watch.on_home(BAD)
        clock.forward(10)
    assert box.heard == []


async def test_a_camera_that_comes_and_goes_is_not_told(watch: DeviceHealth, clock: FakeClock, box: Box) -> None:
    await look(watch, clock, BAD, GOOD, BAD, GOOD, BAD)
    assert box.heard == []


async def test_the_first_good_look_ends_it(watch: DeviceHealth, clock: FakeClock, box: Box) -> None:
    await look(watch, clock, BAD, BAD, GOOD)
    assert box.heard == ["Porch camera offline", "Porch not camera offline"]


async def test_a_second_time_is_told_again(watch: DeviceHealth, clock: FakeClock, box: Box) -> None:
    await look(watch, clock, BAD, BAD, GOOD, BAD, BAD)
    assert box.heard[2:] == ["Porch camera offline"]


async def test_what_an_earlier_run_told_ends_too(watch: DeviceHealth, clock: FakeClock, box: Box) -> None:
    box.there[OFFLINE] = [CHAT]
    await look(watch, clock, GOOD)
    assert box.heard == ["Porch not camera offline"]


async def test_a_camera_does_not_come_back_when_its_module_goes(
    watch: DeviceHealth, clock: FakeClock, box: Box
) -> None:
    await look(watch, clock, BAD, BAD, CUT_OFF, CUT_OFF)
    assert box.heard == ["Porch camera offline", "Hub sync module offline"]


async def test_a_clock_that_was_set_back_tells_all_the_same(watch: DeviceHealth, clock: FakeClock, box: Box) -> None:
    await look(watch, clock, BAD)
    clock.forward(-86_400)
    await look(watch, clock, BAD, BAD)
    assert box.heard == ["Porch camera offline"]


async def test_it_is_told_since_when_and_not_since_it_is_told(watch: DeviceHealth, clock: FakeClock, box: Box) -> None:
    begun = clock.now
    await look(watch, clock, BAD, BAD)
    assert box.since == {OFFLINE: begun}
