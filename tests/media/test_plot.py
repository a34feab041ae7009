"""The picture of /stats, and how it comes about."""

import subprocess
import sys
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image

from blinkbot.archive import Happening
from blinkbot.errors import MediaError, PlotsMissing
from blinkbot.media.plot import draw
from blinkbot.media.tally import Tally, read, written

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


def events(names: Sequence[str], *, delay: float | None = 3.0, count: int = 40) -> tuple[Happening, ...]:
    return tuple(
        Happening(NOW - timedelta(hours=7 * number), number % len(names), names[number % len(names)], 1, delay)
        for number in reversed(range(count))
    )


def picture_of(happenings: tuple[Happening, ...], zone: str = "Europe/Berlin") -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture = Image.open(BytesIO(draw(Tally(happenings, zone, NOW))))
    assert picture.format == "PNG"
    return picture.convert("RGB")


def test_it_is_upright_and_as_wide_as_a_phone_on_paper_of_its_own() -> None:
    picture = picture_of(events(["Porch", "Garage"]))
    assert picture.size == (1080, 1584)
    corners = {picture.getpixel((x, y)) for x in (0, 1079) for y in (0, 1475)}
    assert corners == {(0xFB, 0xFA, 0xF7)}


@pytest.mark.parametrize(
    "names",
    [["$x^2$ & \\frac{"], ["<b>_{", "$", "a$b$c"], ["Porch"] * 3, [f"Camera {number}" for number in range(12)]],
    ids=["formula", "halves of formulas", "namesakes", "many"],
)
def test_names_are_drawn_whatever_they_are(names: list[str]) -> None:
    picture_of(events(names))


def test_one_clip_that_was_never_shown_is_a_picture_too() -> None:
    picture_of(events(["Porch"], delay=None, count=1))


def test_delays_of_hours_and_of_nothing_fit() -> None:
    picture_of((*events(["Porch"], delay=86400.0, count=3), *events(["Porch"], delay=0.0, count=3)))


def test_a_zone_that_no_database_has_is_counted_in_utc() -> None:
    picture_of(events(["Porch"]), zone="Moon/Tranquility")


def test_nothing_is_not_drawn() -> None:
    with pytest.raises(MediaError, match="nothing to draw"):
        draw(Tally((), "UTC", NOW))


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(PlotsMissing, match=r"pip install 'blinkbot\[plots\]'"):
        draw(Tally(events(["Porch"]), "UTC", NOW))


def test_what_is_to_be_drawn_crosses_into_the_other_process_whole() -> None:
    tally = Tally((*events(["Vögel 🐦"]), *events(["Porch"], delay=None)), "Europe/Berlin", NOW)
    assert read(written(tally)) == tally


def test_matplotlib_is_loaded_to_draw_and_not_before() -> None:
    listing = "import sys, blinkbot.media.plot; print('matplotlib' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True).stdout == "False\n"
    )
