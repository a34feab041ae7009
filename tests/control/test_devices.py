"""Live views, lights and sirens of a simulated home."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from blinkbot.domain import Camera
from blinkbot.errors import (
    DataFolderError,
    LiveViewUnsupported,
    MediaError,
    NotAllowed,
    NotFound,
    NotSignedIn,
    SessionEnded,
)
from blinkbot.media.video import probe
from blinkbot.ports import ChatControl
from blinkbot.simulator.blinkcloud.pictures.live_film import LiveFilm
from tests.watched_home import OWNER, WatchedHome

PORCH, GARAGE = 301, 302


@pytest.fixture
def spool(house: WatchedHome) -> Path:
    return house.store.spool_dir


def network_id(house: WatchedHome, name: str) -> int:
    return house.cloud.home.network(name).id


class View:
    """What a camera shows live, in the place of the client's `live_view`. `goes_on` is waited for before the end."""

    def __init__(self, *chunks: bytes) -> None:
        self.asked: list[tuple[int, float | None]] = []
        self.goes_on = asyncio.Event()
        self.goes_on.set()
        self._chunks = chunks

    @asynccontextmanager
    async def __call__(self, camera: Camera, seconds: float | None = None) -> AsyncIterator[AsyncIterator[bytes]]:
        self.asked.append((camera.id, seconds))
        yield self._shown()

    async def _shown(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks:
            yield chunk
        await self.goes_on.wait()


@pytest.fixture
def view(house: WatchedHome, monkeypatch: pytest.MonkeyPatch) -> View:
    """Two seconds of live view, whenever one is asked for."""
    film = LiveFilm("porch", "Porch", house.clock())
    view = View(film.next_second(), film.next_second())
    film.close()
    monkeypatch.setattr(house.client, "live_view", view)
    return view


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_a_live_view_becomes_an_mp4_and_nothing_else_stays(house: WatchedHome, spool: Path, view: View) -> None:
    pictures: list[str] = []
    video = await house.control(OWNER).cameras.record_live(PORCH, 2, lambda: pictures.append("first"))
    assert view.asked == [(PORCH, 2)]
    assert probe(video).duration == 2
    assert pictures == ["first"]
    assert files_in(spool) == [video]


async def test_a_live_view_that_fails_leaves_nothing(house: WatchedHome, spool: Path) -> None:
    house.cloud.live.older = True
    with pytest.raises(LiveViewUnsupported):
        await house.control(OWNER).cameras.record_live(PORCH, 1)
    assert files_in(spool) == []


async def test_a_live_view_that_shows_nothing_is_no_video(
    house: WatchedHome, spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house.client, "live_view", View())
    with pytest.raises(MediaError, match="nothing came from Porch"):
        await house.control(OWNER).cameras.record_live(PORCH, 1)
    assert files_in(spool) == []


async def test_a_live_view_that_is_interrupted_leaves_no_file_and_is_told_of(
    house: WatchedHome, spool: Path, view: View
) -> None:
    view.goes_on.clear()
    seen = asyncio.Event()
    recording = asyncio.create_task(house.control(OWNER).cameras.record_live(PORCH, 60, seen.set))
    await seen.wait()
    recording.cancel()
    with pytest.raises(asyncio.CancelledError):
        await recording
    assert files_in(spool) == []
    assert house.live_views == [(PORCH, house.clock(), house.clock())]


async def test_a_full_disk_is_told(
    house: WatchedHome, spool: Path, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(house.videos, "remux", full)
    with pytest.raises(DataFolderError, match="No space left"):
        await house.control(OWNER).cameras.record_live(PORCH, 1)
    assert files_in(spool) == []


async def test_a_light_is_switched(house: WatchedHome) -> None:
    control = house.control(OWNER)
    assert (await control.cameras.switch_light(PORCH, on=True)).done
    assert house.cloud.home.camera(PORCH).light
    assert (await control.cameras.switch_light(PORCH, on=False)).done
    assert not house.cloud.home.camera(PORCH).light


async def test_a_camera_without_a_light_is_not_asked(house: WatchedHome) -> None:
    with pytest.raises(NotFound, match="no light"):
        await house.control(OWNER).cameras.switch_light(GARAGE, on=True)
    assert house.cloud.count("/lights/") == 0


async def test_a_siren_sounds_and_falls_silent(house: WatchedHome) -> None:
    control = house.control(OWNER)
    assert (await control.networks.sound_siren(network_id(house, "Home"), 30)).done
    (siren,) = house.cloud.home.sirens
    assert siren.sounding_until is not None
    assert (await control.networks.silence_sirens(network_id(house, "Home"))).done
    assert siren.sounding_until is None


async def test_a_network_without_a_siren_is_not_asked(house: WatchedHome) -> None:
    control = house.control(OWNER)
    with pytest.raises(NotFound):
        await control.networks.sound_siren(network_id(house, "Cabin"), 30)
    with pytest.raises(NotFound):
        await control.networks.silence_sirens(network_id(house, "Cabin"))
    assert house.cloud.count("/sirens/") == 0


async def test_a_siren_is_known_after_a_restart(house: WatchedHome) -> None:
    await house.control(OWNER).home()
    remembered = await house.store.home.load()
    assert remembered is not None
    assert remembered.siren_networks == {network_id(house, "Home")}


DEMANDS: list[Callable[[ChatControl], Awaitable[object]]] = [
    lambda control: control.cameras.record_live(PORCH, 1),
    lambda control: control.cameras.switch_light(PORCH, on=True),
    lambda control: control.networks.sound_siren(1, 30),
    lambda control: control.networks.silence_sirens(1),
]


@pytest.mark.parametrize("demand", DEMANDS)
async def test_a_chat_that_lost_its_rights_reaches_no_device(
    house: WatchedHome, demand: Callable[[ChatControl], Awaitable[object]]
) -> None:
    control = house.control(OWNER)
    await house.store.chats.authorize([4711])
    before = len(house.cloud.requests)
    with pytest.raises(NotAllowed):
        await demand(control)
    assert len(house.cloud.requests) == before


@pytest.mark.parametrize("demand", DEMANDS)
async def test_without_a_session_no_device_is_asked(
    house: WatchedHome, demand: Callable[[ChatControl], Awaitable[object]]
) -> None:
    await house.sign_in_service.lost(SessionEnded("it ended"))
    with pytest.raises(NotSignedIn):
        await demand(house.control(OWNER))


@pytest.mark.parametrize("demand", DEMANDS)
async def test_what_has_left_the_home_is_not_found(
    house: WatchedHome, demand: Callable[[ChatControl], Awaitable[object]]
) -> None:
    control = house.control(OWNER)
    house.cloud.home.cameras.clear()
    house.cloud.home.sirens.clear()
    with pytest.raises(NotFound):
        await demand(control)
