"""Each package hands on, in its `__init__`, exactly what others may use; others import nothing else of it."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import blinkbot
from tests.test_lean_imports import loaded_by

PACKAGE = Path(blinkbot.__file__).parent

FACES = (
    *("blink", "bot", "control", "domain", "media", "ports", "store", "watch"),
    *("simulator.blinkcloud", "simulator.botapi", "simulator.demopage"),
)
"""The packages that others import from. `cli` is not among them: only its entry, cli/main.py, is called."""

OPEN = {"domain"}
"""What is said of one area (`domain.preferences`, `domain.statistics`) is imported from that module: words of six
areas on one face would say less, and each loads but the standard library."""

FOR_TESTS = {
    "store": {"ChatRepository"},
    "simulator.blinkcloud": {"Household", "entry"},
    "simulator.botapi": {"FloodLimits"},
}
"""Names that no other package uses: with them, tests put parts together or drive a simulator."""


DEFINITIONS = (ast.FunctionDef, ast.ClassDef)


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def package_of(module: str) -> str:
    """The package with a face, or the single module, that a module of ours belongs to."""
    top, _, rest = module.partition(".")
    inner = f"{top}.{rest.partition('.')[0]}"
    return inner if inner in FACES or top == "simulator" else top


@cache
def imports_in(file: Path) -> list[tuple[str, str]]:
    """What a file imports from our modules, anywhere in it: each module without "blinkbot.", and the name; "" for the
    module as a whole."""
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "blinkbot":
            found += [(f"blinkbot.{alias.name}", "") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(node.module or "", alias.name) for alias in node.names]
    return [(module.removeprefix("blinkbot."), name) for module, name in found if module.startswith("blinkbot.")]


def imported_from_others(file: Path) -> Iterator[tuple[str, str]]:
    """The modules of other packages that a file imports from, and what."""
    own = package_of(".".join(file.relative_to(PACKAGE).with_suffix("").parts))
    return ((module, name) for module, name in imports_in(file) if package_of(module) != own)


def names_in(package: str) -> set[str]:
    """The public names that a package's `__init__` imports from its own modules, or defines."""
    file = PACKAGE / package.replace(".", "/") / "__init__.py"
    imported = {name for module, name in imports_in(file) if module.startswith(f"{package}.")}
    defined = {node.name for node in ast.parse(file.read_text(encoding="utf-8")).body if isinstance(node, DEFINITIONS)}
    return {name for name in imported | defined if not name.startswith("_")}


def face_of(package: str) -> list[str]:
    return list(import_module(f"blinkbot.{package}").__all__)


@pytest.mark.parametrize("package", FACES)
def test_a_face_is_exact(package: str) -> None:
    face = face_of(package)
    assert len(face) == len(set(face))
    assert set(face) == names_in(package)
    for name in face:
        assert getattr(import_module(f"blinkbot.{package}"), name) is not None


@pytest.mark.parametrize("package", FACES)
def test_what_is_on_a_face_is_used_elsewhere(package: str) -> None:
    used = {name for file in sources() for module, name in imported_from_others(file) if module == package}
    assert set(face_of(package)) - used == FOR_TESTS.get(package, set())
    files = Path(__file__).parent.rglob("*.py")
    in_tests = {name for file in files for module, name in imports_in(file) if module == package}
    assert FOR_TESTS.get(package, set()) <= in_tests


@pytest.mark.parametrize("file", sources(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_file_imports_from_other_packages_what_is_on_their_faces(file: Path) -> None:
    for module, name in imported_from_others(file):
        package = package_of(module)
        if package in FACES and package not in OPEN:
            assert name, f"{module} is imported as a whole"
            assert module == package, f"{name} is imported from {module}, and not from {package}"
            assert name in face_of(package)


def test_every_way_to_import_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "any.py"
    ways = (
        "import blinkbot.watch.home_watch as x",
        "from blinkbot import watch",
        "from blinkbot.watch import HomeWatch",
    )
    file.write_text("\n".join(ways), encoding="utf-8")
    assert imports_in(file) == [("watch.home_watch", ""), ("watch", ""), ("watch", "HomeWatch")]


PURE = sorted(
    f"blinkbot.{'.'.join(file.relative_to(PACKAGE).with_suffix('').parts)}"
    for folder in ("bot/text", "bot/timeparse", "domain")
    for file in (PACKAGE / folder).glob("*.py")
    if file.stem != "__init__"
)


def test_the_bots_words_and_its_grammar_need_neither_telegram_nor_httpx() -> None:
    assert loaded_by(f"import {', '.join(PURE)}").isdisjoint({"telegram", "httpx", "sqlite_utils", "pydantic"})
