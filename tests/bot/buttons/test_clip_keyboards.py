"""Which buttons stand under a clip."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from telegram import InlineKeyboardMarkup

from blinkbot.bot.buttons.callback_data import decode
from blinkbot.bot.buttons.callbacks import SwitchLight, TakePicture
from blinkbot.bot.buttons.clip_keyboards import (
    clip_keyboard,
    deleting_keyboard,
    deletion_keyboard,
    is_muted_itself,
    is_of_clip,
    more_keyboard,
)
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.domain import Cause, NoVideo, Origin
from blinkbot.domain.preferences import EVERYTHING, Mute, Scope, Target
from tests.bot.house import BELL, CABIN, PORCH, clip, home

NOON = datetime(2026, 11, 22, 18, tzinfo=UTC)
LIT = replace(PORCH, has_light=True)


def labels(shown: InlineKeyboardMarkup) -> list[list[str]]:
    return [[button.text for button in row] for row in shown.inline_keyboard]


def test_motion_comes_with_what_one_does_about_motion() -> None:
    assert labels(clip_keyboard(clip(), home())) == [
        ["📷 New picture", "🔴 Live"],
        ["🔕 Mute 1 h", "🔓 Disarm", "⋯ More"],
    ]


def test_under_the_clip_of_a_muted_camera_the_mute_can_be_ended() -> None:
    assert ["🔔 Unmute", "🔓 Disarm", "⋯ More"] in labels(clip_keyboard(clip(), home(), muted=True))
    assert ["🔔 Unmute", "🔓 Disarm"] in labels(more_keyboard(clip(1, BELL, cause=Cause.DOORBELL), home(), muted=True))


def test_only_a_mute_of_the_camera_itself_that_holds_is_ended_under_its_clip() -> None:
    an_hour = timedelta(hours=1)
    mutes = [Mute(target, NOON, NOON + an_hour) for target in (EVERYTHING, Target(Scope.NETWORK, PORCH.network_id))]
    itself = Mute(Target(Scope.CAMERA, PORCH.id), NOON, NOON + an_hour)
    assert not is_muted_itself(clip(), mutes, NOON)
    assert is_muted_itself(clip(), [*mutes, itself], NOON)
    assert not is_muted_itself(clip(), [itself], NOON + an_hour)


def test_a_visitor_is_seen_lit_and_chased_away() -> None:
    lit = replace(BELL, has_light=True)
    house = replace(home(cameras=[lit]), siren_networks=frozenset({CABIN.id}))
    assert labels(clip_keyboard(clip(1, lit, cause=Cause.DOORBELL), house)) == [
        ["🔴 Live", "📷 New picture"],
        ["💡 Light", "🚨 Siren"],
        ["⋯ More"],
    ]


def test_a_doorbell_without_light_and_siren_has_no_buttons_for_them() -> None:
    assert labels(clip_keyboard(clip(1, BELL, cause=Cause.DOORBELL), home())) == [
        ["🔴 Live", "📷 New picture"],
        ["⋯ More"],
    ]


def test_more_has_what_the_first_buttons_leave_out() -> None:
    house = replace(home(cameras=[LIT]), siren_networks=frozenset({LIT.network_id}))
    assert labels(more_keyboard(clip(1, LIT), house)) == [
        ["🖼 Contact sheet", "📎 As a file"],
        ["💡 Light", "🚨 Siren"],
        ["🗑 Delete from Blink"],
        ["‹ Back"],
    ]


def test_more_about_what_has_no_video_makes_nothing_of_one() -> None:
    event = replace(clip(1), video="", no_video=NoVideo.UNKNOWN)
    assert labels(more_keyboard(event, home())) == [["🗑 Delete from Blink"], ["‹ Back"]]


def test_more_about_a_visitor_has_mute_and_disarm() -> None:
    assert ["🔕 Mute 1 h", "🔓 Disarm"] in labels(more_keyboard(clip(1, BELL, cause=Cause.DOORBELL), home()))


def test_a_clip_on_a_stick_is_deleted_there() -> None:
    on_stick = replace(clip(), origin=Origin.USB)
    assert ["🗑 Delete from the USB stick"] in labels(more_keyboard(on_stick, home()))
    assert labels(deletion_keyboard(on_stick)) == [["🗑 Yes, delete from the USB stick"], ["‹ No, keep it"]]


def test_a_camera_that_has_left_the_home_keeps_its_buttons() -> None:
    gone = clip_keyboard(clip(), home(CABIN))
    assert decode(str(gone.inline_keyboard[0][0].callback_data)) == TakePicture(PORCH.id)


def test_the_buttons_of_a_clip_are_known_from_others() -> None:
    kept = clip()
    for shown in (clip_keyboard(kept, home()), more_keyboard(kept, home()), deletion_keyboard(kept)):
        assert is_of_clip(shown)
    assert is_of_clip(deleting_keyboard(kept))
    assert not is_of_clip(keyboard([("💡", SwitchLight(101, on=True))]))
    assert not is_of_clip(None)
