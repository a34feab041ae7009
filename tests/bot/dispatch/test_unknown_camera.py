"""Buttons under a clip whose camera was not known when they were made."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from blinkbot.bot.buttons.callback_data import Callback
from blinkbot.bot.buttons.callbacks import Disarm, MuteFor, SwitchLight, TakePicture, WatchLive
from blinkbot.bot.dispatch.unknown_camera import with_camera
from blinkbot.domain.preferences import Scope, Target
from blinkbot.store import Store
from tests.clock import FakeClock
from tests.store.things import NOON, OWNER, claimed, clip, look

NAMELESS = Target(Scope.CAMERA, 0)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A chat in which message 7 shows a clip of camera 301."""
    store = await Store.open(tmp_path / "own", FakeClock(NOON))
    await store.chats.authorize([OWNER])
    await look(store, clip(), chats=[OWNER])
    await store.outbox.mark_sent(await claimed(store, NOON), 7, None)
    yield store
    await store.close()


@pytest.mark.parametrize(
    ("tapped", "meant"),
    [
        (TakePicture(0), TakePicture(301)),
        (WatchLive(0), WatchLive(301)),
        (SwitchLight(0, on=True), SwitchLight(301, on=True)),
        (MuteFor(NAMELESS, 60), MuteFor(Target(Scope.CAMERA, 301), 60)),
        (TakePicture(102), TakePicture(102)),
        (TakePicture(None), TakePicture(None)),
        (Disarm(0), Disarm(0)),
    ],
)
async def test_they_mean_the_camera_that_it_turned_out_to_be(store: Store, tapped: Callback, meant: Callback) -> None:
    assert await with_camera(tapped, store.clips.for_chat(OWNER), 7) == meant


async def test_under_another_message_they_mean_nothing_new(store: Store) -> None:
    assert await with_camera(TakePicture(0), store.clips.for_chat(OWNER), 8) == TakePicture(0)
