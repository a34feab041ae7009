"""/stats, as it comes to a phone."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from blinkbot.bot import ChatBot, TelegramAnnouncer
from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.bot.client.polling import PollingBot
from blinkbot.bot.commands.stats import labelled
from blinkbot.bot.text.status import caption, delay, in_words
from blinkbot.domain import Camera, Home
from blinkbot.domain.clip_search import ClipEvent, KeptClip
from blinkbot.domain.statistics import ChartWords, activity
from blinkbot.errors import MediaError, PlotsMissing
from blinkbot.simulator.botapi import MediaKind, Phone
from blinkbot.store import ChatRepository
from tests.bot import house
from tests.bot.house import BELL, HOME, KITCHEN, PORCH, House, clip, home, jpeg
from tests.bot.running import chatbot_of, tools_for
from tests.clock import FakeClock

PICTURE = jpeg("white")
SATURDAY = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)


@dataclass
class Plotter(house.Videos):
    """Draws what it is given, or has a reason not to."""

    trouble: MediaError | None = None
    drawn: list[tuple[Sequence[ClipEvent], str]] = field(default_factory=list)

    async def plot(self, events: Sequence[ClipEvent], zone: str, now: datetime, words: ChartWords) -> bytes:
        if self.trouble:
            raise self.trouble
        self.drawn.append((events, zone))
        return PICTURE


@pytest.fixture
def plotter() -> Plotter:
    return Plotter()


@pytest.fixture(autouse=True)
async def chatbot(
    bot: PollingBot,
    house: House,
    announcer: TelegramAnnouncer,
    topics: ForumTopics,
    directory: ChatRepository,
    plotter: Plotter,
) -> AsyncIterator[ChatBot]:
    running = chatbot_of(bot, house, directory, tools_for(announcer, topics, plotter))
    await running.connect()
    await running.start(lambda error: None)
    yield running
    await running.stop()


async def test_the_word_that_it_is_counting_becomes_the_picture(phone: Phone, house: House, plotter: Plotter) -> None:
    await house.keep(KeptClip(clip(1)), KeptClip(clip(2)), KeptClip(clip(3, KITCHEN)))
    phone.say("/stats")
    counting = await phone.wait_for("Counting…")
    shown = await phone.wait_for("3 events in 30 days, most at Front Porch")
    assert shown.id == counting.id
    assert shown.media
    assert (shown.media.kind, shown.media.data) == (MediaKind.PHOTO, PICTURE)
    ((events, zone),) = plotter.drawn
    assert (len(events), zone) == (3, "America/Chicago")


async def test_what_is_older_than_a_month_is_not_counted(phone: Phone, house: House) -> None:
    await house.keep(KeptClip(clip(1)), KeptClip(clip(2, minutes_ago=31 * 24 * 60)))
    phone.say("/stats")
    await phone.wait_for("1 event in 30 days, at Front Porch")


async def test_a_home_without_clips_is_told_what_to_do(phone: Phone) -> None:
    phone.say("/stats")
    await phone.wait_for("Nothing in the last 30 days. /arm your home")


async def test_without_the_extra_it_is_a_text_that_says_how_to_get_the_picture(
    phone: Phone, house: House, plotter: Plotter
) -> None:
    await house.keep(KeptClip(clip(1)))
    plotter.trouble = PlotsMissing("no matplotlib")
    phone.say("/stats")
    text = (await phone.wait_for("Busiest hours")).content
    assert "Install the extra “plots” to get this as a picture." in text


async def test_a_picture_that_fails_is_a_text_too(phone: Phone, house: House, plotter: Plotter) -> None:
    await house.keep(KeptClip(clip(1)))
    plotter.trouble = MediaError("it crashed")
    phone.say("/stats")
    assert "extra" not in (await phone.wait_for("Busiest hours")).content


TWO_KITCHENS = home(cameras=[KITCHEN, replace(BELL, name="Kitchen")])
"""One in each network."""


async def test_namesakes_are_told_apart_by_their_networks_in_the_picture_and_below_it(
    phone: Phone, house: House, plotter: Plotter
) -> None:
    house.now = TWO_KITCHENS
    await house.keep(KeptClip(clip(1, KITCHEN)), KeptClip(clip(2, KITCHEN)), KeptClip(clip(3, TWO_KITCHENS.cameras[1])))
    phone.say("/stats")
    await phone.wait_for("3 events in 30 days, most at Kitchen · Home")
    ((events, _),) = plotter.drawn
    assert sorted(each.camera_name for each in events) == ["Kitchen · Cabin", "Kitchen · Home", "Kitchen · Home"]


async def test_and_in_the_text(phone: Phone, house: House, plotter: Plotter) -> None:
    house.now = TWO_KITCHENS
    await house.keep(KeptClip(clip(1, KITCHEN)), KeptClip(clip(2, KITCHEN)), KeptClip(clip(3, TWO_KITCHENS.cameras[1])))
    plotter.trouble = MediaError("it crashed")
    phone.say("/stats")
    text = (await phone.wait_for("Busiest hours")).content
    assert "Clips per day\nKitchen · Home: 0.3\nKitchen · Cabin: 0.1" in text


# -- the labels


def of_camera(camera: Camera) -> ClipEvent:
    return ClipEvent(SATURDAY, camera.id, camera.name, camera.network_id)


def names_of(cameras: Sequence[Camera], at_home: Home) -> list[str]:
    return [each.camera_name for each in labelled([of_camera(camera) for camera in cameras], at_home)]


def test_a_name_that_only_one_has_is_left_as_it_is() -> None:
    assert names_of([PORCH, BELL], home()) == ["Front Porch", "Door"]


def test_a_camera_without_a_name_is_called_what_it_is_called_elsewhere() -> None:
    cameras = [replace(PORCH, name=" "), KITCHEN]
    assert names_of(cameras, home(cameras=cameras)) == ["(no name)", "Kitchen"]


def test_namesakes_in_one_network_are_numbered() -> None:
    cameras = [KITCHEN, replace(PORCH, name="Kitchen")]
    assert names_of(cameras, home(HOME, cameras=cameras)) == ["Kitchen #1", "Kitchen #2"]


def test_a_namesake_that_nothing_was_seen_by_still_has_to_be_told_apart() -> None:
    assert names_of([KITCHEN], TWO_KITCHENS) == ["Kitchen · Home"]


def test_a_camera_that_is_gone_keeps_its_name_and_is_told_apart_too() -> None:
    gone = replace(BELL, id=999, name="Kitchen")
    assert names_of([gone, KITCHEN], home()) == ["Kitchen · Cabin", "Kitchen · Home"]
    assert names_of([replace(gone, name="Shed")], home()) == ["Shed"]


def test_cameras_that_are_there_have_the_first_numbers() -> None:
    gone = replace(KITCHEN, id=999)
    assert names_of([gone, KITCHEN], home(HOME)) == ["Kitchen #2", "Kitchen #1"]


def test_a_camera_that_was_renamed_is_called_what_it_is_called_now() -> None:
    assert names_of([replace(PORCH, name="Old name")], home()) == ["Front Porch"]


def test_long_names_are_cut_so_that_they_differ() -> None:
    long = "Camera in the corridor of the house behind the mountains " * 2
    cameras = [replace(PORCH, name=f"{long} up"), replace(KITCHEN, name=f"{long} down")]
    events = labelled([of_camera(camera) for camera in cameras], home(cameras=cameras))
    text = in_words(activity(events, UTC, SATURDAY))
    assert "mountains up: 0.1\n" in text
    assert "mountains down: 0.1" in text


# -- the words


def events(
    count: int, camera: str = "Porch", *, at: datetime = SATURDAY, delay: float | None = None
) -> list[ClipEvent]:
    return [ClipEvent(at + timedelta(minutes=number), len(camera), camera, 1, delay) for number in range(count)]


def test_the_text_has_hours_weekdays_cameras_and_delays() -> None:
    found = [
        *events(7, "Porch", delay=2.0),
        *events(1, "Garage", at=SATURDAY - timedelta(days=6, hours=9), delay=45.0),
    ]
    assert in_words(activity(found, UTC, FakeClock().now)) == (
        "📊 <b>8 events in 30 days</b>, most at <b>Porch</b>\n\n"
        "<b>Busiest hours</b>: 17:00–18:00 (7), 08:00–09:00 (1)\n\n"
        "<b>By weekday</b>\n"
        "<code>Mon 0</code>\n<code>Tue 0</code>\n<code>Wed 0</code>\n<code>Thu 0</code>\n"
        "<code>Fri 0</code>\n<code>Sat 7</code>\n<code>Sun 1</code>\n\n"
        "<b>Clips per day</b>\nPorch: 0.9\nGarage: 0.1\n\n"
        "Usually here in 2.0 s, 9 of 10 within 15 s."
    )


def test_people_and_events_without_a_video_are_told_where_there_are_some() -> None:
    plain = events(3)
    people = [*plain, *(replace(each, of_people=True, has_video=False) for each in events(1))]
    words = "\n🚶 1 event with people\n🚫 1 event without a video"
    assert caption(activity(people, UTC, SATURDAY)).endswith(words)
    assert words in in_words(activity(people, UTC, SATURDAY))
    assert "with" not in caption(activity(plain, UTC, SATURDAY))


def test_names_are_no_markup() -> None:
    counts = activity([*events(2, "<b>Porch"), *events(1, "A & B")], UTC, FakeClock().now)
    assert "&lt;b&gt;Porch" in caption(counts)
    assert "A &amp; B" in in_words(counts)


def test_nothing_is_said_of_delays_where_nothing_was_shown() -> None:
    assert "Usually" not in caption(activity(events(1), UTC, FakeClock().now))


def test_cameras_of_which_only_the_name_is_known_keep_it() -> None:
    unknown = [replace(of_camera(PORCH), camera_id=0, camera_name=name) for name in ("Shed", "Pool", "Shed")]
    assert [each.camera_name for each in labelled(unknown, home())] == ["Shed", "Pool", "Shed"]


def test_delays_that_are_about_the_same_are_told_once() -> None:
    assert caption(activity(events(3, delay=1.61), UTC, SATURDAY)).endswith("\nUsually here in 1.6 s.")


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.04, "0.0 s"), (9.9, "9.9 s"), (45, "45 s"), (600, "10 min"), (70_000, "19 h")]
)
def test_delays_in_words(seconds: float, words: str) -> None:
    assert delay(seconds) == words


def test_cameras_beyond_the_busiest_are_told_as_others() -> None:
    events = [ClipEvent(SATURDAY, number, f"Camera {number}", 1) for number in range(9)]
    assert in_words(activity(events, UTC, SATURDAY)).endswith("\nothers: 0.4")
