"""How a command stands."""

from typing import Any

import pytest

from blinkbot.blink.wire.commands import command_status, started_command
from blinkbot.errors import BlinkResponseError
from tests.blink import bodies


def test_the_first_answer_has_an_id_to_ask_for() -> None:
    started = started_command("arm", bodies.command())
    assert (started.id, started.finished, started.failed) == (5, False, False)


@pytest.mark.parametrize("done", [{"id": 5, "state_condition": "done"}, {"id": 5, "complete": True}])
def test_some_answers_are_done_already(done: object) -> None:
    assert started_command("arm", done).finished


def test_a_bare_message_has_nothing_to_wait_for() -> None:
    started = started_command("arm", {"message": "No Cameras Enabled for Motion", "code": 304})
    assert (started.id, started.message) == (None, "No Cameras Enabled for Motion")


def test_908_says_nothing_before_the_end() -> None:
    assert not command_status(bodies.status(complete=False), 5).complete


def test_the_end_is_good_with_908() -> None:
    looked = command_status(bodies.status(), 5)
    assert (looked.complete, looked.succeeded) == (True, True)


@pytest.mark.parametrize(
    "failure",
    [
        {"status": 1},
        {"status_code": 523, "status_msg": "Live view failed"},
        {"commands": [{"id": 5, "state_condition": "error"}]},
    ],
)
def test_the_end_is_bad_with_anything_else(failure: dict[str, Any]) -> None:
    looked = command_status(bodies.status(**failure), 5)
    assert (looked.complete, looked.succeeded) == (True, False)


def test_a_child_that_failed_does_not_fail_its_parent() -> None:
    children = [{"id": 5, "state_condition": "done"}, {"id": 6, "state_condition": "error"}]
    assert command_status(bodies.status(commands=children), 5).succeeded


@pytest.mark.parametrize("body", [{}, {"message": "hm"}, [], None, {"complete": "perhaps"}])
def test_a_status_that_does_not_say_whether_it_ended_is_an_error(body: object) -> None:
    with pytest.raises(BlinkResponseError):
        command_status(body, 5)
