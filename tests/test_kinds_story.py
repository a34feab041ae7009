"""What a chat hears of whom, and finds again by that: the shipped bot between both services, over HTTP."""

from blinkbot.simulator.botapi import SimMessage
from tests.evening import Evening


def is_video(message: SimMessage) -> bool:
    return message.video is not None


async def choose(evening: Evening, label: str) -> None:
    """Tap a button of /alerts."""
    evening.phone.say("/alerts")
    menu = await evening.phone.wait_for("Alerts here:")
    evening.phone.tap(menu, f"⬜ {label}")
    await evening.phone.wait_for_edit(menu, lambda state: f"✅ {label}" in str(state.buttons))


async def test_a_chat_with_people_only_gets_them_alone(evening: Evening) -> None:
    await evening.start_watching()
    await choose(evening, "🚶 People only")
    await evening.cloud.motion("Garage", labels=["vehicle"])
    person = await evening.cloud.motion("Porch", labels=["animal", "person"])
    assert (await evening.phone.wait_for(is_video)).video == person.mp4
    await evening.watched()
    assert len([message for message in evening.phone.from_bot if message.media]) == 1
    evening.phone.say("/clips car")
    listed = await evening.phone.wait_for("Clips — vehicles, newest first\n1–1 of 1")
    assert listed.buttons[0][0].text.startswith("▶ Garage")


async def test_people_ring_where_the_rest_is_silent(evening: Evening) -> None:
    await evening.start_watching()
    await choose(evening, "🔇 Sound for people only")
    clips = [
        await evening.cloud.motion(camera, labels=labels) for camera, labels in (("Garage", []), ("Porch", ["person"]))
    ]
    shown = [await evening.phone.wait_for(is_video) for _ in clips]
    rang = {message.video for message in shown if not message.silent}
    assert rang == {clips[1].mp4}


async def test_more_tells_blinks_long_description(evening: Evening) -> None:
    await evening.start_watching()
    described = "A <fox> crosses the lawn & looks up."
    await evening.cloud.motion("Porch", labels=["animal"], sentence="A fox.", description=described)
    shown = await evening.phone.wait_for(is_video)
    evening.phone.tap(shown, "⋯ More")
    told = await evening.phone.wait_for("💬")
    assert (told.content, told.reply_to) == (f"💬 {described}", shown.id)
