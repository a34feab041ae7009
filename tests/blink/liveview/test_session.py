"""Watching live: what is shown, what the server hears meanwhile, and what is told when it breaks off."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from itertools import chain, repeat

import pytest

from blinkbot.blink.liveview import immi
from blinkbot.blink.liveview.certificates import StreamTrust
from blinkbot.blink.liveview.session import LAST_LOOKS, LONGEST, LiveViews
from blinkbot.blink.wire.live import StreamAddress
from blinkbot.domain import Camera, Outcome
from blinkbot.errors import (
    LiveViewFailed,
    NotSignedIn,
)
from tests.blink.helpers import Seen, reply
from tests.blink.studio import (
    CONNECTION,
    DOOR,
    FAILED,
    HALL,
    OVER,
    PICTURE,
    PORCH,
    RUNNING,
    SERIAL,
    Studio,
    open_and_leave,
    watch,
)


@pytest.fixture
async def studio() -> AsyncIterator[Studio]:
    async with Studio.open() as studio:
        yield studio


class TestWatching:
    @pytest.mark.parametrize(
        ("camera", "path"),
        [
            (PORCH, "/api/v6/accounts/7/networks/100/cameras/301/liveview"),
            (HALL, "/api/v2/accounts/7/networks/200/owls/401/liveview"),
            (DOOR, "/api/v2/accounts/7/networks/100/doorbells/501/liveview"),
        ],
    )
    async def test_each_family_is_asked_in_its_way(self, studio: Studio, camera: Camera, path: str) -> None:
        async with studio.client.live_view(camera):
            asked = studio.rest.seen[0]
        assert (asked.method, asked.path) == ("POST", path)
        assert json.loads(asked.body) == {"intent": "liveview", "motion_event_start_time": None}

    async def test_the_server_is_told_first_who_comes(self, studio: Studio) -> None:
        async with studio.client.live_view(PORCH):
            viewer = await studio.viewer()
        assert viewer.introduction == immi.introduction(StreamAddress("", 0, CONNECTION, SERIAL, client_id=208))

    async def test_pictures_are_handed_on_as_they_come(self, studio: Studio) -> None:
        async with studio.client.live_view(PORCH) as stream:
            (await studio.viewer()).show(PICTURE, PICTURE * 7)
            assert [await anext(stream), await anext(stream)] == [PICTURE, PICTURE * 7]

    async def test_whatever_is_no_picture_is_skipped(self, studio: Studio) -> None:
        async with studio.client.live_view(PORCH) as stream:
            viewer = await studio.viewer()
            viewer.show(PICTURE, kind=0x15)
            viewer.show(b"", b"\x00\x47", PICTURE)
            assert await anext(stream) == PICTURE

    async def test_it_ends_when_blink_says_so_and_keeps_what_had_come(self, studio: Studio) -> None:
        watching = asyncio.create_task(watch(studio))
        (await studio.viewer()).show(PICTURE, PICTURE)
        studio.status = OVER
        await studio.naps.over(15)
        assert await watching == [PICTURE, PICTURE]

    async def test_it_ends_so_many_seconds_after_the_first_picture(self, studio: Studio) -> None:
        watching = asyncio.create_task(watch(studio, seconds=10))
        viewer = await studio.viewer()
        await studio.naps.over(1.0)
        assert not studio.naps.asked_for(10), "the camera is still waking up"
        viewer.show(PICTURE)
        await studio.naps.over(10)
        assert await watching == [PICTURE]

    @pytest.mark.parametrize(("told", "longest"), [(45, 45.0), (None, LONGEST)])
    async def test_without_a_limit_of_ours_blinks_counts(
        self, studio: Studio, told: int | None, longest: float
    ) -> None:
        studio.more = {"duration": told}
        watching = asyncio.create_task(watch(studio))
        (await studio.viewer()).show(PICTURE)
        await studio.naps.over(longest)
        assert await watching == [PICTURE]

    @pytest.mark.parametrize("seconds", [0, -1])
    async def test_no_time_at_all_is_a_mistake(self, studio: Studio, seconds: float) -> None:
        with pytest.raises(ValueError, match="seconds"):
            await watch(studio, seconds=seconds)
        assert studio.rest.seen == []


class TestMeanwhile:
    async def test_the_server_hears_from_us_every_second(self, studio: Studio) -> None:
        async with studio.client.live_view(PORCH):
            viewer = await studio.viewer()
            for second in range(21):
                if second % 10 == 0:
                    assert await viewer.said() == immi.keep_alive(second // 10 + 1)
                assert await viewer.said() == immi.LATENCY_STATISTICS
                await studio.naps.over(1.0)

    @pytest.mark.parametrize(("told", "interval"), [(7, 7.0), (None, 15.0)])
    async def test_blink_is_asked_as_often_as_it_wishes(
        self, studio: Studio, told: int | None, interval: float
    ) -> None:
        studio.more = {"polling_interval": told}
        watching = asyncio.create_task(watch(studio))
        for looks in range(3):
            await studio.naps.over(interval)
            await studio.was_asked("5", looks + 1)
        studio.status = OVER
        await studio.naps.over(interval)
        await watching
        assert studio.asked["5"] == 4

    @pytest.mark.parametrize("trouble", [reply(b"<html>"), reply({}, 503), reply({"code": 307}, 409), reply({}, 429)])
    async def test_a_look_that_failed_says_nothing(self, studio: Studio, trouble: bytes) -> None:
        studio.status = trouble
        async with studio.client.live_view(PORCH) as stream:
            viewer = await studio.viewer()
            for _ in range(3):
                await studio.naps.over(15)
            viewer.show(PICTURE)
            assert await anext(stream) == PICTURE
        assert studio.asked["5"] >= 2

    async def test_arming_does_not_wait_for_whoever_watches(self, studio: Studio) -> None:
        async with studio.client.live_view(PORCH):
            assert (await studio.client.arm(PORCH.network_id)).outcome is Outcome.DONE

    async def test_there_is_one_live_view_of_a_network_at_a_time(self, studio: Studio) -> None:
        async with studio.client.live_view(PORCH):
            with pytest.raises(LiveViewFailed, match="another one runs in this network"):
                await watch(studio, DOOR)
            async with studio.client.live_view(HALL):
                assert studio.asked["liveview"] == 2
        async with studio.client.live_view(DOOR):
            assert studio.asked["liveview"] == 3

    async def test_it_waits_for_a_command_that_runs(self, studio: Studio) -> None:
        gate = asyncio.Event()
        arrived = asyncio.Event()

        async def hold(seen: Seen) -> None:
            if seen.path.endswith("/arm"):
                arrived.set()
                await gate.wait()

        studio.before = hold
        arming = asyncio.create_task(studio.client.arm(PORCH.network_id))
        await arrived.wait()
        async with asyncio.TaskGroup() as group:
            group.create_task(open_and_leave(studio))
            async with studio.client.live_view(HALL):
                assert studio.asked["liveview"] == 1
            gate.set()
        await arming
        assert studio.asked["liveview"] == 2

    async def test_a_busy_sync_module_is_asked_again(self, studio: Studio) -> None:
        studio.starts = [reply({"message": "System is busy, please wait", "code": 307}, 409)] * 2
        opening = asyncio.create_task(open_and_leave(studio))
        await studio.naps.over(1.0)
        await studio.naps.over(2.0)
        await opening
        assert studio.asked["liveview"] == 3


class TestBreakingOff:
    @pytest.mark.parametrize("sent", [b"", b"\0\0\0", immi.HEADER.pack(0, 1, 188) + PICTURE[:100]])
    async def test_a_line_that_is_lost_while_the_camera_streams_is_told(self, studio: Studio, sent: bytes) -> None:
        watching = asyncio.create_task(watch(studio))
        viewer = await studio.viewer()
        viewer.send(sent)
        viewer.hang_up()
        for pause in LAST_LOOKS[1:]:
            await studio.naps.over(pause)
        with pytest.raises(LiveViewFailed, match=r"it broke off \(the connection was lost\)$"):
            await watching

    @pytest.mark.parametrize("looks", [0, 1, 2])
    async def test_a_line_that_ends_with_the_live_view_is_its_end(self, studio: Studio, looks: int) -> None:
        answers = chain([RUNNING] * looks, repeat(OVER))

        async def next_answer(seen: Seen) -> None:
            if seen.path.endswith("/command/5"):
                studio.status = next(answers)

        studio.before = next_answer
        watching = asyncio.create_task(watch(studio))
        viewer = await studio.viewer()
        viewer.show(PICTURE)
        await viewer.said()
        await viewer.writer.drain()
        viewer.writer.close()
        for pause in LAST_LOOKS[1 : looks + 1]:
            await studio.naps.over(pause)
        assert await watching == [PICTURE]

    async def test_a_camera_that_cannot_says_why(self, studio: Studio) -> None:
        studio.status = FAILED
        watching = asyncio.create_task(watch(studio))
        (await studio.viewer()).hang_up()
        with pytest.raises(LiveViewFailed, match=r"Blink ended it \(Live view failed\)$"):
            await watching

    async def test_a_live_view_that_fails_later_says_why(self, studio: Studio) -> None:
        watching = asyncio.create_task(watch(studio))
        (await studio.viewer()).show(PICTURE)
        studio.status = FAILED
        await studio.naps.over(15)
        with pytest.raises(LiveViewFailed, match="Live view failed"):
            await watching

    async def test_a_stream_that_says_nothing_at_all_is_given_up(self, studio: Studio) -> None:
        client = studio.client
        live_views = LiveViews(
            client._transport, client._commands, studio.timing, StreamTrust(on_loopback=True), frame_timeout=0.05
        )
        async with live_views.watch(PORCH) as stream:
            watching = asyncio.create_task(anext(stream))
            for pause in LAST_LOOKS[1:]:
                await studio.naps.over(pause)
            with pytest.raises(LiveViewFailed, match=r"broke off \(nothing came for 0\.05 s\)"):
                await watching

    async def test_a_frame_of_impossible_length_is_refused(self, studio: Studio) -> None:
        watching = asyncio.create_task(watch(studio))
        (await studio.viewer()).send(immi.HEADER.pack(0, 1, 2**31))
        with pytest.raises(LiveViewFailed, match=r"broke off \(a frame of 2147483648 bytes was announced\)"):
            await watching

    async def test_a_session_that_ends_meanwhile_is_told(self, studio: Studio) -> None:
        watching = asyncio.create_task(watch(studio))
        await studio.viewer()
        studio.status = reply({"message": "Unauthorized", "code": 101}, 200)
        await studio.naps.over(15)
        with pytest.raises(NotSignedIn):
            await watching

    async def test_a_failure_that_nobody_waits_for_is_in_the_log(
        self, studio: Studio, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        async with studio.client.live_view(PORCH):
            viewer = await studio.viewer()
            studio.status = FAILED
            await studio.naps.over(15)
            await viewer.left()
        assert "A live view had ended: live view: Blink ended it (Live view failed)" in caplog.text
