"""What is said of orders to Blink."""

from datetime import timedelta

from blinkbot.bot.text.devices import LIGHTS, ORDERS, no_picture
from blinkbot.domain import ArmAction
from blinkbot.errors import BlinkRefused, BlinkUnreachable, Busy
from tests.bot.house import PORCH


def test_why_something_was_not_done_is_told_in_blinks_words_or_ours() -> None:
    disarm = ORDERS[ArmAction.DISARM]
    refused = disarm.failure("<Home>", BlinkRefused("disarm", 200, "Not <now>."))
    assert refused.startswith("⚠️ Couldn't disarm <b>&lt;Home&gt;</b>. Blink says “Not &lt;now&gt;”.")
    assert disarm.failure("Home", BlinkRefused("disarm", 200)).startswith(
        "⚠️ Couldn't disarm <b>Home</b>. Blink refused."
    )
    assert disarm.failure("Home", Busy("disarm", 409)).startswith(
        "⚠️ Couldn't disarm <b>Home</b>. The sync module is busy"
    )


def test_an_unknown_end_is_told_with_how_long_it_was_waited_for() -> None:
    doubt = LIGHTS[True].doubt("Porch", timedelta(seconds=44.6))
    assert doubt == "❓ Blink hasn't confirmed after 45 s that the light at <b>Porch</b> is on."


def test_a_camera_that_is_offline_took_no_picture() -> None:
    refused = BlinkRefused("new-thumbnail", 200, "Camera is offline")
    assert no_picture(PORCH, refused) == "⚠️ No picture: <b>Front Porch</b> is offline."
    told = no_picture(PORCH, BlinkUnreachable("no"))
    assert told.startswith("⚠️ No picture from <b>Front Porch</b>. Blink isn&#x27;t answering.")
