"""One look at a USB stick, from its list to the outbox, and beside it the cloud."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from blinkbot.domain import Clip, Origin
from blinkbot.domain.clip_search import ClipQuery
from blinkbot.domain.deliveries import Queue
from blinkbot.errors import DataFolderError
from blinkbot.watch.usb_poller import UsbPoller
from tests.store.things import pending_count
from tests.watched_home import OWNER, WatchedHome


class House(WatchedHome):
    """A home with a stick in its first sync module; the bot's clock is the cloud's."""

    async def __aenter__(self) -> "House":
        await super().__aenter__()
        self.clock.now = datetime.now(UTC)
        self.sticks = UsbPoller(
            self.client,
            self.store.usb_clips,
            self.store.chats,
            self.home_watch,
            self.sign_in_service,
            self.clock,
            interval=120,
        )
        return self

    async def look(self) -> list[str]:
        """One look at the stick of the first sync module; the keys of the clips it found to be news."""
        home = await self.home_watch.refresh()
        return [clip.key for clip in await self.sticks.step(home.sync_modules[0], home)]

    async def shown(self) -> list[Clip]:
        """What /clips shows."""
        return [kept.clip for kept in (await self.store.clips.for_chat(OWNER).page(ClipQuery(), 0, 50)).clips]


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with House(tmp_path) as house:
        yield house


async def disk_full(*_: object, **__: object) -> None:
    raise DataFolderError("database or disk is full")


class TestNews:
    async def test_what_is_on_the_stick_at_the_first_look_is_history(self, house: House) -> None:
        await house.cloud.motion_on_usb("Porch", seconds=1, created_ago=60)
        assert await house.look() == []
        assert [clip.origin for clip in await house.shown()] == [Origin.USB]

    async def test_a_new_clip_is_pushed_once(self, house: House) -> None:
        await house.look()
        await house.cloud.motion_on_usb("Porch", seconds=1)
        (key,) = await house.look()
        assert await house.look() == []
        delivery = await house.store.outbox.claim(Queue.ALERTS, house.clock())
        assert delivery is not None
        assert (delivery.chat_id, delivery.clip.key, delivery.clip.camera_name) == (OWNER, key, "Porch")

    async def test_a_live_view_that_is_saved_on_it_is_shown_but_no_news(self, house: House) -> None:
        await house.look()
        now = house.clock()
        porch = house.cloud.home.camera("Porch").id
        house.sticks.note_live_view(porch, now - timedelta(minutes=1), now + timedelta(minutes=1))
        await house.cloud.motion_on_usb("Porch", seconds=1)
        assert await house.look() == []
        assert len(await house.shown()) == 1

    async def test_what_is_queued_can_be_fetched(self, house: House, tmp_path: Path) -> None:
        await house.look()
        stored = await house.cloud.motion_on_usb("Porch", seconds=1)
        await house.look()
        delivery = await house.store.outbox.claim(Queue.ALERTS, house.clock())
        assert delivery is not None
        await house.client.download_clip(delivery.clip, tmp_path / "clip.mp4")
        assert (tmp_path / "clip.mp4").read_bytes() == stored.mp4

    async def test_a_restart_of_the_module_is_no_news(self, house: House) -> None:
        await house.look()
        await house.cloud.motion_on_usb("Porch", seconds=1)
        await house.look()
        house.cloud.restart_module("Home")
        assert await house.look() == []
        assert len(await house.shown()) == 1

    async def test_a_camera_that_is_renamed_is_no_news(self, house: House) -> None:
        await house.look()
        await house.cloud.motion_on_usb("Porch", seconds=1)
        await house.look()
        house.cloud.rename("Porch", "Veranda")
        assert await house.look() == []
        (clip,) = await house.shown()
        assert clip.camera_id == 301

    async def test_a_clip_recorded_while_a_busy_module_delayed_the_first_look_is_news(self, house: House) -> None:
        await house.cloud.motion_on_usb("Garage", seconds=1, created_ago=3600)
        house.clock.forward(-60)
        house.cloud.usb.polls = 99
        await house.sticks.run_once()
        house.cloud.usb.polls = 0
        house.clock.forward(60)
        await house.cloud.motion_on_usb("Porch", seconds=1)
        (key,) = await house.look()
        assert ":porch:" in key

    async def test_another_sticks_past_is_no_news(self, house: House) -> None:
        await house.look()
        await house.cloud.motion_on_usb("Porch", seconds=1)
        await house.look()
        await house.cloud.motion_on_usb("Garage", seconds=1, created_ago=7200)
        assert await house.look() == []
        assert len(await house.shown()) == 2

    async def test_what_a_full_disk_could_not_take_is_news_once_there_is_room(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await house.look()
        await house.cloud.motion_on_usb("Porch", seconds=1)
        with monkeypatch.context() as full:
            full.setattr(house.store.usb_clips, "record", disk_full)
            assert await house.look() == []
        assert len(await house.look()) == 1


class TestBothOrigins:
    async def test_seen_in_the_cloud_first_it_comes_from_there(self, house: House) -> None:
        await house.poller.step()
        await house.look()
        clip = await house.cloud.motion("Porch", seconds=1)
        house.cloud.copy_to_usb(clip)
        assert [each.id for each in await house.poller.step()] == [clip.id]
        assert await house.look() == []
        assert [each.key for each in await house.shown()] == [f"cloud:{clip.id}"]

    async def test_seen_on_usb_first_it_comes_from_there(self, house: House) -> None:
        await house.poller.step()
        await house.look()
        clip = await house.cloud.motion("Porch", seconds=1)
        house.cloud.copy_to_usb(clip)
        (key,) = await house.look()
        assert await house.poller.step() == []
        assert [each.key for each in await house.shown()] == [key]
        assert await pending_count(house.store) == 1

    async def test_two_events_are_two(self, house: House) -> None:
        await house.poller.step()
        await house.look()
        await house.cloud.motion("Porch", seconds=1)
        await house.cloud.motion_on_usb("Garage", seconds=1)
        assert len(await house.poller.step()) == 1
        assert len(await house.look()) == 1

    async def test_a_clip_that_the_cloud_has_not_whole_yet_comes_from_the_stick(self, house: House) -> None:
        await house.poller.step()
        await house.look()
        clip = await house.cloud.motion("Porch", seconds=1, partial=True, thumbnail=False)
        house.cloud.copy_to_usb(clip)
        assert await house.poller.step() == []
        assert len(await house.look()) == 1
        house.cloud.complete(clip)
        assert await house.poller.step() == []

    async def test_when_the_cloud_has_deleted_it_the_sticks_copy_is_shown(self, house: House) -> None:
        await house.poller.step()
        await house.look()
        clip = await house.cloud.motion("Porch", seconds=1)
        house.cloud.copy_to_usb(clip)
        await house.poller.step()
        await house.look()
        house.cloud.delete(clip)
        house.clock.forward(300)
        await house.poller.step()
        assert [each.origin for each in await house.shown()] == [Origin.USB]


class TestTheStick:
    async def test_what_is_gone_from_it_is_not_shown_any_more(self, house: House) -> None:
        await house.cloud.motion_on_usb("Porch", seconds=1)
        kept = await house.cloud.motion_on_usb("Garage", seconds=1)
        await house.look()
        house.cloud.usb.clips[:] = [kept]
        await house.look()
        assert [clip.camera_name for clip in await house.shown()] == ["Garage"]

    async def test_what_comes_back_is_shown_again_and_is_no_news(self, house: House) -> None:
        clips = [await house.cloud.motion_on_usb(name, seconds=1) for name in ("Porch", "Garage")]
        await house.look()
        house.cloud.usb.clips[:] = clips[:1]
        await house.look()
        house.cloud.usb.clips[:] = clips
        assert await house.look() == []
        assert len(await house.shown()) == 2

    async def test_an_empty_list_takes_nothing_away(self, house: House) -> None:
        await house.cloud.motion_on_usb("Porch", seconds=1)
        await house.look()
        house.cloud.usb.clips.clear()
        await house.look()
        assert len(await house.shown()) == 1


class TestPace:
    async def test_it_looks_every_interval(self, house: House) -> None:
        await house.sticks.run_once()
        house.clock.forward(100)
        await house.sticks.run_once()
        assert house.cloud.count("POST */manifest/request") == 1
        house.clock.forward(20)
        await house.sticks.run_once()
        assert house.cloud.count("POST */manifest/request") == 2

    async def test_where_nothing_is_armed_it_looks_less_often_until_something_is(self, house: House) -> None:
        house.cloud.disarm("Home")
        await house.sticks.run_once()
        house.clock.forward(200)
        await house.sticks.run_once()
        assert house.cloud.count("POST */manifest/request") == 1
        house.sticks.poll_soon()
        await house.sticks.run_once()
        assert house.cloud.count("POST */manifest/request") == 2

    async def test_a_module_that_stays_busy_is_asked_less_often(self, house: House) -> None:
        house.cloud.usb.polls = 99
        await house.sticks.run_once()
        house.clock.forward(150)
        await house.sticks.run_once()
        assert house.cloud.count("POST */manifest/request") == 1

    @pytest.mark.parametrize("what", ["online", "usb_active"])
    async def test_a_module_that_is_away_or_has_no_stick_is_left_alone(self, house: House, what: str) -> None:
        setattr(house.cloud.home.sync_modules[0], what, False)
        await house.sticks.run_once()
        assert house.cloud.count("local_storage") == 0

    async def test_without_a_session_nothing_is_asked(self, house: House) -> None:
        await house.home_watch.refresh()
        house.cloud.expire_tokens()
        house.cloud.revoke_refresh()
        await house.sticks.run_once()
        assert house.heard.said[-1] == "sign in: SessionEnded"
        asked = len(house.cloud.requests)
        house.clock.forward(1000)
        await house.sticks.run_once()
        assert len(house.cloud.requests) == asked

    async def test_an_outage_ends_nothing(self, house: House) -> None:
        house.cloud.fail("local_storage", times=99, status=503)
        assert await house.look() == []
        house.cloud.heal()
        await house.cloud.motion_on_usb("Porch", seconds=1)
        await house.look()
        assert len(await house.shown()) == 1


async def test_both_watches_at_once_push_an_event_once(house: House) -> None:
    await house.poller.step()
    await house.look()
    for _ in range(3):
        house.cloud.copy_to_usb(await house.cloud.motion("Porch", seconds=1))
    home = await house.home_watch.refresh()
    await asyncio.gather(house.poller.step(), house.sticks.step(home.sync_modules[0], home))
    assert await pending_count(house.store) == len(await house.shown())


class TestTheCamera:
    async def test_a_camera_that_was_renamed_is_known_by_the_name_it_had(self, house: House) -> None:
        await house.poller.step()
        await house.cloud.motion("Porch", seconds=1)
        await house.poller.step()
        await house.cloud.motion_on_usb("Porch", seconds=1, created_ago=60)
        porch = house.cloud.home.camera("Porch").id
        house.cloud.rename("Porch", "Front yard")
        await house.look()
        assert {each.camera_id for each in await house.shown()} == {porch}

    async def test_one_that_is_not_listed_yet_is_known_as_soon_as_it_is(self, house: House) -> None:
        await house.cloud.motion_on_usb("Porch", seconds=1, created_ago=60)
        house.cloud.hide("Porch")
        await house.look()
        assert [(each.camera_id, each.camera_name) for each in await house.shown()] == [(0, "Porch")]
        house.cloud.world.unlisted.clear()
        await house.home_watch.refresh()
        assert [each.camera_id for each in await house.shown()] == [house.cloud.home.camera("Porch").id]

    async def test_a_name_that_two_have_is_left_alone(self, house: House) -> None:
        await house.cloud.motion_on_usb("Porch", seconds=1, created_ago=60)
        house.cloud.rename("Garage", "Porch")
        await house.look()
        assert [each.camera_id for each in await house.shown()] == [0]
