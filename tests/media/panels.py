"""Pictures of /stats, taken apart again: their panels, words and bars."""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from blinkbot.bot.text.status import chart_words
from blinkbot.domain.clip_search import ClipEvent
from blinkbot.domain.statistics import activity
from blinkbot.domain.timezones import zone_of
from blinkbot.media.job_protocol import StatsJob
from blinkbot.media.stats_plot import draw, figure_of

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


def events(names: Sequence[str], *, delay: float | None = 3.0, count: int = 40) -> tuple[ClipEvent, ...]:
    return tuple(
        ClipEvent(NOW - timedelta(hours=7 * number), number % len(names), names[number % len(names)], 1, delay)
        for number in reversed(range(count))
    )


def ranked(names: Sequence[str]) -> tuple[ClipEvent, ...]:
    """Events of which each camera has fewer than the one before it."""
    return tuple(
        ClipEvent(NOW, number, name, 1, 3.0) for number, name in enumerate(names) for _ in range(len(names) - number)
    )


def job_of(events: tuple[ClipEvent, ...], zone: str = "Europe/Berlin") -> StatsJob:
    return StatsJob(events, zone, NOW, chart_words(activity(events, zone_of(zone), NOW)))


def picture_of(events: tuple[ClipEvent, ...], zone: str = "Europe/Berlin") -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture = Image.open(BytesIO(draw(job_of(events, zone))))
    assert picture.format == "PNG"
    return picture.convert("RGB")


@contextmanager
def drawn(events: tuple[ClipEvent, ...], zone: str = "Europe/Berlin") -> Iterator[tuple[Figure, list[Axes]]]:
    """The figure with everything in its place, and its three panels."""
    with figure_of(job_of(events, zone)) as figure:
        figure.draw_without_rendering()
        yield figure, figure.axes[:3]


def legend_of(panel: Axes) -> list[str]:
    legend = panel.get_legend()
    assert legend
    return [text.get_text() for text in legend.get_texts()]


def words_of(texts: Iterable[Text]) -> list[str]:
    return [text.get_text() for text in texts if text.get_text()]


def bars_of(panel: Axes) -> list[list[float]]:
    """The heights of each group of bars."""
    return [[bar.get_height() for bar in group.patches] for group in groups_of(panel)]


def groups_of(panel: Axes) -> list[BarContainer]:
    """The bars of each camera."""
    return [group for group in panel.containers if isinstance(group, BarContainer)]
