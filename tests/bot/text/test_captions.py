"""What stands under clips and albums."""

from dataclasses import replace
from datetime import timedelta

import pytest

from blinkbot.bot.text.captions import NO_VIDEO, album_caption, clip_caption, what_happened
from blinkbot.bot.text.locale import Locale
from blinkbot.domain import Cause, Origin, Seen
from tests.bot.house import BELL, CABIN, HOME, clip, home
from tests.clock import FakeClock

NOW = FakeClock().now


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (Cause.MOTION, "motion"),
        (Cause.DOORBELL, "doorbell pressed"),
        (Cause.SNAPSHOT, "recorded on request"),
        (Cause.LIVE_VIEW, "live view"),
        ("elephant & co", "elephant &amp; co"),
    ],
)
def test_a_caption_says_what_it_was(cause: Cause | str, words: str) -> None:
    assert f"<b>Door</b> — {words}\n" in clip_caption(clip(1, BELL, cause=cause), Locale(home(), NOW, ""))


def test_a_clip_without_a_usable_zone_has_its_networks_time() -> None:
    lost = replace(clip(), time_zone="Europe/New York")
    assert "11:50" in clip_caption(lost, Locale(home(), NOW, "Europe/Berlin"))


def test_a_clip_of_a_network_that_is_gone_has_the_configured_time() -> None:
    lost = replace(clip(), time_zone="", network_id=99)
    assert "18:50" in clip_caption(lost, Locale(home(), NOW, "Europe/Berlin"))


def test_captions_fit_whatever_the_names_are() -> None:
    long = replace(clip(), camera_name="🎥" * 500, network_name="&" * 500, cause="x" * 500)
    note = NO_VIDEO(why="because " * 10)
    late = timedelta(hours=5)
    assert len(clip_caption(long, Locale(home(), NOW, ""), delay=late, count=12, note=note)) <= 1024


@pytest.mark.parametrize(("origin", "words"), [(Origin.CLOUD, "11:50"), (Origin.USB, "11:50 · 💾 USB")])
def test_a_caption_tells_where_the_clip_is_kept(origin: Origin, words: str) -> None:
    assert clip_caption(replace(clip(), origin=origin), Locale(home(), NOW)).endswith(words)


def test_the_network_is_left_out_where_there_is_one() -> None:
    assert clip_caption(clip(), Locale(home(HOME), NOW, "")) == "🏃 <b>Front Porch</b> — motion\n11:50"


def test_a_clip_of_another_day_says_which() -> None:
    caption = clip_caption(clip(minutes_ago=24 * 60), Locale(home(HOME), NOW))
    assert caption == "🏃 <b>Front Porch</b> — motion\nSat 21 Nov, 12:00"


def test_a_late_clip_says_how_late_and_an_incident_how_many() -> None:
    caption = clip_caption(clip(), Locale(home(HOME), NOW, ""), delay=timedelta(minutes=12), count=4)
    assert caption.splitlines() == [
        "🏃 <b>Front Porch</b> — motion · 4 clips",
        "11:50",
        "⏱ Arrived 12 min late",
    ]


def test_an_album_lists_its_clips() -> None:
    clips = [clip(1, BELL, cause=Cause.DOORBELL, minutes_ago=1), replace(clip(2), camera_name="<Porch>")]
    assert album_caption(clips, Locale(home(), NOW)).splitlines() == [
        "🎞 <b>2 earlier clips</b>",
        "🔔 11:59 · <b>Door</b> (Cabin) — doorbell pressed",
        "🏃 11:50 · <b>&lt;Porch&gt;</b> (Home) — motion",
    ]


def test_where_networks_are_in_several_zones_lists_say_which_a_time_is_told_in() -> None:
    abroad = home(HOME, replace(CABIN, time_zone="Europe/Berlin"))
    clips = [replace(clip(1, BELL, minutes_ago=1), time_zone="Europe/Berlin"), clip(2)]
    lines = album_caption(clips, Locale(abroad, NOW)).splitlines()
    assert lines[1].startswith("🏃 18:59 CET · ")
    assert lines[2].startswith("🏃 11:50 CST · ")


def test_an_album_of_ten_fits_whatever_the_names_are() -> None:
    long = [replace(clip(n), camera_name="&" * 500, network_name="🎥" * 500) for n in range(10)]
    assert len(album_caption(long, Locale(home(), NOW)).encode("utf-16-le")) // 2 <= 1024


@pytest.mark.parametrize(("source", "told"), [("", "recording"), (" ", "recording"), ("user_request", "user request")])
def test_a_cause_that_nobody_knows_is_told_in_words(source: str, told: str) -> None:
    assert what_happened(replace(clip(), cause=source)) == ("🎞", told)


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        ((Seen.ANIMAL, Seen.PERSON), ("🚶", "<b>person</b> and <b>animal</b>")),
        (("flying_dog", Seen.VEHICLE, Seen.PACKAGE), ("📦", "<b>package</b>, <b>vehicle</b> and <b>flying dog</b>")),
    ],
)
def test_of_what_was_seen_the_most_serious_comes_first(seen: tuple[Seen | str, ...], told: tuple[str, str]) -> None:
    assert what_happened(replace(clip(), seen=seen)) == told
