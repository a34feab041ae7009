"""The picture of /stats, drawn with matplotlib (extra `plots`), in a process that lives for this alone.

It has a background of its own, so that it reads the same in a light and in a dark chat. Colours are from Okabe and
Ito's set, and from yellow to blue, which people who do not tell red from green tell apart. Letters are so large that
they are read in the chat already, where a phone shows the picture at a third of its size.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from blinkbot.activity import DAYS, HOURS, Activity, activity
from blinkbot.errors import MediaError, PlotsMissing
from blinkbot.localtime import zone_of
from blinkbot.media.tally import Tally

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH, HEIGHT, DOTS_PER_INCH = 15.0, 22.0, 72
"""Inches, and pixels in each: 1080 × 1584."""

PAPER, INK, FAINT = "#fbfaf7", "#23272e", "#d9d6cf"
STYLE: dict[Any, Any] = {
    "font.size": 32,
    "axes.titlesize": 38,
    "axes.labelsize": 31,
    "xtick.labelsize": 31,
    "ytick.labelsize": 31,
    "axes.titlelocation": "left",
    "axes.titlepad": 14,
    "axes.facecolor": PAPER,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    # A camera's name with two dollar signs is no formula.
    "text.parse_math": False,
}
CAMERA_COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
OTHERS_COLOUR = "#9aa0a6"
DELAY_COLOUR, MEDIAN_COLOUR = "#56b4e9", "#0072b2"
NINETY_COLOUR = "#d55e00"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

LONGEST_NAME = 20

HEAT = "YlGnBu"
"""From nearly paper to nearly ink, so that hours without anything are quiet."""


def draw(tally: Tally) -> bytes:
    """Activity by hour and weekday, clips a day and camera, and how long they took, as PNG.

    Raises PlotsMissing where matplotlib is not installed, MediaError when nothing happened.
    """
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine
    except ImportError as error:
        raise PlotsMissing("drawing needs the extra “plots”: pip install 'blinkbot[plots]'") from error

    if not tally.happenings:
        raise MediaError("there is nothing to draw yet")
    counts = activity(tally.happenings, zone_of(tally.zone), tally.now)
    with mpl.rc_context(STYLE):
        layout = ConstrainedLayoutEngine(h_pad=0.35, w_pad=0.3)
        figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DOTS_PER_INCH, facecolor=PAPER, layout=layout)
        heat, days, delays = figure.subplots(3, 1, height_ratios=(7, 6.5, 4.5))
        _heat_map(figure, heat, counts)
        _by_day(days, counts)
        _delays(delays, counts)
        png = BytesIO()
        figure.savefig(png, format="png", facecolor=PAPER)
    return png.getvalue()


def _short(name: str) -> str:
    from matplotlib.font_manager import findfont, get_font

    letters = get_font(findfont("DejaVu Sans"))
    # What the font does not have (an emoji, say) would stand there as an empty box.
    known = "".join(char for char in name if char.isspace() or letters.get_char_index(ord(char)))
    line = " ".join((known if known.strip() else name).split())
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1] + "…"


def _heat_map(figure: "Figure", axes: "Axes", counts: Activity) -> None:
    image = axes.imshow(counts.by_hour, aspect="auto", cmap=HEAT, vmin=0, vmax=max(1, counts.busiest))
    axes.set_title("When it happens")
    axes.set_yticks(range(len(DAYS)), DAYS)
    axes.set_xticks([hour - 0.5 for hour in range(0, HOURS + 1, 3)], [f"{hour}" for hour in range(0, HOURS + 1, 3)])
    axes.set_xlabel("hour of the day")
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    # Hours stand apart, or a whole night is one dark bar.
    axes.set_xticks([hour - 0.5 for hour in range(1, HOURS)], minor=True)
    axes.set_yticks([day - 0.5 for day in range(1, len(DAYS))], minor=True)
    axes.xaxis.remove_overlapping_locs = False
    axes.grid(which="minor", color=PAPER, linewidth=3)
    axes.tick_params(which="minor", length=0)
    scale = figure.colorbar(image, ax=axes, fraction=0.04, pad=0.02, format="%d")
    _whole_numbers(scale.ax, 4)
    scale.ax.tick_params(length=0)
    scale.outline.set_visible(False)


def _by_day(axes: "Axes", counts: Activity) -> None:
    axes.set_title("Clips per day")
    below = [0] * len(counts.days)
    for camera, colour in zip(counts.cameras, (*CAMERA_COLOURS, OTHERS_COLOUR), strict=False):
        shade = OTHERS_COLOUR if camera.is_others else colour
        axes.bar(range(len(below)), camera.by_day, bottom=below, width=0.85, color=shade, label=_short(camera.name))
        below = [one + two for one, two in zip(below, camera.by_day, strict=True)]
    every = max(1, -(-len(counts.days) // 5))
    # Counted back from today, which then always has its name.
    named = range(len(counts.days) - 1, -1, -every)
    axes.set_xticks(
        list(named), [f"{counts.days[number].day} {MONTHS[counts.days[number].month - 1]}" for number in named]
    )
    axes.set_xlim(-0.6, len(counts.days) - 0.4)
    _quiet_frame(axes)
    _whole_numbers(axes, 5)
    columns = 2 if max(len(camera.name) for camera in counts.cameras) > 9 else 3
    below_dates = (0.5, -0.13)
    axes.legend(
        loc="upper center", bbox_to_anchor=below_dates, ncols=columns, frameon=False, columnspacing=1, handlelength=1
    )


def _delays(axes: "Axes", counts: Activity) -> None:
    axes.set_title("Clips by how long they took to the chat")
    if counts.delays is None:
        axes.text(0.5, 0.5, "nothing was sent in this time", ha="center", va="center", transform=axes.transAxes)
        axes.set_axis_off()
        return
    delays = counts.delays
    # What took longer than nearly all stands in the last bar, or it would press the rest against the wall.
    most = max(5.0, delays.ninety * 1.6)
    axes.hist([min(each, most) for each in delays.seconds], bins=24, range=(0, most), color=DELAY_COLOUR)
    for value, word, colour, line in (
        (delays.median, "half within", MEDIAN_COLOUR, "-"),
        (delays.ninety, "90 % within", NINETY_COLOUR, "--"),
    ):
        label = f"{word} {in_words(value)}"
        axes.axvline(value, color=colour, linewidth=4, linestyle=line, label=label)
    axes.set_xlabel("seconds" if max(delays.seconds) <= most else "seconds; what took longer is in the last bar")
    axes.set_xlim(0, most)
    _quiet_frame(axes)
    _whole_numbers(axes, 3)
    axes.legend(loc="upper right", frameon=False)


def in_words(seconds: float) -> str:
    """A delay as it is read."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def _whole_numbers(axes: "Axes", most: int) -> None:
    from matplotlib.ticker import MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(most, integer=True))


def _quiet_frame(axes: "Axes") -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    axes.grid(axis="y", color=FAINT, linewidth=1.5)
    axes.set_axisbelow(True)
