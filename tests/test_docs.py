"""The documentation tells the truth: every command, setting and verb is in it, and its examples work."""

import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from blinkbot.bot import menu
from blinkbot.cli.main import main
from blinkbot.config import Settings, load, setting_names, variable_of

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The README's fenced blocks in a language, indented ones included."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^\1```$", README, flags=re.MULTILINE | re.DOTALL)
    return ["\n".join(line.removeprefix(indent) for line in body.splitlines()) for indent, body in found]


def test_it_opens_with_one_sentence_and_two_one_line_commands() -> None:
    title, sentence, *_ = [part for part in README.split("\n\n") if part.strip()]
    assert title == "# blinkbot"
    assert "\n" not in sentence.strip()
    first, second = blocks("sh")[:2]
    assert "\n" not in first
    assert "\n" not in second
    assert first.endswith("blinkbot demo")
    assert second.endswith("pytest")
    assert all(command.startswith("python3 -m venv ") for command in (first, second))


@pytest.mark.parametrize("command", [name for name, _ in menu()])
def test_every_command_of_the_chat_is_told(command: str) -> None:
    assert f"/{command}" in README


@pytest.mark.parametrize("verb", sorted(main.commands))
def test_every_verb_of_the_program_is_told(verb: str) -> None:
    assert f"`blinkbot {verb}" in README


@pytest.mark.parametrize("verb", sorted(main.commands))
def test_every_option_of_a_verb_is_told(verb: str) -> None:
    for parameter in main.commands[verb].params:
        for option in parameter.opts:
            assert option in README or option in ("--verbose", "--help"), option


@pytest.mark.parametrize("setting", setting_names())
def test_every_setting_is_told_with_its_variable(setting: str) -> None:
    assert f"`{setting}`" in README
    assert f"`{variable_of(setting)}`" in README


def test_no_setting_is_told_that_does_not_exist() -> None:
    told = set(re.findall(r"`(BLINKBOT_[A-Z_]+)`", README))
    assert told <= {variable_of(name) for name in setting_names()} | {"BLINKBOT_CONFIG"}


def loaded(text: str, folder: Path) -> Settings:
    file = folder / "blinkbot.toml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def test_the_examples_settings_load(tmp_path: Path) -> None:
    assert loaded(blocks("toml")[0], tmp_path).telegram.chats == (123456789,)
    example = (ROOT / "deploy" / "blinkbot.example.toml").read_text(encoding="utf-8")
    assert loaded(example, tmp_path).watch.interval == 30


def test_what_the_example_has_commented_out_are_settings_too() -> None:
    example = (ROOT / "deploy" / "blinkbot.example.toml").read_text(encoding="utf-8")
    uncommented = re.sub(r"^# (\w+ = )", r"\1", example, flags=re.MULTILINE)
    content = tomllib.loads(uncommented)
    keys = {f"{section}.{key}" for section, part in content.items() if isinstance(part, dict) for key in part}
    keys |= {key for key, value in content.items() if not isinstance(value, dict)}
    assert keys <= set(setting_names())


def test_what_it_points_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target


def test_each_file_on_the_map_is_there() -> None:
    import blinkbot

    assert blinkbot.__doc__ is not None
    told = set(re.findall(r"^(\w+(?:\.py|/)) ", blinkbot.__doc__, flags=re.MULTILINE))
    there = {path.name + "/" * path.is_dir() for path in (ROOT / "blinkbot").iterdir() if path.name[0] not in "_."}
    assert there - {"py.typed"} == told


def packages() -> list[str]:
    """The package's folders with a map of their own."""
    found = (file.parent for file in (ROOT / "blinkbot").rglob("__init__.py"))
    return sorted(folder.relative_to(ROOT).as_posix() for folder in found if folder.name != "blinkbot")


@pytest.mark.parametrize("package", packages())
def test_each_file_and_folder_of_a_package_is_on_its_map(package: str) -> None:
    module = import_module(package.replace("/", "."))
    # A command's file stands in the list of them, which is in the order of the menu.
    told = "\n".join([module.__doc__ or "", *(name for name in getattr(module, "FILES", ()) if "." not in name)])
    there = {path.stem for path in (ROOT / package).glob("*.py")} - {"__init__", "__main__"}
    folders = {path.parent.name for path in (ROOT / package).glob("*/__init__.py")}
    assert [name for name in sorted(there) if not re.search(rf"\b{name}\b", told)] == []
    assert set(re.findall(r"\b(\w+)\.py\b", told)) <= there | {"__init__", "__main__"}
    assert set(re.findall(r"^(\w+)/ ", told, flags=re.MULTILINE)) == folders
