"""What status and body of an answer mean."""

import json
from datetime import timedelta

import pytest

from blinkbot.blink.http.responses import body_of, retry_after
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.errors import (
    AppUpdateRequired,
    BlinkError,
    BlinkRefused,
    BlinkResponseError,
    Busy,
    NotFound,
    NotSignedIn,
    ServerError,
    Throttled,
)
from tests.blink.helpers import NOON

UPDATE = {"message": "An app update is required"}


def answer(
    operation: str = "homescreen", status: int = 200, body: object = None, headers: dict[str, str] | None = None
) -> object:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return body_of(OPERATIONS[operation], status, headers or {}, content, NOON)


def test_a_good_answer_is_its_json() -> None:
    assert answer(body={"networks": []}) == {"networks": []}


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, {"message": "Unauthorized Access", "code": 101}, NotSignedIn),
        (401, b"", NotSignedIn),
        (403, b"<html>Forbidden</html>", Throttled),
        (429, b"", Throttled),
        (404, {"message": "Camera not found", "code": 500}, NotFound),
        (404, b"", NotFound),
        (200, {"message": "Media not found", "code": 700}, NotFound),
        (409, b"", Busy),
        (200, {"message": "System is busy, please wait", "code": 307, "error": None}, Busy),
        (307, {"message": "System is busy, please wait", "code": 307}, Busy),
        (307, b"", Busy),
        (426, UPDATE, AppUpdateRequired),
        (426, b"", AppUpdateRequired),
        (200, UPDATE, AppUpdateRequired),
        (200, {**UPDATE, "code": 105, "update_required": True, "update_available": True}, AppUpdateRequired),
        (200, {"message": "An App Update Is Required.", "code": "105"}, AppUpdateRequired),
        (400, {"message": "Motion capture not enabled for device", "code": 2805}, BlinkRefused),
        (200, {"message": "Invalid snooze time", "code": 2800}, BlinkRefused),
        (200, {"message": "Live view failed", "code": 523}, BlinkRefused),
        (400, {"message": "Wrong device type", "code": 1630}, BlinkRefused),
        (500, b"<html>", ServerError),
        (503, {"message": "maintenance"}, ServerError),
        (500, {"message": "Internal Server Error", "code": 500}, ServerError),
    ],
)
def test_an_error_answer_becomes_its_own_error(status: int, body: object, error: type[BlinkError]) -> None:
    with pytest.raises(BlinkError) as raised:
        answer(status=status, body=body)
    assert type(raised.value) is error


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"", "empty"),
        (b"  ", "empty"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b'{"networks": [{"id": 1', "cut"),
        (b"OK", "not JSON"),
        (b'{"networks": NaN}', "broken"),
        (b"[" * 100_000, "broken"),
        (b'\xff\xfe{"', "not JSON"),
    ],
)
def test_a_good_status_without_json_names_operation_and_what_came(body: bytes, word: str) -> None:
    with pytest.raises(BlinkResponseError, match=word) as raised:
        answer(body=body)
    assert raised.value.operation == "homescreen"


def test_arming_without_a_motion_camera_is_no_refusal() -> None:
    body = {"message": "No Cameras Enabled for Motion", "code": 304}
    assert answer("arm", body=body) == body


@pytest.mark.parametrize(("operation", "code"), [("enable-program", 802), ("disable-program", 803), ("arm", 304)])
def test_an_operation_knows_its_own_codes_of_success(operation: str, code: int) -> None:
    assert answer(operation, body={"message": "fine", "code": code})


def test_the_update_notice_inside_a_full_homescreen_is_harmless() -> None:
    body = {"networks": [], "app_updates": {**UPDATE, "code": 105, "update_required": True}}
    assert answer(body=body) == body


def test_the_version_operation_may_answer_the_update_notice() -> None:
    body = {**UPDATE, "code": 105, "update_available": True, "update_required": True}
    assert answer("version", body=body) == body


def test_a_refusal_keeps_status_code_and_message() -> None:
    with pytest.raises(BlinkRefused) as raised:
        answer("snooze-camera", 400, {"message": "Motion capture not enabled for device", "code": 2805})
    assert (raised.value.status, raised.value.code) == (400, 2805)
    assert str(raised.value) == "Blink refused snooze-camera: Motion capture not enabled for device (code 2805)"


def test_a_redirect_is_not_followed_with_a_token() -> None:
    with pytest.raises(BlinkResponseError, match="elsewhere"):
        answer(status=302, headers={"Location": "https://evil.example"})


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120.0),
        ("Sun, 22 Nov 2026 12:01:30 GMT", 90.0),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("9" * 400, None),
    ],
)
def test_retry_after_is_read_in_both_forms(told: str, seconds: float | None) -> None:
    assert retry_after({"Retry-After": told}, NOON) == seconds


def test_throttling_tells_how_long_to_wait() -> None:
    with pytest.raises(Throttled) as raised:
        answer(status=429, headers={"Retry-After": "45"})
    assert raised.value.retry_after == timedelta(seconds=45).total_seconds()
