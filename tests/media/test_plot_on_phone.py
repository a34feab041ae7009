"""The picture of /stats as a phone shows it in the chat: all of it is read, whatever cameras are called."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import pytest
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from blinkbot.media.stats_plot import drawable
from tests.media.panels import bars_of, drawn, events, groups_of, legend_of, ranked

PHONE = 360
"""Pixels that a phone's chat is wide; as many of a browser's, not of the screen's."""

SMALLEST = 10.0
"""Pixels of a letter that is read without the picture being opened."""

CLEARANCE = 4.0
"""Pixels of the picture between two words."""

LONG = [f"Camera in the long corridor, {end}" for end in ("north", "south", "east", "west", "up", "down")]
NAMES = {
    "formula": ["$x^2$ & \\frac{"],
    "halves of formulas": ["<b>_{", "$", "a$b$c"],
    "namesakes": ["Porch"] * 3,
    "many": [f"Camera {number}" for number in range(13)],
    "long": LONG,
    "hidden": ["_porch", "_", "", "__init__"],
    "foreign": ["玄関", "🐦", "Kitchen 🐦", "Küche", "Кухня", "(玄関)"],
    "wide": [f"{'W' * 30}{number}{'W' * 30}" for number in range(13)],
}


@dataclass(frozen=True, slots=True)
class Plot:
    """What was drawn for cameras of these names."""

    names: list[str]
    figure: Figure
    panels: list[Axes]
    warnings: list[str]


@pytest.fixture(scope="module", params=NAMES.values(), ids=list(NAMES))
def plot(request: pytest.FixtureRequest) -> Iterator[Plot]:
    """Drawn once for all tests that only look at it, since drawing takes half a second."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with drawn(events(request.param, delay=4.9, count=90)) as (figure, panels):
            yield Plot(request.param, figure, panels, [str(warning.message) for warning in caught])


def texts_of(part: Artist) -> list[Text]:
    return [text for text in part.findobj(Text) if isinstance(text, Text) and text.get_text() and text.get_visible()]


def _is_drawn(panel: Axes, text: Text) -> bool:
    """There are words for places beyond an axis' ends too, which are not."""
    for axis, place, ends in ((panel.xaxis, 0, panel.get_xlim()), (panel.yaxis, 1, panel.get_ylim())):
        if text in axis.get_ticklabels():
            return bool(min(ends) <= text.get_position()[place] <= max(ends))
    return True


def boxes_of(figure: Figure) -> dict[Text, Bbox]:
    """Where each drawn word stands."""
    return {
        text: text.get_window_extent() for panel in figure.axes for text in texts_of(panel) if _is_drawn(panel, text)
    }


def touching(figure: Figure) -> list[tuple[str, str]]:
    """The words that run into one another."""
    padded = {text: box.padded(CLEARANCE / 2) for text, box in boxes_of(figure).items()}
    return [
        (one.get_text(), two.get_text()) for one, two in combinations(padded, 2) if padded[one].overlaps(padded[two])
    ]


def outside(figure: Figure) -> list[str]:
    """The words that run off the picture."""
    edges = figure.bbox
    return [
        text.get_text()
        for text, box in boxes_of(figure).items()
        if box.x0 < edges.x0 or box.x1 > edges.x1 or box.y0 < edges.y0 or box.y1 > edges.y1
    ]


def test_every_letter_is_large_enough_in_the_chat(plot: Plot) -> None:
    on_phone = plot.figure.dpi / 72 * PHONE / plot.figure.bbox.width
    sizes = [float(text.get_fontsize()) for text in texts_of(plot.figure)]
    assert len(sizes) > 30
    assert min(sizes) * on_phone >= SMALLEST


def test_no_word_runs_into_another_or_off_the_picture(plot: Plot) -> None:
    assert not touching(plot.figure)
    assert not outside(plot.figure)


@pytest.mark.parametrize("delay", [0.0, 1.9, 700.0, 70_000.0])
def test_nor_does_one_of_any_delay(delay: float) -> None:
    with drawn(events(["Porch"], delay=delay, count=90)) as (figure, _):
        assert not touching(figure)
        assert not outside(figure)


def test_legends_are_crossed_by_no_bar_and_no_line(plot: Plot) -> None:
    for panel in plot.panels[1:]:
        legend = panel.get_legend()
        assert legend
        assert not panel.bbox.overlaps(legend.get_window_extent())


# -- names


def test_names_are_drawn_whatever_they_are(plot: Plot) -> None:
    assert plot.warnings == []


def test_every_camera_is_in_the_legend_and_no_two_are_the_same(plot: Plot) -> None:
    days = plot.panels[1]
    assert len(set(legend_of(days))) == len(legend_of(days)) == len(bars_of(days)) == min(len(plot.names), 7)


def test_their_colours_are_those_of_their_bars() -> None:
    with drawn(events(["_porch", "", "Garage"])) as (_, (_, days, _)):
        legend = days.get_legend()
        assert legend
        shown = [patch.get_facecolor() for patch in legend.get_patches()]
        assert shown == [group.patches[0].get_facecolor() for group in groups_of(days)]
        assert len(set(shown)) == 3


def test_a_name_is_no_formula() -> None:
    with drawn(ranked(["$x^2$"])) as (_, (_, days, _)):
        assert legend_of(days) == ["$x^2$"]
        assert not any(text.get_parse_math() for text in texts_of(days))


def test_names_that_begin_with_a_low_line_are_shown() -> None:
    with drawn(ranked(["_porch", "__init__"])) as (_, (_, days, _)):
        assert legend_of(days) == ["_porch", "__init__"]


def test_long_names_that_begin_alike_are_cut_where_they_do_not_differ() -> None:
    with drawn(ranked(LONG)) as (_, (_, days, _)):
        assert [name.rpartition("…")[2] for name in legend_of(days)] == [name.rpartition(" ")[2] for name in LONG]


def test_of_letters_that_the_font_lacks_there_is_none() -> None:
    with drawn(ranked(["玄関", "🐦", "Kitchen 🐦", "Кухня"])) as (_, (_, days, _)):
        assert legend_of(days) == ["camera 1", "camera 2", "Kitchen", "Кухня"]


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["Küche", "Кухня"], ["Küche", "camera 2"]),
        (["(Кухня)", "?"], ["camera 1", "?"]),
        (["Hall", "Hall Ж", " Hall  Я "], ["Hall #1", "Hall #2", "Hall #3"]),
        (["Кухня", "camera 1"], ["camera 1 #1", "camera 1 #2"]),
        (["", " \n"], ["camera 1", "camera 2"]),
        (["\u200b", "1 Ж 2"], ["camera 1", "1 2"]),
    ],
    ids=["all", "brackets", "namesakes then", "the word itself", "nameless", "invisible"],
)
def test_what_is_left_of_a_name_is_what_the_font_has(names: list[str], shown: list[str]) -> None:
    instead = [f"camera {place}" for place in range(1, len(names) + 1)]
    assert drawable(names, instead, lambda char: not "А" <= char <= "я") == shown
