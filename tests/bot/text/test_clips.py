"""The words of lists of clips."""

from dataclasses import replace

from blinkbot.bot.text import clips as text
from blinkbot.bot.text.locale import Locale
from blinkbot.domain import Origin
from blinkbot.domain.clip_search import KeptClip
from tests.bot.house import CABIN, HOME, clip, home
from tests.clock import FakeClock

NOW = FakeClock().now
HERE = Locale(home(), NOW)


def test_a_clip_is_told_from_others_by_where_and_when() -> None:
    assert text.clip_name(KeptClip(clip()), HERE) == "Front Porch · today 11:50 🏃"
    abroad = home(HOME, replace(CABIN, time_zone="Europe/Berlin"))
    assert text.clip_name(KeptClip(clip()), Locale(abroad, NOW)) == "Front Porch · today 11:50 CST 🏃"


def test_a_clip_from_a_usb_stick_is_marked() -> None:
    kept = replace(clip(), origin=Origin.USB)
    assert text.clip_name(KeptClip(kept), HERE).endswith(" USB")
