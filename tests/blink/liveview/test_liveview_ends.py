"""However a live view ends, Blink is told that it is over: battery cameras pay for every second."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from blinkbot.errors import BlinkResponseError, LiveViewFailed, LiveViewUnsupported, NotFound
from tests.blink.helpers import Seen, reply
from tests.blink.studio import FAILED, PICTURE, PORCH, Studio, open_and_leave, watch


@pytest.fixture
async def studio() -> AsyncIterator[Studio]:
    async with Studio.open() as studio:
        yield studio


async def look_once_and_leave(studio: Studio) -> None:
    async with studio.client.live_view(PORCH) as stream:
        (await studio.viewer()).show(PICTURE)
        async for _ in stream:
            break


async def fail_inside(studio: Studio) -> None:
    async with studio.client.live_view(PORCH):
        raise KeyError("the disk is full")


async def watch_in_vain(studio: Studio) -> None:
    studio.status = FAILED
    watching = asyncio.create_task(watch(studio))
    (await studio.viewer()).hang_up()
    await watching


async def be_sent_nonsense(studio: Studio) -> None:
    watching = asyncio.create_task(watch(studio))
    (await studio.viewer()).send(b"\xff" * 9)
    await watching


async def be_cancelled(studio: Studio) -> None:
    watching = asyncio.create_task(watch(studio))
    await studio.viewer()
    watching.cancel()
    await watching


async def find_nobody_there(studio: Studio) -> None:
    studio.more = {"server": "immis://127.0.0.1:1/Ab1__IMDS_1?client_id=5"}
    await watch(studio)


async def be_sent_to_rtsp(studio: Studio) -> None:
    studio.more = {"server": "rtsps://127.0.0.1:443/Ab1__IMDS_1?client_id=5&blinkRTSP=true"}
    await watch(studio)


async def be_sent_nowhere(studio: Studio) -> None:
    studio.more = {"server": None}
    await watch(studio)


@pytest.mark.parametrize(
    ("way", "end"),
    [
        (open_and_leave, None),
        (look_once_and_leave, None),
        (fail_inside, KeyError),
        (watch_in_vain, LiveViewFailed),
        (be_sent_nonsense, LiveViewFailed),
        (be_cancelled, asyncio.CancelledError),
        (find_nobody_there, LiveViewFailed),
        (be_sent_to_rtsp, LiveViewUnsupported),
        (be_sent_nowhere, BlinkResponseError),
    ],
)
async def test_blink_is_told_once_on_every_way_out(
    studio: Studio, way: Callable[[Studio], Awaitable[None]], end: type[BaseException] | None
) -> None:
    if end is None:
        await way(studio)
    else:
        with pytest.raises(end):
            await way(studio)
    assert studio.done == 1
    assert studio.rest.seen[-1].path == "/network/100/command/5/done/"


async def test_a_live_view_that_never_began_is_none(studio: Studio) -> None:
    studio.starts = [reply({"message": "Camera not found", "code": 500}, 404)]
    with pytest.raises(NotFound):
        await watch(studio)
    assert studio.done == 0


async def test_whoever_gives_up_before_the_answer_leaves_no_camera_running(studio: Studio) -> None:
    gate = asyncio.Event()
    arrived = asyncio.Event()

    async def hold(seen: Seen) -> None:
        if seen.path.endswith("/liveview"):
            arrived.set()
            await gate.wait()

    studio.before = hold
    watching = asyncio.create_task(watch(studio))
    await arrived.wait()
    watching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watching
    gate.set()
    await studio.client.aclose()
    assert studio.done == 1


async def test_impatience_does_not_keep_blink_from_being_told(studio: Studio) -> None:
    gate = asyncio.Event()
    arrived = asyncio.Event()

    async def hold(seen: Seen) -> None:
        if "/done" in seen.path:
            arrived.set()
            await gate.wait()

    studio.before = hold
    watching = asyncio.create_task(watch(studio))
    await studio.viewer()
    watching.cancel()
    await arrived.wait()
    watching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watching
    gate.set()
    await studio.client.aclose()
    assert studio.done == 1


async def test_a_farewell_that_fails_hides_nothing(studio: Studio, caplog: pytest.LogCaptureFixture) -> None:
    async def fail(seen: Seen) -> None:
        if "/done" in seen.path:
            raise ConnectionError("the router restarts")

    studio.before = fail
    leaving = asyncio.create_task(fail_inside(studio))
    for pause in (0.5, 2.0, 5.0):
        await studio.naps.over(pause)
    with pytest.raises(KeyError, match="the disk is full"):
        await leaving
    assert "Blink could not be told that a live view is over" in caplog.text


async def test_the_camera_is_hung_up_on_too(studio: Studio) -> None:
    await open_and_leave(studio)
    await (await studio.viewer()).left()
