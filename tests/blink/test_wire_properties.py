"""Whatever comes in place of a body: a sane value, or the one error that names operation and field."""

import json
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blinkbot.blink import wire, wire_programs
from blinkbot.domain import Home
from blinkbot.errors import BlinkResponseError
from tests.blink import bodies

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)

READERS: dict[str, tuple[Callable[[Any], object], Callable[[], Any]]] = {
    "homescreen": (wire.home, lambda: {**bodies.homescreen(), "accessories": {"storm": [{"id": 1, "target_id": 301}]}}),
    "media-changed": (wire.media_page, lambda: bodies.media(bodies.entry(), bodies.entry(9002))),
    "programs": (wire_programs.schedules, lambda: [bodies.program(), bodies.program(4)]),
    "arm": (lambda body: wire.started_command("arm", body), bodies.command),
    "command-status": (lambda body: wire.command_status(body, 5), bodies.status),
    "tier": (wire.account, lambda: {"tier": "u014", "account_id": 7}),
    "refresh": (
        lambda body: wire.granted("refresh", body),
        lambda: {"access_token": "a", "refresh_token": "r", "expires_in": 60},
    ),
    "sign-in": (wire.pin_request, lambda: {"tsv_state": "sms", "phone": "+1", "next_time_in_secs": 3}),
}


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) in a body."""
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    else:
        return []
    return [(value, key) for key, _ in inner] + [place for _, child in inner for place in places(child)]


def read(operation: str, body: Any) -> object:
    """The value, or None where the error is the right one."""
    try:
        return READERS[operation][0](body)
    except BlinkResponseError as error:
        if error.operation != operation:
            pytest.fail(f"{error} does not name {operation}")
        return None


@pytest.mark.parametrize("operation", READERS)
@given(body=anything)
def test_any_json_is_read_or_refused(operation: str, body: Any) -> None:
    read(operation, body)


@pytest.mark.parametrize("operation", READERS)
@given(data=st.data())
def test_a_good_body_with_one_odd_value_is_read_or_refused(operation: str, data: st.DataObject) -> None:
    body = READERS[operation][1]()
    container, key = data.draw(st.sampled_from(places(body)))
    container[key] = data.draw(anything)
    read(operation, body)


@pytest.mark.parametrize("operation", READERS)
@given(data=st.data())
def test_a_good_body_that_lacks_something_is_read_or_refused(operation: str, data: st.DataObject) -> None:
    body = READERS[operation][1]()
    container, key = data.draw(st.sampled_from(places(body)))
    del container[key]
    read(operation, body)


@given(data=st.data())
def test_a_home_that_is_read_is_sane(data: st.DataObject) -> None:
    body = bodies.homescreen()
    container, key = data.draw(st.sampled_from(places(body)))
    container[key] = data.draw(anything)
    home = read("homescreen", body)
    if isinstance(home, Home):
        for camera in home.cameras:
            camera.name.encode()
            assert camera.name
            assert 0 < camera.id < 2**63
            assert camera.temperature_f is None or math.isfinite(camera.temperature_f)


@settings(max_examples=20)
@given(st.lists(st.integers(min_value=1, max_value=2**63 - 1), unique=True, max_size=60))
def test_no_clip_of_a_page_is_lost(numbers: list[int]) -> None:
    page = wire.media_page(bodies.media(*(bodies.entry(number) for number in numbers)))
    assert [clip.id for clip in page.clips] == numbers


def test_a_page_of_ten_thousand_entries_is_read() -> None:
    body = json.loads(json.dumps(bodies.media(*(bodies.entry(number) for number in range(1, 10_001)), limit=10_000)))
    assert len(wire.media_page(body).clips) == 10_000
