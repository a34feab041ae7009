"""The answers around a live view, in Blink's shapes (protocol §9)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.blink.wire.live import (
    LiveViewStatus,
    StartedLiveView,
    StreamAddress,
    live_view_status,
    started_live_view,
    stream_address,
)
from blinkbot.errors import BlinkResponseError, LiveViewUnsupported
from tests.blink import bodies

SERVER = "immis://198.51.100.7:8443/Xy7-pQz01aBcDeFg__IMDS_G8T1000000000301?client_id=208"


def answer(**more: Any) -> bodies.JSON:
    """What `liveview` answers today."""
    return {
        "command_id": 7_500_820_000,
        "join_available": True,
        "join_state": "available",
        "server": SERVER,
        "duration": 300,
        "extended_duration": 5400,
        "continue_interval": 30,
        "continue_warning": 10,
        "polling_interval": 15,
        "submit_logs": True,
        "new_command": True,
        "media_id": None,
        "options": {},
        "liveview_token": "a-token-of-this-session",
        **more,
    }


def test_an_answer_names_command_stream_and_times() -> None:
    assert started_live_view(answer()) == StartedLiveView(7_500_820_000, SERVER, 300.0, 15.0)


def test_the_duration_may_be_open() -> None:
    assert started_live_view(answer(duration=None)).longest is None


def test_the_older_answer_does_not_say_how_often_to_look() -> None:
    older = {"command_id": 9, "server": SERVER, "duration": 300, "continue_interval": 30, "network_id": 100}
    assert started_live_view(older).polling_interval == 15.0


@pytest.mark.parametrize("told", [0, -1, "soon", None, 1e30, True])
def test_times_that_make_no_sense_count_as_not_told(told: object) -> None:
    found = started_live_view(answer(duration=told, polling_interval=told))
    assert (found.longest, found.polling_interval) == (None, 15.0)


def test_looks_are_never_closer_than_a_second() -> None:
    assert started_live_view(answer(polling_interval=0.01)).polling_interval == 1.0


def test_an_answer_without_its_command_is_an_error() -> None:
    with pytest.raises(BlinkResponseError, match="liveview, field command_id"):
        started_live_view({"server": SERVER})


def test_neither_address_nor_token_of_a_stream_is_shown_to_whoever_reads_a_log() -> None:
    shown = repr(started_live_view(answer())) + repr(stream_address(SERVER))
    assert "Xy7-pQz01aBcDeFg" not in shown
    assert "a-token-of-this-session" not in shown


def test_an_address_is_taken_apart() -> None:
    assert stream_address(SERVER) == StreamAddress(
        "198.51.100.7", 8443, "Xy7-pQz01aBcDeFg", "G8T1000000000301", client_id=208
    )


@pytest.mark.parametrize(
    ("server", "found"),
    [
        (
            "immis://stream.example/live/Ab1__IMDS_120040563",
            StreamAddress("stream.example", 443, "Ab1", "120040563", 0),
        ),
        ("immis://[2001:db8::7]:443/Ab1__IMDS_1?client_id=5", StreamAddress("2001:db8::7", 443, "Ab1", "1", 5)),
        ("immis://stream.example:443/Ab1?client_id=5", StreamAddress("stream.example", 443, "Ab1", "", 5)),
    ],
)
def test_addresses_vary(server: str, found: StreamAddress) -> None:
    assert stream_address(server) == found


def test_rtsp_is_recognized_and_refused() -> None:
    with pytest.raises(LiveViewUnsupported, match="RTSP"):
        stream_address("rtsps://lv.example:443/Ab1__IMDS_120040563?client_id=208&blinkRTSP=true")


@pytest.mark.parametrize(
    "server",
    [
        "",
        "immis://",
        "immis:///Ab1__IMDS_1?client_id=5",
        "immis://stream.example",
        "immis://stream.example/",
        "immis://stream.example/__IMDS_1?client_id=5",
        "immis://me:secret@stream.example/Ab1__IMDS_1",
        "immis://stream.example:99999/Ab1__IMDS_1",
        "immis://[broken/Ab1__IMDS_1",
        "immis://stream.example/Ab1__IMDS_1?client_id=4294967296",
        "immis://stream.example/Ab1__IMDS_1?client_id=-1",
        "immis://stream.example/Ab1__IMDS_1?client_id=me",
        "immis://stream.example/Ab1__IMDS_1?client_id=%C2%B2",
        "immis://stream.example/Ab1__IMDS_1?client_id=00000000000000000000000000004294967296",
        "immis://strëam.example/Ab1__IMDS_1",
        "immis://stream.example/Ab 1__IMDS_1",
        "immis://stream.example/Ab1\n__IMDS_1",
        "https://stream.example/Ab1__IMDS_1?client_id=5",
    ],
)
def test_what_is_no_address_is_an_error_that_does_not_repeat_it(server: str) -> None:
    with pytest.raises(BlinkResponseError, match="liveview, field server") as caught:
        stream_address(server)
    assert "stream.example" not in str(caught.value)


@given(st.text())
def test_any_text_is_an_address_or_one_of_two_errors(server: str) -> None:
    for text in (server, f"immis://{server}", f"immis://stream.example/{server}", f"immis://h/a?client_id={server}"):
        try:
            found = stream_address(text)
        except (BlinkResponseError, LiveViewUnsupported):
            continue
        assert found.host
        assert found.connection
        assert 0 <= found.client_id < 2**32


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=4))
def test_any_values_make_an_answer_or_the_one_error(value: object) -> None:
    for field in ("command_id", "server", "duration", "polling_interval"):
        try:
            found = started_live_view(answer(**{field: value}))
        except BlinkResponseError:
            continue
        assert found.polling_interval >= 1


@pytest.mark.parametrize("condition", ["new", "running"])
def test_a_live_view_runs_while_its_command_is_new_or_running(condition: str) -> None:
    status = bodies.status(complete=False, commands=[{"id": 5, "state_condition": condition}])
    assert live_view_status(status, 5).running


@pytest.mark.parametrize("complete", [True, False])
def test_a_live_view_is_over_as_soon_as_its_command_is_neither(complete: bool) -> None:
    status = bodies.status(complete=complete, commands=[{"id": 5, "state_condition": "done"}])
    assert live_view_status(status, 5) == LiveViewStatus(running=False, succeeded=True, message="Command succeeded")


def test_other_commands_beside_it_say_nothing() -> None:
    others = [{"id": 4, "state_condition": "done"}, {"id": 5, "state_condition": "running"}]
    assert live_view_status(bodies.status(complete=False, commands=others), 5).running


@pytest.mark.parametrize("complete", [True, False])
def test_where_its_command_is_not_listed_completeness_tells(complete: bool) -> None:
    assert live_view_status(bodies.status(complete=complete, commands=[]), 5).running is not complete


def test_a_failed_live_view_says_why() -> None:
    failed = bodies.status(status=1, status_code=523, status_msg="Live view failed")
    assert live_view_status(failed, 5) == LiveViewStatus(running=False, succeeded=False, message="Live view failed")
