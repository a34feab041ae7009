"""What the client hands on: exactly what the rest of the program uses."""

import ast
from pathlib import Path

import blinkbot
from blinkbot import blink

PACKAGE = Path(blinkbot.__file__).parent


def imported() -> set[str]:
    """Full names of what files outside import of the client."""
    found = set()
    for file in PACKAGE.rglob("*.py"):
        if file.relative_to(PACKAGE).parts[0] == "blink":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith("blinkbot.blink."):
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_the_face_is_what_others_use_and_nothing_else() -> None:
    assert {f"blinkbot.blink.{name}" for name in blink.__all__} == imported()


def test_every_name_on_it_is_there() -> None:
    assert all(hasattr(blink, name) for name in blink.__all__)
