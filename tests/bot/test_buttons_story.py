"""Every button under a clip, a week and a restart later: the shipped bot between both services, over HTTP."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from blinkbot.config import AlertSettings, Settings
from blinkbot.simulator.blinkcloud import BlinkCloud
from blinkbot.simulator.botapi import SimMessage
from tests.evening import ADA, Evening

A_WEEK = timedelta(days=7)


Record = Callable[[BlinkCloud], Awaitable[object]]


def motion(cloud: BlinkCloud) -> Awaitable[object]:
    return cloud.motion("Porch")


def press(cloud: BlinkCloud) -> Awaitable[object]:
    return cloud.press("Front door")


def something_broken(cloud: BlinkCloud) -> Awaitable[object]:
    return cloud.corrupt_clip("Porch")


class BriefEvening(Evening):
    """An evening whose live views last a second."""

    def settings(self, chats: Sequence[int] = (ADA,), **changes: Any) -> Settings:
        """See Evening."""
        return super().settings(chats, **changes).model_copy(update={"alerts": AlertSettings(live_seconds=1)})


@pytest.fixture
async def evening(tmp_path: Path) -> AsyncIterator[Evening]:
    async with BriefEvening(tmp_path) as whole:
        yield whole


def grow_old(database: Path) -> None:
    """Let everything have been recorded a week ago."""
    with closing(sqlite3.connect(database)) as db, db:
        db.execute("UPDATE clips SET recorded_at = recorded_at - ?", [A_WEEK // timedelta(microseconds=1)])


def labels(message: SimMessage) -> list[str]:
    return [button.text for row in message.buttons for button in row]


def is_whole(message: SimMessage) -> bool:
    return message.video is not None or message.document is not None


async def a_week_old_clip(evening: Evening, record: Record = motion) -> SimMessage:
    """A clip's message, after a restart, with a bot that knows of the home only what it remembers."""
    await evening.start_watching()
    await record(evening.cloud)
    if record is something_broken:
        await evening.phone.wait_for(lambda message: message.photo is not None)
        await evening.wait_a_day_for_videos()
    shown = await evening.phone.wait_for(is_whole)
    await evening.stop_bot()
    await asyncio.to_thread(grow_old, evening.data_dir / "blinkbot.db")
    await evening.start_watching()
    evening.phone.mark_read()
    return evening.phone.now(shown)


async def test_every_button_under_a_week_old_clip_works_after_a_restart(evening: Evening) -> None:
    shown, phone, cloud = await a_week_old_clip(evening), evening.phone, evening.cloud

    phone.tap(shown, "📷 New picture")
    picture = await phone.wait_for(lambda message: message.photo is not None)
    taken = cloud.home.camera("Porch").picture
    assert taken is not None
    assert (picture.reply_to, picture.photo) == (shown.id, taken.jpeg)
    phone.tap(shown, "🔴 Live")
    live = await phone.wait_for(lambda message: message.video is not None)
    assert (live.reply_to, live.content.splitlines()[0]) == (shown.id, "🔴 Porch — live view")
    phone.tap(shown, "🔕 Mute 1 h")
    await phone.wait_for_edit(shown, lambda message: "🔔 Unmute" in labels(message))
    phone.tap(shown, "🔓 Disarm")
    await phone.wait_for("Home is disarmed")
    assert not cloud.home.network("Home").armed

    phone.tap(shown, "⋯ More")
    more = await phone.wait_for_edit(shown, lambda message: "‹ Back" in labels(message))
    phone.tap(more, "🖼 Contact sheet")
    sheet = await phone.wait_for(lambda message: message.content.startswith("🖼") and message.photo is not None)
    assert sheet.reply_to == shown.id
    phone.tap(more, "📎 As a file")
    file = await phone.wait_for(lambda message: message.content.startswith("📎") and message.media is not None)
    assert file.media is not None
    assert file.media.data == shown.video
    phone.tap(more, "💡 Light")
    await phone.wait_for("Light on at Porch")
    assert cloud.home.camera("Porch").light
    phone.tap(more, "🚨 Siren")
    question = await phone.wait_for("Sound the siren at Home")
    phone.tap(question, "🚨 Yes, sound it")
    await phone.wait_for_edit(question, "Siren on at Home")
    phone.tap(more, "🗑 Delete from Blink")
    asked = await phone.wait_for_edit(more, lambda message: "‹ No, keep it" in labels(message))
    phone.tap(asked, "🗑 Yes, delete from Blink")
    deleted = await phone.wait_for_edit(asked, lambda message: "🗑 Deleted from Blink" in labels(message))
    assert all(clip.deleted for clip in cloud.clips)
    assert deleted.video == shown.video
    phone.tap(deleted, "‹ Back")
    first = ["📷 New picture", "🔴 Live", "🔔 Unmute", "🔓 Disarm", "⋯ More"]
    await phone.wait_for_edit(deleted, lambda message: labels(message) == first)


async def test_after_blink_deleted_it_sheet_and_file_come_from_telegram(evening: Evening) -> None:
    # Today's list tells no deletions: the older one does, which is looked at every five minutes beside it.
    evening.cloud.serve("old")
    shown, phone = await a_week_old_clip(evening), evening.phone
    (clip,) = evening.cloud.clips
    evening.cloud.delete(clip)
    await evening.watched()
    phone.tap(shown, "⋯ More")
    more = await phone.wait_for_edit(shown, lambda message: "🗑 Deleted from Blink" in labels(message))
    phone.tap(more, "🖼 Contact sheet")
    await phone.wait_for(lambda message: message.photo is not None)
    phone.tap(more, "📎 As a file")
    file = await phone.wait_for(lambda message: message.content.startswith("📎") and message.media is not None)
    assert file.media is not None
    assert file.media.data == shown.video


async def test_so_do_those_under_a_press_of_the_bell(evening: Evening) -> None:
    shown, phone = await a_week_old_clip(evening, press), evening.phone
    phone.tap(shown, "📷 New picture")
    picture = await phone.wait_for(lambda message: message.photo is not None)
    assert picture.reply_to == shown.id
    phone.tap(shown, "🔴 Live")
    live = await phone.wait_for(lambda message: message.video is not None)
    assert live.reply_to == shown.id
    phone.tap(shown, "⋯ More")
    more = await phone.wait_for_edit(shown, lambda message: "‹ Back" in labels(message))
    phone.tap(more, "🔕 Mute 1 h")
    await phone.wait_for_edit(more, lambda message: "🔔 Unmute" in labels(message))
    phone.tap(more, "📎 As a file")
    file = await phone.wait_for(lambda message: message.document is not None)
    assert file.document == shown.video


async def test_so_do_those_under_a_clip_that_came_as_a_file(evening: Evening) -> None:
    shown, phone = await a_week_old_clip(evening, something_broken), evening.phone
    phone.tap(shown, "⋯ More")
    more = await phone.wait_for_edit(shown, lambda message: "‹ Back" in labels(message))
    phone.tap(more, "🖼 Contact sheet")
    await phone.wait_for("Blink has only a piece of it yet")
    phone.tap(more, "‹ Back")
    await phone.wait_for_edit(more, lambda message: "⋯ More" in labels(message))
