"""What is said of clips, pictures and commands."""

from dataclasses import replace

import pytest

from blinkbot.bot.text import status as render
from blinkbot.domain import ArmAction, CommandResult, Origin, Outcome
from blinkbot.domain.clip_search import KeptClip
from tests.bot.house import CABIN, HOME, clip, home
from tests.clock import FakeClock

NOW = FakeClock().now


def test_a_button_for_a_clip_says_where_and_when() -> None:
    assert render.clip_label(KeptClip(clip()), home(), NOW, "") == "▶ Front Porch · today 11:50 🏃"
    abroad = home(HOME, replace(CABIN, time_zone="Europe/Berlin"))
    assert render.clip_label(KeptClip(clip()), abroad, NOW, "") == "▶ Front Porch · today 11:50 CST 🏃"


def test_a_clip_from_a_usb_stick_is_marked() -> None:
    kept = replace(clip(), origin=Origin.USB)
    assert render.clip_label(KeptClip(kept), home(), NOW, "").endswith(" USB")


@pytest.mark.parametrize(
    ("action", "result", "words"),
    [
        (ArmAction.ARM, CommandResult(Outcome.DONE), "🔒 <b>Home</b> is armed"),
        (ArmAction.DISARM, CommandResult(Outcome.DONE), "🔓 <b>Home</b> is disarmed"),
        (
            ArmAction.DISARM,
            CommandResult(Outcome.REFUSED),
            "⚠️ <b>Home</b> was not disarmed: Blink refused without a reason.",
        ),
    ],
)
def test_the_ends_of_a_command_are_told_apart(action: ArmAction, result: CommandResult, words: str) -> None:
    assert render.switched(action, HOME, result, 3) == words
