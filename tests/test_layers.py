"""Who may import whom: the map in `blinkbot/__init__.py`, held by reading the source."""

import ast
import sys
from functools import cache
from pathlib import Path

import pytest

import blinkbot

PACKAGE = Path(blinkbot.__file__).parent
CORE = {"domain", "errors"}

# package or module → what of blinkbot it may import, and which other libraries.
ALLOWED: dict[str, tuple[set[str], set[str]]] = {
    "domain": ({"errors"}, set()),
    "errors": (set(), set()),
    "lean_imports": (set(), set()),
    "locks": (set(), set()),
    "tls": ({"lean_imports"}, {"httpx"}),
    "translations": (set(), set()),
    "ports": (CORE, set()),
    "config": (CORE | {"lean_imports"}, {"pydantic", "pydantic_core", "pydantic_settings", "platformdirs"}),
    "logs": (set(), set()),
    "blink": (CORE | {"ports", "locks", "lean_imports", "tls"}, {"httpx"}),
    "store": (CORE | {"ports", "lean_imports"}, {"sqlite_utils"}),
    "media": (CORE | {"ports"}, {"av", "PIL", "matplotlib"}),
    "watch": (CORE | {"ports", "store"}, set()),
    "control": (CORE | {"ports", "store"}, set()),
    "bot": (CORE | {"ports", "locks", "config", "translations", "lean_imports", "tls"}, {"telegram", "httpx"}),
    "scheduler": ({"lean_imports"}, {"apscheduler"}),
    "parts": (
        CORE | {"ports", "config", "blink", "bot", "control", "media", "scheduler", "store", "watch"},
        set(),
    ),
    "app": (CORE | {"ports", "config", "logs", "parts", "scheduler", "store", "watch"}, set()),
    "cli": (
        CORE | {"", "app", "config", "logs", "translations", "blink", "bot", "control", "media", "simulator", "store"},
        {"click", "rich"},
    ),
    "__main__": ({"cli"}, set()),
    "__init__": (set(), set()),
    "simulator": (
        set(),
        {"starlette", "uvicorn", "python_multipart", "multipart", "av", "PIL", "trustme", "cryptography"},
    ),
}
HTTPX_HOMES = {"tls.py", "blink/http/transport.py", "blink/http/auth.py", "blink/signin/oauth.py", "bot/client/bot.py"}

# package → its room (a folder or a file) → the other rooms of it that it may import. Its face may import all of them.
ROOMS: dict[str, dict[str, set[str]]] = {
    "bot": {
        "timeparse": set(),
        "text": {"timeparse"},
        "buttons": {"text"},
        "client": {"buttons", "text"},
        "dispatch": {"client", "timeparse", "buttons", "text"},
        "delivery": {"client", "timeparse", "buttons", "text"},
        "commands": {"dispatch", "client", "timeparse", "buttons", "text"},
        "application": {"commands", "dispatch", "client", "buttons", "text"},
    },
    "blink": {
        "models": set(),
        "odd_entries": set(),
        "camera_settings": {"models"},
        "protocol": set(),
        "wire": {"camera_settings", "models", "protocol"},
        "http": {"protocol", "wire"},
        "signin": {"http", "protocol", "wire"},
        "commands": {"http", "wire"},
        "liveview": {"commands", "http", "protocol", "wire"},
        "endpoints": {"camera_settings", "commands", "http", "models", "odd_entries", "protocol", "wire"},
        "client": {"endpoints", "http", "liveview", "protocol", "wire"},
    },
    "store": {
        "sqlite": set(),
        **{room: {"sqlite"} for room in ("account", "chats", "clip_search", "preferences")},
        "home": {"sqlite", "unknown_cameras"},
        "clips": {"clip_search", "outbox", "sqlite"},
        "outbox": {"clip_search", "preferences", "sqlite"},
        "unknown_cameras": set(),
        "usb_clips": {"clips", "outbox", "sqlite", "unknown_cameras"},
        "store": {"account", "chats", "clips", "home", "outbox", "preferences", "sqlite", "usb_clips"},
    },
    "simulator": {
        **{room: set() for room in ("hosting", "ranges", "verbs")},
        "blinkcloud": {"hosting", "ranges", "verbs"},
        "botapi": {"hosting", "verbs"},
        "simulation": {"blinkcloud", "botapi"},
        "demopage": {"blinkcloud", "botapi", "hosting", "ranges", "verbs"},
    },
}
MOST_FILES = 16


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@cache
def imports(file: Path) -> set[str]:
    """Full names of the modules a file imports anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file.name}: a relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("file", sources(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_file_imports_only_what_its_layer_may(file: Path) -> None:
    layer = layer_of(file)
    own, libraries = ALLOWED[layer]
    for name in imports(file):
        top, _, rest = name.partition(".")
        if top == "blinkbot":
            assert rest.split(".")[0] in own | {layer}, f"{layer} imports {name}"
        else:
            assert top in libraries or top in sys.stdlib_module_names, f"{layer} imports {name}"


@pytest.mark.parametrize("package", ROOMS)
def test_no_import_between_the_rooms_of_a_package_runs_upwards(package: str) -> None:
    rooms = ROOMS[package]
    for file in (PACKAGE / package).rglob("*.py"):
        room = file.relative_to(PACKAGE / package).parts[0].removesuffix(".py")
        others = rooms.keys() if room == "__init__" else rooms[room]
        for name in imports(file):
            if name.startswith(f"blinkbot.{package}."):
                other = name.split(".")[2]
                assert other == room or other in others, f"{file.relative_to(PACKAGE)} imports {name}"


def test_no_folder_holds_more_than_a_look_takes_in() -> None:
    folders = [folder for folder in (PACKAGE, *PACKAGE.rglob("*")) if folder.is_dir() and folder.name != "__pycache__"]
    full = {str(folder): sum(path.is_file() for path in folder.iterdir()) for folder in folders}
    assert {folder: count for folder, count in full.items() if count > MOST_FILES} == {}


def test_every_layer_is_on_the_map() -> None:
    layers = {layer_of(file) for file in sources()}
    assert layers == set(ALLOWED)


@pytest.mark.parametrize("package", ROOMS)
def test_every_room_is_on_its_map(package: str) -> None:
    paths = (PACKAGE / package).iterdir()
    rooms = {path.stem for path in paths if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms - {"__init__"} == set(ROOMS[package])


def test_http_to_blink_leaves_from_few_places() -> None:
    users = {str(file.relative_to(PACKAGE)) for file in sources() if any(n.startswith("httpx") for n in imports(file))}
    assert users <= HTTPX_HOMES


def test_apscheduler_is_known_in_one_file() -> None:
    users = {layer_of(file) for file in sources() if any(n.startswith("apscheduler") for n in imports(file))}
    assert users == {"scheduler"}


def test_files_can_be_read_in_one_sitting() -> None:
    long = {str(file.relative_to(PACKAGE)): len(file.read_text().splitlines()) for file in sources()}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


def test_functions_can_be_read_at_a_glance() -> None:
    functions = [
        (f"{file.relative_to(PACKAGE)} {node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for file in sources()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert {name: lines for name, lines in functions if lines > 60} == {}
