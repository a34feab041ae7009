"""What a sync module keeps on its USB stick: the shipped bot between both services, over HTTP."""

import pytest

from blinkbot.simulator.botapi import SimMessage
from tests.evening import Evening


def is_clip(message: SimMessage) -> bool:
    return message.video is not None


@pytest.fixture(autouse=True)
def quick_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """The module in these stories has its list ready at once."""
    monkeypatch.setattr("blinkbot.blink.endpoints.usb_storage.MANIFEST_DELAYS", (0.05, 0.2, 1.0, 3.0, 6.0, 12.0))


async def stick_looked_at(evening: Evening) -> None:
    """Wait for a whole look at the stick that begins after now: for the one after it to begin."""
    before = len(evening.cloud.requests)
    await evening.cloud.wait_for_request("POST */manifest/request", after=before, times=2)


async def only_these_came(evening: Evening, *films: bytes) -> None:
    """Let one more clip come, before which would be shown whatever else the stick had: these are what came."""
    last = await evening.cloud.motion_on_usb("Garage")
    await evening.phone.wait_for(lambda message: message.video == last.mp4, timeout=30)
    assert [message.video for message in evening.phone.from_bot] == [*films, last.mp4]


async def test_a_clip_that_is_on_a_usb_stick_alone_comes_too(evening: Evening) -> None:
    await evening.start_watching()
    await stick_looked_at(evening)
    clip = await evening.cloud.motion_on_usb("Porch")
    message = await evening.phone.wait_for(is_clip, timeout=30)
    assert message.video == clip.mp4
    assert "USB" in message.caption


async def test_an_event_that_is_on_usb_and_in_the_cloud_comes_once(evening: Evening) -> None:
    await evening.start_watching()
    await stick_looked_at(evening)
    clip = await evening.cloud.motion("Porch")
    evening.cloud.copy_to_usb(clip)
    assert (await evening.phone.wait_for(is_clip)).video == clip.mp4
    await only_these_came(evening, clip.mp4)


async def test_an_event_that_the_stick_has_whole_first_comes_once(evening: Evening) -> None:
    await evening.start_watching()
    await stick_looked_at(evening)
    clip = await evening.cloud.motion("Porch", partial=True)
    await evening.watched()
    evening.cloud.copy_to_usb(clip)
    message = await evening.phone.wait_for(is_clip, timeout=30)
    assert "USB" in message.caption
    evening.cloud.complete(clip)
    await evening.watched()
    await only_these_came(evening, clip.mp4)


@pytest.mark.parametrize("source", ["snapshot", "liveview"])
async def test_what_was_recorded_on_request_is_no_alert_from_the_stick_either(evening: Evening, source: str) -> None:
    await evening.start_watching()
    await stick_looked_at(evening)
    clip = await evening.cloud.motion("Porch", source=source, partial=True)
    await evening.watched()
    evening.cloud.copy_to_usb(clip)
    await stick_looked_at(evening)
    evening.cloud.complete(clip)
    await evening.watched()
    await only_these_came(evening)


async def test_a_press_that_the_stick_has_whole_first_is_a_press(evening: Evening) -> None:
    await evening.start_watching()
    await stick_looked_at(evening)
    clip = await evening.cloud.motion("Front door", source="button_press", partial=True)
    await evening.watched()
    evening.cloud.copy_to_usb(clip)
    message = await evening.phone.wait_for(is_clip, timeout=30)
    assert message.video == clip.mp4
    assert "doorbell pressed" in message.caption
