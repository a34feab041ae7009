"""What the settings of alerts change: the shipped bot, started with other ones than it has by itself."""

from blinkbot.simulator.botapi import SimMessage
from tests.evening import Evening


def is_clip(message: SimMessage) -> bool:
    return message.video is not None


async def test_without_a_burst_window_each_clip_rings(evening: Evening) -> None:
    await evening.start_watching(alerts={"burst_window": 0})
    for _ in range(2):
        await evening.cloud.motion("Porch")
        await evening.phone.wait_for(is_clip)
    assert [(message.silent, message.reply_to) for message in evening.phone.from_bot] == [(False, None)] * 2


async def test_a_picture_comes_first_where_no_video_may_come_at_once(evening: Evening) -> None:
    await evening.start_watching(alerts={"direct_within": 0})
    await evening.cloud.motion("Porch")
    whole = await evening.phone.wait_for(is_clip)
    assert [state.photo is not None for state in whole.earlier[:1]] == [True]


async def test_a_clip_says_that_it_is_late_after_as_long_as_is_set(evening: Evening) -> None:
    await evening.start_watching(alerts={"late_after": 5})
    await evening.cloud.motion("Porch", announced_late=10)
    assert "Arrived" in (await evening.phone.wait_for(is_clip)).caption


async def test_clips_are_old_after_as_long_as_is_set(evening: Evening) -> None:
    await evening.start_watching()
    await evening.stop_bot()
    for ago in (70, 60):
        await evening.cloud.motion("Porch", announced_late=ago)
    await evening.start_bot(alerts={"fresh_for": 30})
    first = await evening.phone.wait_for(is_clip)
    second = await evening.phone.wait_for(is_clip)
    assert "2 earlier clips" in first.caption
    assert second.album == first.album
    # Of a backlog the first album rings; what is still fresh would not.
    assert not first.silent


async def test_a_live_view_is_as_long_as_is_set(evening: Evening) -> None:
    await evening.start_watching(alerts={"live_seconds": 2})
    evening.phone.say("/live porch")
    film = await evening.phone.wait_for(is_clip, timeout=30)
    assert film.media is not None
    assert 1 <= film.media.duration <= 3
