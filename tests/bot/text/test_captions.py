"""What stands under clips and albums."""

from dataclasses import replace
from datetime import timedelta

import pytest

from blinkbot.bot.text.captions import album_caption, cause, clip_caption, no_video
from blinkbot.domain import Cause, Origin
from tests.bot.house import BELL, CABIN, HOME, clip, home
from tests.clock import FakeClock

NOW = FakeClock().now


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (Cause.MOTION, "motion"),
        (Cause.PERSON, "person detected"),
        (Cause.DOORBELL, "doorbell pressed"),
        (Cause.SNAPSHOT, "recorded on request"),
        (Cause.LIVE_VIEW, "live view"),
        ("elephant & co", "elephant &amp; co"),
    ],
)
def test_a_caption_says_what_it_was(cause: Cause | str, words: str) -> None:
    assert f"<b>Door</b> — {words}\n" in clip_caption(clip(1, BELL, cause=cause), home(), NOW, "")


def test_a_clip_without_a_usable_zone_has_its_networks_time() -> None:
    lost = replace(clip(), time_zone="Europe/New York")
    assert "11:50" in clip_caption(lost, home(), NOW, "Europe/Berlin")


def test_a_clip_of_a_network_that_is_gone_has_the_configured_time() -> None:
    lost = replace(clip(), time_zone="", network_id=99)
    assert "18:50" in clip_caption(lost, home(), NOW, "Europe/Berlin")


def test_captions_fit_whatever_the_names_are() -> None:
    long = replace(clip(), camera_name="🎥" * 500, network_name="&" * 500, cause="x" * 500)
    note = no_video("because " * 10)
    late = timedelta(hours=5)
    assert len(clip_caption(long, home(), NOW, "", delay=late, count=12, note=note)) <= 1024


@pytest.mark.parametrize(("origin", "words"), [(Origin.CLOUD, "11:50 · ☁️ cloud"), (Origin.USB, "11:50 · 💾 USB")])
def test_a_caption_tells_where_the_clip_is_kept(origin: Origin, words: str) -> None:
    assert clip_caption(replace(clip(), origin=origin), home(), NOW, "").endswith(words)


def test_the_network_is_left_out_where_there_is_one() -> None:
    assert clip_caption(clip(), home(HOME), NOW, "") == "🏃 <b>Front Porch</b> — motion\nSun 22 Nov, 11:50 · ☁️ cloud"


def test_a_late_clip_says_how_late_and_an_incident_how_many() -> None:
    caption = clip_caption(clip(), home(HOME), NOW, "", delay=timedelta(minutes=12), count=4)
    assert caption.splitlines() == [
        "🏃 <b>Front Porch</b> — motion · 4 clips",
        "Sun 22 Nov, 11:50 · ☁️ cloud",
        "⏱ arrived 12 min later",
    ]


def test_an_album_lists_its_clips() -> None:
    clips = [clip(1, BELL, cause=Cause.DOORBELL, minutes_ago=1), replace(clip(2), camera_name="<Porch>")]
    assert album_caption(clips, home(), NOW, "").splitlines() == [
        "🎞 <b>2 earlier clips</b>",
        "🔔 Sun 22 Nov, 11:59 · <b>Door</b> (Cabin) — doorbell pressed",
        "🏃 Sun 22 Nov, 11:50 · <b>&lt;Porch&gt;</b> (Home) — motion",
    ]


def test_where_networks_are_in_several_zones_lists_say_which_a_time_is_told_in() -> None:
    abroad = home(HOME, replace(CABIN, time_zone="Europe/Berlin"))
    clips = [replace(clip(1, BELL, minutes_ago=1), time_zone="Europe/Berlin"), clip(2)]
    lines = album_caption(clips, abroad, NOW, "").splitlines()
    assert lines[1].startswith("🏃 Sun 22 Nov, 18:59 CET · ")
    assert lines[2].startswith("🏃 Sun 22 Nov, 11:50 CST · ")


def test_an_album_of_ten_fits_whatever_the_names_are() -> None:
    long = [replace(clip(n), camera_name="&" * 500, network_name="🎥" * 500) for n in range(10)]
    assert len(album_caption(long, home(), NOW, "").encode("utf-16-le")) // 2 <= 1024


@pytest.mark.parametrize(("source", "told"), [("", "recording"), (" ", "recording"), ("user_request", "user request")])
def test_a_cause_that_nobody_knows_is_told_in_words(source: str, told: str) -> None:
    assert cause(source) == ("🎞", told)
