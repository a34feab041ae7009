"""Bodies that real servers sent, and made-up ones in the same shapes: nothing is dropped that a user would see."""

import json
from pathlib import Path
from typing import Any

import pytest

import blinkbot
from blinkbot.blink.http.responses import body_of
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.blink.wire import home, live
from blinkbot.errors import LiveViewUnsupported
from tests.blink.aside import nothing_aside
from tests.blink.helpers import NOON
from tests.blink.shapes import CHECKS, FINE, NOT_OURS, REFUSALS, check_of

REAL = Path(blinkbot.__file__).parents[2] / "shared" / "payloads"
OWN = Path(__file__).parent / "fixtures"

real_only = pytest.mark.skipif(not REAL.is_dir(), reason=f"the real bodies are not at {REAL}")


def bodies(keep: Any = None) -> list[Any]:
    """The files of both folders; the real ones are one skipped entry where their folder is missing."""
    real = sorted(REAL.glob("*.json")) or [REAL / "none.json"]
    files = [pytest.param(path, id=f"own {path.stem}") for path in sorted(OWN.glob("*.json")) if keep(kind(path))]
    missing = not REAL.is_dir()
    return files + [
        pytest.param(path, id=f"real {path.stem}", marks=real_only) for path in real if missing or keep(kind(path))
    ]


def kind(path: Path) -> str:
    """What a body is, by the beginning of its file's name."""
    return path.stem.partition("__")[0]


def load(path: Path) -> Any:
    return json.loads(path.read_bytes())


@pytest.mark.parametrize("path", bodies(lambda name: check_of(name) is not None))
def test_everything_that_a_user_would_see_passes_through(path: Path) -> None:
    check = check_of(kind(path))
    assert check is not None
    check(load(path))


@pytest.mark.parametrize("path", bodies(REFUSALS.__contains__))
def test_a_refusal_is_the_error_that_it_means(path: Path) -> None:
    operation, status, error = REFUSALS[kind(path)]
    with pytest.raises(error):
        body_of(OPERATIONS[operation], status, {}, path.read_bytes(), NOON)


@pytest.mark.parametrize("path", bodies(FINE.__contains__))
def test_a_yes_is_no_error(path: Path) -> None:
    assert body_of(OPERATIONS[FINE[kind(path)]], 200, {}, path.read_bytes(), NOON) == load(path)


@pytest.mark.parametrize("path", bodies(lambda name: name.startswith(("homescreen_", "version"))))
def test_an_update_that_is_required_is_harmless_where_there_is_more_to_say(path: Path) -> None:
    operation = OPERATIONS["version" if kind(path).startswith("version") else "homescreen"]
    assert body_of(operation, 200, {}, path.read_bytes(), NOON) == load(path)


@real_only
def test_no_real_body_is_passed_over() -> None:
    known = {*REFUSALS, *FINE, *NOT_OURS}
    kinds = {kind(path) for path in REAL.glob("*.json")}
    assert {name for name in kinds if check_of(name) is None} - known == set()


@real_only
def test_every_kind_of_real_body_has_one_of_our_own() -> None:
    own = {kind(path) for path in OWN.glob("*.json")}
    covered = {check for name in own if (check := check_of(name)) is not None}
    assert covered == set(CHECKS.values())
    assert set(REFUSALS) <= own


@real_only
def test_a_body_that_busy_answers_with_status_307_is_busy_too() -> None:
    (path,) = REAL.glob("clip_request_busy*")
    with pytest.raises(REFUSALS["clip_request_busy"][2]):
        body_of(OPERATIONS["record-clip"], 307, {}, path.read_bytes(), NOON)


@real_only
@pytest.mark.parametrize("path", sorted(REAL.glob("liveview_v5_rtsps*")), ids=kind)
def test_a_live_view_over_rtsp_is_told_as_not_supported(path: Path) -> None:
    with pytest.raises(LiveViewUnsupported):
        live.stream_address(live.started_live_view(load(path)).server)


@pytest.mark.parametrize("path", bodies(lambda name: name.startswith("homescreen_")))
def test_pictures_are_addresses_that_can_be_fetched(path: Path) -> None:
    for camera in home.home(load(path), nothing_aside).cameras:
        assert camera.picture is not None
        assert camera.picture.startswith("/")
        assert ".jpg" in camera.picture
