"""What a chat may do with clips: find them by time, and delete them where they are kept."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from blinkbot.domain import Clip
from blinkbot.domain.clip_search import ClipQuery, KeptClip
from blinkbot.domain.deliveries import StoredFile
from blinkbot.domain.timezones import zone_of
from blinkbot.errors import BlinkUnreachable, NotAllowed, NotSignedIn, ServerError
from blinkbot.watch.usb_poller import UsbPoller
from tests.watched_home import OWNER, WatchedHome

EVERYTHING = ClipQuery()


class House(WatchedHome):
    """A home whose clips are looked for; the bot's clock is the cloud's."""

    async def __aenter__(self) -> "House":
        await super().__aenter__()
        self.clock.now = datetime.now(UTC)
        return self

    async def recorded(self, count: int) -> list[Clip]:
        """So many new clips by the porch camera, newest first, looked up."""
        for number in range(count):
            await self.cloud.motion("Porch", seconds=1, created_ago=60 * (count - number))
        await self.poller.step()
        return [kept.clip for kept in await self.found()]

    async def found(self, query: ClipQuery = EVERYTHING) -> list[KeptClip]:
        """What /clips shows."""
        return list(await self.control(OWNER).clips.slice(query, 0, 100))


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with House(tmp_path) as house:
        yield house


async def test_clips_are_found_by_time(house: House) -> None:
    newest, middle, oldest = await house.recorded(3)
    control = house.control(OWNER)
    page = await control.clips.page(ClipQuery(since=middle.recorded_at, until=newest.recorded_at), 0)
    assert [kept.clip for kept in page.clips] == [middle]
    assert [kept.clip for kept in await control.clips.slice(ClipQuery(newest.camera_id), 1, 5)] == [middle, oldest]
    days = await control.clips.days(EVERYTHING, zone_of("America/Chicago"))
    assert sum(day.count for day in days) == 3


async def test_deleted_clips_are_gone_at_blink_and_here(house: House) -> None:
    first, *others = await house.recorded(3)
    await house.control(OWNER).clips.set_file(first.key, StoredFile("known"))
    removal = await house.control(OWNER).recordings.delete([first, *others])
    assert (set(removal.gone), removal.kept) == ({clip.key for clip in (first, *others)}, ())
    assert all(clip.deleted for clip in house.cloud.clips)
    assert house.cloud.count("POST */media/delete") == 1
    (left,) = await house.found()
    assert (left.clip.key, left.gone) == (first.key, True)


async def test_one_that_is_gone_already_keeps_no_other_from_being_deleted(house: House) -> None:
    clips = await house.recorded(5)
    house.cloud.delete(next(clip for clip in house.cloud.clips if clip.id == clips[2].id))
    removal = await house.control(OWNER).recordings.delete(clips)
    assert (set(removal.gone), removal.kept) == ({clip.key for clip in clips}, ())
    assert all(clip.deleted for clip in house.cloud.clips)


async def test_what_blink_refuses_is_kept_with_the_reason(house: House) -> None:
    clips = await house.recorded(2)
    house.cloud.fail("POST */media/delete", times=10, status=500)
    removal = await house.control(OWNER).recordings.delete(clips)
    assert removal.gone == ()
    assert [key for key, _ in removal.kept] == [clip.key for clip in clips]
    assert all(isinstance(why, ServerError) for _, why in removal.kept)
    assert not any(kept.gone for kept in await house.found())


async def test_clips_on_a_stick_are_deleted_there(house: House) -> None:
    await house.cloud.motion_on_usb("Porch", seconds=1, created_ago=60)
    sticks = UsbPoller(
        house.client,
        house.store.usb_clips,
        house.store.chats,
        house.home_watch,
        house.sign_in_service,
        house.clock,
        interval=120,
    )
    home = await house.home_watch.refresh()
    await sticks.step(home.sync_modules[0], home)
    (kept,) = await house.found()
    control = house.control(OWNER)
    assert (await control.recordings.delete([kept.clip])).gone == (kept.clip.key,)
    assert await house.found() == []
    # What is not there any more is gone.
    assert (await control.recordings.delete([kept.clip])).gone == (kept.clip.key,)


async def test_without_a_way_to_blink_nothing_is_deleted(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    clips = await house.recorded(1)
    monkeypatch.setattr(house.client, "delete_clips", unreachable)
    with pytest.raises(BlinkUnreachable):
        await house.control(OWNER).recordings.delete(clips)
    assert not (await house.found())[0].gone


async def unreachable(_: object) -> None:
    raise BlinkUnreachable("no way to Blink")


async def test_only_who_may_and_is_signed_in_deletes(house: House) -> None:
    clips = await house.recorded(1)
    control = house.control(OWNER)
    house.cloud.revoke_refresh()
    house.cloud.expire_tokens()
    with pytest.raises(NotSignedIn):
        await control.recordings.delete(clips)
    await house.store.chats.authorize([4711])
    with pytest.raises(NotAllowed):
        await control.recordings.delete(clips)
    assert house.cloud.count("POST */media/delete") <= 1
    assert not any(clip.deleted for clip in house.cloud.clips)


async def test_events_are_what_was_an_alert(house: House) -> None:
    await house.control(OWNER).home()
    await house.poller.step()
    (clip,) = await house.recorded(1)
    (happening,) = await house.control(OWNER).clips.events(house.clock() - timedelta(days=1))
    assert (happening.camera_id, happening.at) == (clip.camera_id, clip.recorded_at)


async def test_a_clip_that_is_fetched_twice_at_once_is_two_files(house: House) -> None:
    film = await house.cloud.motion("Porch", seconds=1)
    await house.poller.step()
    control = house.control(OWNER)
    clip = (await control.clips.page(ClipQuery(), 0)).clips[0].clip
    first, second = await asyncio.gather(control.recordings.fetch(clip), control.recordings.fetch(clip))
    first.unlink()
    assert second.read_bytes() == film.mp4
