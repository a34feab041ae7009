"""The picture of /stats: what its charts show, and how it comes about."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from matplotlib.colors import to_hex
from PIL import Image

from blinkbot.domain.clip_search import ClipEvent
from blinkbot.errors import MediaError, PlotsMissing
from blinkbot.media.job_protocol import read_stats_job, write_stats_job
from blinkbot.media.stats_plot import draw
from tests.media.panels import NOW, bars_of, drawn, events, groups_of, job_of, legend_of, picture_of, ranked, words_of


def colours(picture: Image.Image) -> set[object]:
    """Those that fill more than a line."""
    return {colour for count, colour in picture.getcolors(1 << 20) or () if count > 400}


def test_it_is_upright_and_as_wide_as_a_phone_on_paper_of_its_own() -> None:
    picture = picture_of(events(["Porch", "Garage"]))
    assert picture.size == (1080, 1584)
    corners = {picture.getpixel((x, y)) for x in (0, 1079) for y in (0, 1475)}
    assert corners == {(0xFB, 0xFA, 0xF7)}


def test_each_third_of_it_has_a_chart() -> None:
    picture = picture_of(events(["Porch", "Garage"]))
    upper, middle, lower = (colours(picture.crop((0, top, 1080, top + 500))) for top in (0, 540, 1084))
    nothing, most = (0xFF, 0xFF, 0xD9), (0x08, 0x1D, 0x58)
    blue, orange, delays = (0x00, 0x72, 0xB2), (0xE6, 0x9F, 0x00), (0x56, 0xB4, 0xE9)
    assert {nothing, most} <= upper
    assert {blue, orange} <= middle
    assert delays in lower


def test_its_charts_say_what_they_show() -> None:
    with drawn(events(["Porch", "Garage"])) as (_, (heat, days, delays)):
        titles = [panel.get_title("left") for panel in (heat, days, delays)]
        assert titles == ["When it happens", "Clips per day", "How long clips took to arrive"]
        assert words_of(heat.get_yticklabels()) == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        assert words_of(heat.get_xticklabels()) == ["0", "3", "6", "9", "12", "15", "18", "21", "24"]
        assert words_of(days.get_xticklabels()) == ["22 Nov", "19 Nov", "16 Nov", "13 Nov"]
        assert (heat.get_xlabel(), delays.get_xlabel()) == ("hour of the day", "seconds")


def test_a_busy_hour_is_where_the_clock_on_the_wall_had_it() -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # on Saturday; half an hour into Sunday in Berlin
    happened = tuple(ClipEvent(late, 1, "Porch", 1) for _ in range(3))
    for zone, day, hour, bar in (("Europe/Berlin", 6, 0, -1), ("America/Chicago", 5, 17, -2), ("UTC", 5, 23, -2)):
        with drawn(happened, zone) as (_, (heat, days, _)):
            rows = heat.images[0].get_array()
            assert rows is not None
            assert (rows.shape, rows[day][hour], rows.sum()) == ((7, 24), 3, 3)
            assert bars_of(days)[0][bar] == 3


def test_each_camera_has_bars_of_its_clips_each_day() -> None:
    with drawn(events(["Porch", "Garage"], count=5)) as (_, (_, days, _)):
        assert bars_of(days) == [[0, 0, 0, 0, 0, 1, 2], [0, 0, 0, 0, 0, 1, 1]]
        assert legend_of(days) == ["Porch", "Garage"]


def test_cameras_beyond_the_busiest_are_one_in_grey() -> None:
    with drawn(ranked([f"Camera {number}" for number in range(9)])) as (_, (_, days, _)):
        assert legend_of(days)[-1] == "others"
        assert bars_of(days)[-1][-1] == 3 + 2 + 1
        assert to_hex(groups_of(days)[-1].patches[0].get_facecolor()) == "#9aa0a6"


def test_delays_have_bars_and_lines_for_what_most_took() -> None:
    happened = tuple(ClipEvent(NOW, 1, "Porch", 1, seconds / 10) for seconds in range(101))
    with drawn(happened) as (_, (_, _, delays)):
        assert sum(bars_of(delays)[0]) == 101
        assert [line.get_xdata()[0] for line in delays.lines] == [5.0, 9.0]  # type: ignore[index]
        assert legend_of(delays) == ["half within 5.0 s", "90% within 9.0 s"]


def test_what_took_far_longer_than_the_rest_is_in_the_last_bar() -> None:
    with drawn((*events(["Porch"], count=30), *events(["Porch"], delay=86400.0, count=2))) as (_, (_, _, delays)):
        assert bars_of(delays)[0][-1] == 2
        assert delays.get_xlim()[1] < 10
        assert delays.get_xlabel() == "seconds (longer ones in the last bar)"


def test_one_clip_that_was_never_shown_is_a_picture_too() -> None:
    picture_of(events(["Porch"], delay=None, count=1))
    with drawn(events(["Porch"], delay=None, count=1)) as (_, (_, days, delays)):
        assert sum(bars_of(days)[0]) == 1
        assert words_of(delays.texts) == ["No clips were sent in these days"]
        assert delays.get_title("left")


def test_delays_of_hours_and_of_nothing_fit() -> None:
    picture_of((*events(["Porch"], delay=86400.0, count=3), *events(["Porch"], delay=0.0, count=3)))


def test_a_zone_that_no_database_has_is_counted_in_utc() -> None:
    nowhere, utc = (picture_of(events(["Porch"]), zone) for zone in ("Moon/Tranquility", "UTC"))
    assert nowhere.tobytes() == utc.tobytes() != picture_of(events(["Porch"]), "Asia/Tokyo").tobytes()


def test_nothing_is_not_drawn() -> None:
    with pytest.raises(MediaError, match="nothing to draw"):
        draw(replace(job_of(events(["Porch"])), events=()))


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(PlotsMissing, match=r"pip install 'blinkbot\[plots\]'"):
        draw(job_of(events(["Porch"]), "UTC"))


def test_what_is_to_be_drawn_crosses_into_the_other_process_whole() -> None:
    tally = job_of((*events(["Vögel 🐦"]), *events(["Porch"], delay=None)))
    assert read_stats_job(write_stats_job(tally)) == tally


def test_matplotlib_is_loaded_to_draw_and_not_before() -> None:
    listing = "import sys, blinkbot.media.stats_plot; print('matplotlib' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True).stdout == "False\n"
    )
