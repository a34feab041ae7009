"""Pictures, live views, lights and snoozes of a simulated home."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from blinkbot.domain import Camera
from blinkbot.domain.preferences import EVERYTHING, Scope, Target
from blinkbot.errors import (
    BlinkRefused,
    DataFolderError,
    LiveViewUnsupported,
    MediaError,
    NotFound,
)
from blinkbot.media.video import probe
from blinkbot.simulator.blinkcloud.pictures.live_film import LiveFilm
from tests.watched_home import OWNER, WatchedHome

PORCH, GARAGE, MINI = 301, 302, 304
PORCH_ONLY = Target(Scope.CAMERA, PORCH)


@pytest.fixture
def spool(house: WatchedHome) -> Path:
    return house.store.spool_dir


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


async def test_a_picture_is_the_one_just_taken(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.home()
    picture = await control.cameras.take_picture(MINI)
    taken = house.cloud.home.camera(MINI).picture
    assert taken is not None
    assert picture.jpeg == taken.jpeg
    assert (picture.camera.name, picture.network.name) == ("Living room", "Home")


async def test_an_old_picture_is_never_passed_off_as_new(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.home()
    house.cloud.fail("POST */thumbnail", status=200, body='{"message": "", "state_condition": "done"}')
    with pytest.raises(BlinkRefused, match="no new picture"):
        await control.cameras.take_picture(PORCH)


async def test_a_picture_somebody_took_in_blinks_app_is_not_passed_off_as_ours(house: WatchedHome) -> None:
    control = house.control(OWNER)
    camera = (await control.home()).camera(PORCH)
    assert camera is not None
    await house.client.take_picture(camera)
    house.clock.forward(240)
    house.cloud.fail("POST */thumbnail", status=200, body='{"message": "", "state_condition": "done"}')
    with pytest.raises(BlinkRefused, match="no new picture"):
        await control.cameras.take_picture(PORCH)


async def test_a_picture_that_blink_shows_late_is_found(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.home()
    house.cloud.show_pictures_late(3600)
    told: list[str] = []

    async def on_late() -> None:
        told.append("late")
        house.cloud.show_pictures_late(0)

    before = house.cloud.count("homescreen")
    picture = await control.cameras.take_picture(MINI, on_late)
    taken = house.cloud.home.camera(MINI).picture
    assert taken is not None
    assert picture.jpeg == taken.jpeg
    assert told == ["late"]
    assert house.cloud.count("homescreen") - before <= 8
    assert house.cloud.count("POST */thumbnail") == 1


async def test_a_piece_of_a_picture_is_none_yet(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.home()
    house.cloud.send_piece("GET *thumbnail.jpg", times=5, part=0.3)
    picture = await control.cameras.take_picture(MINI)
    assert picture.jpeg.endswith(b"\xff\xd9")


async def test_pictures_by_all_cameras_share_the_look_before_them(house: WatchedHome) -> None:
    control = house.control(OWNER)
    cameras = (await control.home()).cameras
    house.clock.forward(60)
    before = house.cloud.count("homescreen")
    house.cloud.fail("POST */thumbnail", times=len(cameras), status=404)
    await asyncio.gather(*(control.cameras.take_picture(camera.id) for camera in cameras), return_exceptions=True)
    assert house.cloud.count("homescreen") == before + 1


async def test_a_camera_that_refuses_says_why(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.home()
    house.cloud.refuse_command(kind="thumbnail", code=909, message="Camera is asleep")
    with pytest.raises(BlinkRefused, match="Camera is asleep"):
        await control.cameras.take_picture(PORCH)


async def test_a_camera_nobody_knows_is_not_found(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.home()
    with pytest.raises(NotFound):
        await control.cameras.take_picture(4711)


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


async def test_a_camera_is_snoozed_at_blink(house: WatchedHome) -> None:
    await house.home_watch.refresh()
    await house.control(OWNER).cameras.snooze(PORCH_ONLY, 60)
    assert house.cloud.home.camera(PORCH).snoozed_until is not None


async def test_everything_is_snoozed_network_by_network_and_the_first_refusal_raised(house: WatchedHome) -> None:
    await house.home_watch.refresh()
    house.cloud.fail("POST */snooze", status=400, body='{"message": "no", "code": 2805}')
    with pytest.raises(BlinkRefused, match="2805"):
        await house.control(OWNER).cameras.snooze(EVERYTHING, 60)
    assert house.cloud.count("/snooze") == 2


@pytest.mark.parametrize("scope", [Scope.CAMERA, Scope.NETWORK])
async def test_what_is_gone_cannot_be_snoozed(house: WatchedHome, scope: Scope) -> None:
    await house.home_watch.refresh()
    with pytest.raises(NotFound):
        await house.control(OWNER).cameras.snooze(Target(scope, 999_999), 60)
