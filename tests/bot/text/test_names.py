"""What somebody meant by a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.bot.text.names import labels, matching, normalize


def found(wanted: str, *names: str) -> list[str]:
    return matching(wanted, names, lambda name: name)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("garage", "Garage"),
        ("CAFE", "Café"),
        ("café", "Cafe"),
        ("gar", "Garage"),
        ("door", "Front Door"),
        ("front  door", "Front Door"),
        ("home", "🏡 Home"),
        ("🏡", "🏡 Home"),
        ("strasse", "Straße"),
        ("b", "A&B <Garden>"),
        ("front-door", "Front-Door"),
    ],
)
def test_a_name_is_found(wanted: str, name: str) -> None:
    assert found(wanted, "Zzz", name) == [name]


def test_the_closest_kind_of_match_wins() -> None:
    assert found("garage", "Garage door", "Garage", "Old garage") == ["Garage"]
    assert found("gar", "Old garage", "Garage") == ["Garage"]
    assert found("porch", "Porch", "porch") == ["porch"]


def test_several_matches_are_all_given() -> None:
    assert found("fr", "Front", "Fridge", "Back") == ["Front", "Fridge"]


@pytest.mark.parametrize("wanted", ["", "  ", "ront", "x" * 3000])
def test_what_nothing_is_called_finds_nothing(wanted: str) -> None:
    assert found(wanted, "Front", "Fridge") == []


@given(st.text(min_size=1))
def test_every_name_is_found_by_itself(name: str) -> None:
    if normalize(name):
        assert name in found(name, name, "other")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


def test_labels_differ_by_place_and_then_by_number() -> None:
    things = [("Porch", "Home"), ("Porch", "Cabin"), ("Door", "Home"), ("Door", "Home"), ("Hall", ""), ("", "")]
    assert labels(things, lambda thing: thing[0], lambda thing: thing[1]) == [
        "Porch · Home",
        "Porch · Cabin",
        "Door · Home #1",
        "Door · Home #2",
        "Hall",
        "(no name)",
    ]
