"""The table of operations: each sends what the protocol says, for each family."""

import re
from pathlib import Path

import pytest

import blinkbot
from blinkbot.blink.protocol.operation import ArgumentKind
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.domain import Family

PROTOCOL = Path(blinkbot.__file__).parents[2] / "shared" / "blink-protocol.md"
KNOWN = {"account": 7, "client": 21}
CAMERA = {"network": 100, "camera": 301}


def names_on_the_page() -> dict[str, bool]:
    """Every operation the protocol page lists → whether it is marked obsolete."""
    if not PROTOCOL.exists():
        pytest.skip(f"the protocol page is not at {PROTOCOL}")
    table = PROTOCOL.read_text().split("## 4.")[1].split("## 5.")[0]
    rows = re.findall(r"^\| (?!\*\*|operation|---)([^|]+)\|", table, re.MULTILINE)
    cells = [cell for row in rows for cell in re.split(" / |, ", row)]
    return {cell.replace("†", "").strip(): "†" in cell for cell in cells if not cell.startswith("-")}


def test_every_operation_of_the_page_is_in_the_table_and_no_other() -> None:
    assert set(OPERATIONS) == set(names_on_the_page())


def test_what_the_page_calls_obsolete_is_marked() -> None:
    assert {name for name, row in OPERATIONS.items() if row.obsolete} == {
        name for name, obsolete in names_on_the_page().items() if obsolete
    }


def test_a_missing_argument_is_named() -> None:
    with pytest.raises(ValueError, match="arm needs network"):
        OPERATIONS["arm"].prepare(KNOWN)


def test_an_unknown_argument_is_named() -> None:
    with pytest.raises(ValueError, match="no argument camra"):
        OPERATIONS["arm"].prepare({**KNOWN, "network": 1, "camra": 2})


def test_the_client_number_is_asked_for_where_it_is_not_known_yet() -> None:
    with pytest.raises(ValueError, match="logout needs client"):
        OPERATIONS["logout"].prepare({"account": 7})


def test_a_family_without_the_operation_is_refused() -> None:
    with pytest.raises(ValueError, match="camera-signals does not exist for a mini"):
        OPERATIONS["camera-signals"].prepare({**KNOWN, **CAMERA}, Family.MINI)


def test_an_operation_tells_which_families_have_it() -> None:
    assert OPERATIONS["lights"].families == (Family.CAMERA, Family.MINI)
    assert OPERATIONS["arm"].families == ()


def test_updates_take_further_fields() -> None:
    prepared = OPERATIONS["update-camera"].prepare({**KNOWN, **CAMERA}, Family.CAMERA, {"flip_image": True})
    assert prepared.body == {"flip_image": True}


def test_other_operations_take_no_further_fields() -> None:
    with pytest.raises(ValueError, match="no further fields"):
        OPERATIONS["arm"].prepare({**KNOWN, "network": 1}, extra={"x": 1})


def test_arguments_are_listed_once_with_their_types() -> None:
    arguments = {argument.name: argument for argument in OPERATIONS["update-program"].arguments()}
    assert list(arguments) == ["network", "program", "name", "schedule"]
    assert arguments["schedule"].kind is ArgumentKind.JSON


def test_reading_may_be_repeated_and_taking_a_picture_may_not() -> None:
    assert OPERATIONS["homescreen"].may_repeat()
    assert OPERATIONS["arm"].may_repeat()
    assert not OPERATIONS["new-thumbnail"].may_repeat(Family.MINI)
    assert not OPERATIONS["record-clip"].may_repeat(Family.CAMERA)


def test_only_what_needs_no_account_goes_without_a_token() -> None:
    open_ones = {name for name, row in OPERATIONS.items() if not row.needs_token}
    assert open_ones == {"login-v5", "version", "regions"}


def test_an_address_that_is_read_and_written_is_written_where_a_value_is_given() -> None:
    regions = OPERATIONS["motion-regions"]
    read = regions.prepare({**KNOWN, **CAMERA}, Family.MINI)
    assert (read.method, read.body) == ("GET", None)
    written = regions.prepare({**KNOWN, **CAMERA, "motion_regions": 0}, Family.MINI)
    assert (written.method, written.path, written.body) == ("POST", read.path, {"motion_regions": 0})


def test_what_deletes_for_good_is_marked_and_never_sent_twice() -> None:
    marked = {name: row for name, row in OPERATIONS.items() if row.deletes_for_good}
    assert set(marked) == {"format-local-storage", "clear-local-storage"}
    assert not any(row.may_repeat() for row in marked.values())
