"""The picture of /stats (matplotlib): legible in light and dark chats, small, and without telling red from green."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from blinkbot.domain.statistics import HOURS, WEEKDAYS, Activity, ChartWords, activity, numbered, shortened
from blinkbot.domain.timezones import zone_of
from blinkbot.errors import MediaError, PlotsMissing
from blinkbot.media.job_protocol import StatsJob

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.container import BarContainer
    from matplotlib.figure import Figure

WIDTH, HEIGHT, DOTS_PER_INCH = 15.0, 22.0, 72  # Inches, and pixels in each: 1080 × 1584
PAPER, INK, FAINT = "#fbfaf7", "#23272e", "#d9d6cf"
FONT = "DejaVu Sans"  # Comes with matplotlib

STYLE: dict[Any, Any] = {
    "font.family": FONT,
    "font.size": 32,
    "axes.titlesize": 38,
    "axes.labelsize": 31,
    "xtick.labelsize": 31,
    "ytick.labelsize": 31,
    "axes.titlelocation": "left",
    "axes.titlepad": 14,
    "axes.labelpad": 8,
    "axes.facecolor": PAPER,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    # Far enough that the 0 of one axis does not touch the 0 of the other.
    "xtick.major.pad": 12,
    "ytick.major.pad": 15,
    # A camera's name with two dollar signs is no formula.
    "text.parse_math": False,
}
CAMERA_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
OTHERS_COLOUR = "#9aa0a6"
DELAY_COLOUR, MEDIAN_COLOUR = "#56b4e9", "#0072b2"
NINETY_COLOUR = "#d55e00"
LEGEND_STYLE: dict[str, Any] = {"frameon": False, "columnspacing": 1}
LEGENDS = ((3, 20), (2, 20), (2, 14), (2, 10))  # Columns, and letters of a name: the first that fits is taken
WIDEST_LEGEND = 0.88  # Of the picture's width
LEGEND_ROW = 66  # Points between a chart and its title that a line of legend takes
HEAT = "YlGnBu"  # From nearly paper to nearly ink, so that hours without anything are quiet


def draw(job: StatsJob) -> bytes:
    """The charts as PNG. Raises PlotsMissing without matplotlib, MediaError without events."""
    png = BytesIO()
    with figure_of(job) as figure:
        figure.savefig(png, format="png", facecolor=PAPER)
    return png.getvalue()


@contextmanager
def figure_of(job: StatsJob) -> Iterator["Figure"]:
    """The figure that `draw` saves, in its style until the block ends. Raises what `draw` raises."""
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine
    except ImportError as error:
        raise PlotsMissing("drawing needs the extra “plots”: pip install 'blinkbot[plots]'") from error

    if not job.events:
        raise MediaError("there is nothing to draw yet")
    counts = activity(job.events, zone_of(job.zone), job.now)
    with mpl.rc_context(STYLE):
        layout = ConstrainedLayoutEngine(h_pad=0.35, w_pad=0.3)
        figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DOTS_PER_INCH, facecolor=PAPER, layout=layout)
        heat, days, delays = figure.subplots(3, 1, height_ratios=(7, 6.5, 4.5))
        _heat_map(figure, heat, counts, job.words)
        _by_day(days, counts, job.words)
        _delays(delays, counts, job.words)
        yield figure


def drawable(names: Sequence[str], instead: Sequence[str], has: Callable[[str], bool]) -> list[str]:
    """Distinct names of characters that the font has; a name of which nothing is left becomes "camera 2"."""
    drawn = []
    for name, other in zip(names, instead, strict=True):
        line = " ".join(name.split())
        left = " ".join("".join(char for char in line if char == " " or has(char)).split())
        # The brackets around what was left out are no name, but who calls a camera "?" finds it.
        kinds = "LNSP" if left == line else "LNS"
        drawn.append(left if any(unicodedata.category(char)[0] in kinds for char in left) else other)
    return numbered(drawn)


def _is_in_font(char: str) -> bool:
    from matplotlib.font_manager import findfont, get_font

    return get_font(findfont(FONT)).get_char_index(ord(char)) > 0


def _heat_map(figure: "Figure", axes: "Axes", counts: Activity, words: ChartWords) -> None:
    image = axes.imshow(counts.by_hour, aspect="auto", cmap=HEAT, vmin=0, vmax=max(1, counts.busiest))
    axes.set_title(words.when)
    axes.set_yticks(range(WEEKDAYS), words.weekdays)
    axes.set_xticks([hour - 0.5 for hour in range(0, HOURS + 1, 3)], [f"{hour}" for hour in range(0, HOURS + 1, 3)])
    axes.set_xlabel(words.hour)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    # Hours stand apart, or a whole night is one dark bar.
    axes.set_xticks([hour - 0.5 for hour in range(1, HOURS)], minor=True)
    axes.set_yticks([day - 0.5 for day in range(1, WEEKDAYS)], minor=True)
    axes.xaxis.remove_overlapping_locs = False
    axes.grid(which="minor", color=PAPER, linewidth=3)
    axes.tick_params(which="minor", length=0)
    scale = figure.colorbar(image, ax=axes, fraction=0.04, pad=0.02, format="%d")
    _whole_numbers(scale.ax, 4)
    scale.ax.tick_params(length=0)
    scale.outline.set_visible(False)


def _by_day(axes: "Axes", counts: Activity, words: ChartWords) -> None:
    axes.set_title(words.per_day)
    below = [0] * len(counts.days)
    bars = []
    for camera, colour in zip(counts.cameras, (*CAMERA_COLOURS, OTHERS_COLOUR), strict=False):
        shade = OTHERS_COLOUR if camera.is_others else colour
        bars.append(axes.bar(range(len(below)), camera.by_day, bottom=below, width=0.85, color=shade))
        below = [one + two for one, two in zip(below, camera.by_day, strict=True)]
    every = max(1, -(-len(counts.days) // 5))
    # Counted back from today, which then always has its name.
    named = range(len(counts.days) - 1, -1, -every)
    axes.set_xticks(list(named), [words.days[number] for number in named])
    axes.set_xlim(-0.6, len(counts.days) - 0.4)
    _quiet_frame(axes)
    _whole_numbers(axes, 5)
    names = [words.others if camera.is_others else camera.name for camera in counts.cameras]
    _camera_legend(axes, bars, drawable(names, words.cameras, _is_in_font))


def _camera_legend(axes: "Axes", bars: Sequence["BarContainer"], names: Sequence[str]) -> None:
    figure = axes.get_figure()
    assert figure is not None
    for columns, letters in LEGENDS:
        # Names go with their bars by hand: of labels that bars have themselves, those with "_" in front are left out.
        legend = axes.legend(
            bars,
            shortened(names, letters),
            loc="upper center",
            bbox_to_anchor=(0.5, 0),
            borderaxespad=1.9,  # room for the days
            ncols=columns,
            handlelength=1,
            **LEGEND_STYLE,
        )
        if legend.get_window_extent().width <= WIDEST_LEGEND * figure.bbox.width:
            return


def _delays(axes: "Axes", counts: Activity, words: ChartWords) -> None:
    if counts.delays is None:
        axes.set_title(words.delays)
        axes.text(0.5, 0.5, words.none, ha="center", va="center", transform=axes.transAxes)
        axes.set_axis_off()
        return
    delays = counts.delays
    # What took longer than nearly all stands in the last bar, or it would press the rest against the wall.
    most = max(5.0, delays.ninety * 1.6)
    axes.hist([min(each, most) for each in delays.seconds], bins=24, range=(0, most), color=DELAY_COLOUR)
    for value, label, colour, line in (
        (delays.median, words.half, MEDIAN_COLOUR, "-"),
        (delays.ninety, words.ninety, NINETY_COLOUR, "--"),
    ):
        axes.axvline(value, color=colour, linewidth=4, linestyle=line, label=label)
    axes.set_xlabel(words.seconds if max(delays.seconds) <= most else words.last_bar)
    axes.set_xlim(0, most)
    _quiet_frame(axes)
    _whole_numbers(axes, 3)
    # Between title and bars, where neither bars nor lines cross it.
    axes.set_title(words.delays, pad=LEGEND_ROW)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=2,
        handlelength=1.5,
        **LEGEND_STYLE,
        borderpad=0,
        borderaxespad=0.3,
    )


def _whole_numbers(axes: "Axes", most: int) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(most, integer=True))


def _quiet_frame(axes: "Axes") -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    axes.grid(axis="y", color=FAINT, linewidth=1.5)
    axes.set_axisbelow(True)
