"""What stands behind /clips: cameras and times, in any order."""

from dataclasses import replace

import pytest

from blinkbot.bot.commands.clips.query import Misread, Question, read_question
from blinkbot.bot.text.locale import Locale
from blinkbot.bot.text.times import window
from blinkbot.domain import Home, Seen
from blinkbot.domain.timezones import zone_of
from tests.bot.house import CHICAGO, HOME, KITCHEN, home
from tests.clock import FakeClock

NAMES = ("Garage", "Cam 2", "Cam 20", "Yesterday", "Front Porch", "Last house", "Café")
CAMERAS = tuple(replace(KITCHEN, id=200 + number, name=name) for number, name in enumerate(NAMES))
NOW = FakeClock().now
HERE = Locale(home(cameras=CAMERAS), NOW, "Europe/Berlin")


def asked(words: str) -> tuple[list[str], str]:
    """The cameras and the time that were understood."""
    question = read_question(words, HERE)
    assert isinstance(question, Question), question
    return [camera.name for camera in question.cameras], window(question.window, Locale(Home(), NOW), zone_of(CHICAGO))


def misread(words: str) -> str:
    question = read_question(words, HERE)
    assert isinstance(question, Misread), question
    return question.text


@pytest.mark.parametrize(
    ("words", "cameras", "time"),
    [
        ("", [], ""),
        ("all", [], ""),
        ("garage", ["Garage"], ""),
        ("front porch", ["Front Porch"], ""),
        ("porch", ["Front Porch"], ""),
        ("cafe last night", ["Café"], "yesterday, 18:00 – today, 06:00"),
        ("garage yesterday", ["Garage"], "yesterday"),
        ("last night garage", ["Garage"], "yesterday, 18:00 – today, 06:00"),
        ("Friday in the garage, 18:00-20:00", ["Garage"], "Fri 20 Nov, 18:00–20:00"),
        ("2026-11-20 18:00-20:00", [], "Fri 20 Nov, 18:00–20:00"),
        ("cam 2 18-20", ["Cam 2"], "yesterday, 18:00–20:00"),
        ("cam 20 nov", ["Cam 20"], "Sun 1 Nov – Mon 30 Nov"),
        ("cam 2 hours ago", ["Cam 2", "Cam 20"], "today, 09:30–10:30"),
        ("yesterday", ["Yesterday"], ""),
        ("yesterday yesterday", ["Yesterday"], "yesterday"),
        ("garage last night 10", ["Garage"], "yesterday, 21:30–22:30"),
        ("last night", [], "yesterday, 18:00 – today, 06:00"),
    ],
)
def test_what_is_understood(words: str, cameras: list[str], time: str) -> None:
    assert asked(words) == (cameras, time)


SEEING = ("Car", "Carport", "Front Porch", "Garage", "Dog house")
SEEING_CAMERAS = tuple(replace(KITCHEN, id=400 + number, name=name) for number, name in enumerate(SEEING))


@pytest.mark.parametrize(
    ("words", "seen", "cameras", "time"),
    [
        ("person", Seen.PERSON, [], ""),
        ("People?", Seen.PERSON, [], ""),
        ("all people", Seen.PERSON, [], ""),
        ("woman in the garage", Seen.PERSON, ["Garage"], ""),
        ("porch animal", Seen.ANIMAL, ["Front Porch"], ""),
        ("clips of a cat at the porch", Seen.ANIMAL, ["Front Porch"], ""),
        ("truck yesterday", Seen.VEHICLE, [], "yesterday"),
        ("yesterday parcel garage", Seen.PACKAGE, ["Garage"], "yesterday"),
        ("something unusual last night", Seen.UNUSUAL, [], "yesterday, 18:00 – today, 06:00"),
        ("anything unusual last night", Seen.UNUSUAL, [], "yesterday, 18:00 – today, 06:00"),
        ("unusual last night", Seen.UNUSUAL, [], "yesterday, 18:00 – today, 06:00"),
        ("car", None, ["Car"], ""),
        ("car yesterday", None, ["Car"], "yesterday"),
        ("car person", Seen.PERSON, ["Car"], ""),
        ("cars", Seen.VEHICLE, [], ""),
        ("car car", Seen.VEHICLE, ["Car"], ""),
        ("dog house", None, ["Dog house"], ""),
        ("dog", Seen.ANIMAL, [], ""),
        ("dog garage", Seen.ANIMAL, ["Garage"], ""),
    ],
)
def test_who_or_what_was_seen(words: str, seen: Seen | None, cameras: list[str], time: str) -> None:
    question = read_question(words, Locale(home(cameras=SEEING_CAMERAS), NOW, "Europe/Berlin"))
    assert isinstance(question, Question), question
    said = window(question.window, Locale(Home(), NOW), zone_of(CHICAGO))
    assert (question.seen, [camera.name for camera in question.cameras], said) == (seen, cameras, time)


def test_where_no_camera_is_called_car_it_is_one_that_was_seen() -> None:
    question = read_question("car yesterday", Locale(home(cameras=SEEING_CAMERAS[1:]), NOW, "Europe/Berlin"))
    assert isinstance(question, Question)
    assert (question.seen, question.cameras) == (Seen.VEHICLE, ())


def test_beside_what_was_seen_a_name_that_is_none_is_told() -> None:
    assert misread("person attic").startswith("There's no camera “attic”.")
    assert misread("person garage blah").startswith("I didn't get “blah” as a time.")


def test_a_camera_that_is_not_there_is_named_with_those_that_are() -> None:
    said = misread("attic monday")
    assert said.startswith("There's no camera “attic”. You have <b>Garage</b>, <b>Cam 2</b>")
    assert "Try <code>/clips garage yesterday</code>, " in said
    assert said.endswith("<code>/clips last night</code> or <code>/clips 20 nov 18:00-20:00</code>.")


def test_a_time_that_is_none_is_told_beside_a_camera_that_is_one() -> None:
    assert misread("garage 31 feb").startswith("There's no “31 feb”. Try <code>/clips 28 feb</code>")
    assert misread("garage blah").startswith("I didn't get “blah” as a time.")


def test_a_question_mark_is_no_part_of_the_time() -> None:
    assert asked("garage last night?") == asked("garage last night")


def test_what_was_typed_is_escaped() -> None:
    assert "&lt;b&gt;" in misread("<b>")


def test_a_namesake_is_asked_for_by_its_label() -> None:
    both = home(cameras=(KITCHEN, replace(KITCHEN, id=300, network_id=12)))
    for words in ("kitchen · cabin yesterday", "Kitchen Cabin yesterday"):
        question = read_question(words, Locale(both, NOW))
        assert isinstance(question, Question)
        assert [camera.id for camera in question.cameras] == [300]


def test_a_network_is_no_camera_though_a_label_ends_with_it() -> None:
    both = home(cameras=(KITCHEN, replace(KITCHEN, id=300, network_id=12)))
    found = read_question("cabin yesterday", Locale(both, NOW))
    assert isinstance(found, Misread)
    assert found.text.startswith("There's no camera “cabin”.")


def test_a_whole_letter_is_too_much() -> None:
    assert misread("word " * 15).startswith("That's too much at once.")


def test_times_are_those_of_the_cameras_network() -> None:
    berlin = replace(HOME, id=13, name="Flat", time_zone="Europe/Berlin")
    there = replace(KITCHEN, id=300, network_id=13, name="Balcony")
    both = home(HOME, berlin, cameras=(*CAMERAS, there))
    here, abroad = (read_question(f"{name} yesterday", Locale(both, NOW)) for name in ("garage", "balcony"))
    assert isinstance(here, Question)
    assert isinstance(abroad, Question)
    assert here.window.since is not None
    assert abroad.window.since is not None
    assert (here.window.since - abroad.window.since).total_seconds() == 7 * 3600
