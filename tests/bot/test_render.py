"""What is said of clips, pictures and commands."""

from dataclasses import replace

import pytest

from blinkbot.archive import KeptClip
from blinkbot.bot import render
from blinkbot.domain import ArmAction, Cause, CommandResult, Origin, Outcome
from tests.bot.house import BELL, HOME, clip, home
from tests.clock import FakeClock

NOW = FakeClock().now


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (Cause.MOTION, "motion"),
        (Cause.PERSON, "person"),
        (Cause.DOORBELL, "doorbell pressed"),
        (Cause.SNAPSHOT, "recorded on request"),
        (Cause.LIVE_VIEW, "live view"),
        ("elephant & co", "elephant &amp; co"),
    ],
)
def test_a_caption_says_what_it_was(cause: Cause | str, words: str) -> None:
    assert f"<b>Door</b> — {words}\n" in render.clip_caption(clip(1, BELL, cause=cause), home(), NOW, "")


def test_a_clip_without_a_usable_zone_has_its_networks_time() -> None:
    lost = replace(clip(), time_zone="Europe/New York")
    assert "11:50" in render.clip_caption(lost, home(), NOW, "Europe/Berlin")


def test_a_clip_of_a_network_that_is_gone_has_the_configured_time() -> None:
    lost = replace(clip(), time_zone="", network_id=99)
    assert "18:50" in render.clip_caption(lost, home(), NOW, "Europe/Berlin")


def test_captions_fit_whatever_the_names_are() -> None:
    long = replace(clip(), camera_name="🎥" * 500, network_name="&" * 500, cause="x" * 500)
    why = "because " * 10
    assert len(render.clip_without_video(long, home(), NOW, "", why)) <= 1024


def test_a_button_for_a_clip_says_where_and_when() -> None:
    assert render.clip_label(KeptClip(clip()), home(), NOW, "") == "▶ Front Porch · today 11:50 🏃"


def test_a_clip_from_a_usb_stick_is_marked() -> None:
    kept = replace(clip(), origin=Origin.USB)
    assert render.clip_caption(kept, home(), NOW, "").endswith("11:50 · USB")
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
