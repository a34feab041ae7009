"""A clip that only a new encoding makes small enough, through the whole bot: run by hand (`pytest -m soak -n 0 -s`)."""

import time

import pytest

from blinkbot.bot.client.attachments import UPLOAD_LIMIT
from tests.evening import Evening

pytestmark = pytest.mark.soak


async def test_a_clip_that_cannot_be_packed_is_encoded_smaller_and_tells_how_far_it_is(evening: Evening) -> None:
    await evening.start_watching()
    clip = await evening.cloud.big_clip("Porch", 60, packable=False)
    begun = time.monotonic()
    message = await evening.phone.wait_for(lambda state: state.video, timeout=120)
    assert message.video is not None
    print(f"\n{len(clip.mp4)} bytes became {len(message.video)} in {time.monotonic() - begun:.1f} s")
    assert len(message.video) <= UPLOAD_LIMIT
    assert any("Making the video small enough for Telegram…" in state.content for state in message.earlier)
