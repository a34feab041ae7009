"""/stats, as it comes to a phone."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from blinkbot.activity import activity
from blinkbot.archive import Happening, KeptClip
from blinkbot.bot import ChatBot, Services, TelegramAnnouncer
from blinkbot.bot.footage import Footage
from blinkbot.bot.polling import PollingBot
from blinkbot.bot.stats import caption, in_words
from blinkbot.bot.topics import Topics
from blinkbot.errors import MediaError, PlotsMissing
from blinkbot.simulator.botapi import MediaKind, Phone
from tests.bot import house
from tests.bot.house import KITCHEN, Directory, House, clip, jpeg
from tests.clock import FakeClock

PICTURE = jpeg("white")
SATURDAY = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)


@dataclass
class Plotter(house.Videos):
    """Draws what it is given, or has a reason not to."""

    trouble: MediaError | None = None
    drawn: list[tuple[Sequence[Happening], str]] = field(default_factory=list)

    async def plot(self, happenings: Sequence[Happening], zone: str, now: datetime) -> bytes:
        if self.trouble:
            raise self.trouble
        self.drawn.append((happenings, zone))
        return PICTURE


@pytest.fixture
def plotter() -> Plotter:
    return Plotter()


@pytest.fixture(autouse=True)
async def chatbot(
    bot: PollingBot,
    house: House,
    announcer: TelegramAnnouncer,
    topics: Topics,
    directory: Directory,
    plotter: Plotter,
) -> AsyncIterator[ChatBot]:
    services = Services(house, announcer, plotter, house.clock, topics, "Europe/Berlin", footage=Footage(plotter))
    running = ChatBot(bot, services, directory, directory.first_meeting, directory.on_migrated)
    await running.connect()
    await running.start(lambda error: None)
    yield running
    await running.stop()


async def test_the_word_that_it_is_counting_becomes_the_picture(phone: Phone, house: House, plotter: Plotter) -> None:
    house.kept = [KeptClip(clip(1)), KeptClip(clip(2)), KeptClip(clip(3, KITCHEN))]
    phone.say("/stats")
    counting = await phone.wait_for("Counting…")
    shown = await phone.wait_for("3 events in 30 days, most by Front Porch")
    assert shown.id == counting.id
    assert shown.media
    assert (shown.media.kind, shown.media.data) == (MediaKind.PHOTO, PICTURE)
    ((happenings, zone),) = plotter.drawn
    assert (len(happenings), zone) == (3, "America/Chicago")


async def test_what_is_older_than_a_month_is_not_counted(phone: Phone, house: House) -> None:
    house.kept = [KeptClip(clip(1)), KeptClip(clip(2, minutes_ago=31 * 24 * 60))]
    phone.say("/stats")
    await phone.wait_for("1 event in 30 days, all by Front Porch")


async def test_a_home_without_clips_is_told_what_to_do(phone: Phone) -> None:
    phone.say("/stats")
    await phone.wait_for("Nothing has happened in the last 30 days. Arm a network with /arm")


async def test_without_the_extra_it_is_a_text_that_says_how_to_get_the_picture(
    phone: Phone, house: House, plotter: Plotter
) -> None:
    house.kept = [KeptClip(clip(1))]
    plotter.trouble = PlotsMissing("no matplotlib")
    phone.say("/stats")
    text = (await phone.wait_for("Busiest hours")).content
    assert "With the extra “plots” installed, this is a picture." in text


async def test_a_picture_that_fails_is_a_text_too(phone: Phone, house: House, plotter: Plotter) -> None:
    house.kept = [KeptClip(clip(1))]
    plotter.trouble = MediaError("it crashed")
    phone.say("/stats")
    assert "extra" not in (await phone.wait_for("Busiest hours")).content


# -- the words


def events(
    count: int, camera: str = "Porch", *, at: datetime = SATURDAY, delay: float | None = None
) -> list[Happening]:
    return [Happening(at + timedelta(minutes=number), len(camera), camera, 1, delay) for number in range(count)]


def test_the_text_has_hours_weekdays_cameras_and_delays() -> None:
    happenings = [
        *events(7, "Porch", delay=2.0),
        *events(1, "Garage", at=SATURDAY - timedelta(days=6, hours=9), delay=45.0),
    ]
    assert in_words(activity(happenings, UTC, FakeClock().now)) == (
        "📊 <b>8 events in 30 days</b>, most by <b>Porch</b>\n\n"
        "<b>Busiest hours</b>: 17–18 h (7), 8–9 h (1)\n\n"
        "<b>By weekday</b>\n"
        "<code>Mon    0</code>\n<code>Tue    0</code>\n<code>Wed    0</code>\n<code>Thu    0</code>\n"
        "<code>Fri    0</code>\n<code>Sat    7</code>\n<code>Sun    1</code>\n\n"
        "<b>Clips per day</b>\nPorch: 0.9\nGarage: 0.1\n\n"
        "From the event to the chat: half within 2.0 s, 90 % within 15 s"
    )


def test_names_are_no_markup() -> None:
    counts = activity([*events(2, "<b>Porch"), *events(1, "A & B")], UTC, FakeClock().now)
    assert "&lt;b&gt;Porch" in caption(counts)
    assert "A &amp; B" in in_words(counts)


def test_nothing_is_said_of_delays_where_nothing_was_shown() -> None:
    assert "From the event" not in caption(activity(events(1), UTC, FakeClock().now))
