"""The hand-written table of methods, held against the documentation where that is at hand; and against nonsense."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.simulator.botapi.flood import FloodLimits
from blinkbot.simulator.botapi.methods import HANDLERS
from blinkbot.simulator.botapi.protocol.errors import Refusal
from blinkbot.simulator.botapi.protocol.method_table import METHODS, Parameter
from blinkbot.simulator.botapi.protocol.parameters import decode
from blinkbot.simulator.botapi.state.chats import Chat
from blinkbot.simulator.botapi.state.values import ChatKind, Person
from blinkbot.simulator.botapi.state.world import World

DOCUMENTATION = Path(__file__).parents[5] / "shared" / "telegram-bot-api.json"
KINDS = {"Integer": "int", "String": "str", "Boolean": "bool"}
UNDOCUMENTED = ("setWebhook", "url")
"""Documented as required, but left empty it takes the webhook away."""


def documented_type(types: list[str]) -> str:
    if types == ["Integer", "String"]:
        return "chat"
    if "InputFile" in types:
        return "file"
    if types[0].startswith("Array of"):
        return "array"
    return KINDS.get(types[0], "object")


def test_every_method_in_the_table_is_carried_out() -> None:
    assert set(METHODS) == set(HANDLERS)


@pytest.mark.skipif(not DOCUMENTATION.exists(), reason="the Bot API's documentation as JSON is not beside the checkout")
@pytest.mark.parametrize("method", METHODS)
def test_a_method_s_parameters_are_as_documented(method: str) -> None:
    fields = json.loads(DOCUMENTATION.read_text(encoding="utf-8"))["methods"][method].get("fields", [])
    documented = {
        Parameter(field["name"], documented_type(field["types"]), field["required"])  # type: ignore[arg-type]
        for field in fields
        if (method, field["name"]) != UNDOCUMENTED
    }

    assert {each for each in METHODS[method] if (method, each.name) != UNDOCUMENTED} == documented


# Words to choose from, not `st.text()`: in a fresh checkout its first draw builds the tables of Unicode, which takes
# seconds on a busy machine and fails the health check.
WORDS = st.sampled_from(
    ["", "x", "7", "-1001", "true", "HTML", "<b>", "&lt;", "{}", "[1]", "@ada", "attach://x", "🐈", "\ud800"]
)
NONSENSE: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=4,
)
KNOWN_FIELDS = """
    type media caption parse_mode caption_entities message_id inline_keyboard chat_id text callback_data url
    command description offset length user_id duration
"""
FIELDS_OF_OBJECTS = st.dictionaries(
    st.sampled_from(KNOWN_FIELDS.split()),
    NONSENSE | st.sampled_from(["photo", "video", "chat", "chat_member", "attach://x"]),
    max_size=4,
)
ANYTHING = (
    NONSENSE | FIELDS_OF_OBJECTS | st.lists(FIELDS_OF_OBJECTS | st.lists(FIELDS_OF_OBJECTS, max_size=2), max_size=2)
)
MOST_OPTIONAL = 4
"""Of a method's optional parameters, given in one call: some methods have twenty, and each is slow to draw."""


def a_world() -> World:
    bot = Person(110201543, "Blinkbot", "blinkbot_sim_bot", is_bot=True)
    world = World(bot, lambda: datetime(2026, 3, 1, tzinfo=UTC), FloodLimits(), 1000)
    ada = world.people[1001] = Person(1001, "Ada")
    chat = world.chats[1001] = Chat(1001, ChatKind.PRIVATE, "Ada", {1001: ada})
    world.post(chat, bot, text="hello")
    return world


@given(st.data())
def test_nonsense_is_refused_and_never_an_accident(data: st.DataObject) -> None:
    method = data.draw(st.sampled_from([name for name in METHODS if name != "getUpdates"]))
    required = [parameter.name for parameter in METHODS[method] if parameter.required]
    optional = [parameter.name for parameter in METHODS[method] if not parameter.required]
    chosen = data.draw(st.lists(st.sampled_from(optional), max_size=MOST_OPTIONAL, unique=True)) if optional else []
    fields = {name: data.draw(ANYTHING, label=name) for name in [*required, *chosen]}
    sensible = {"chat_id": 1001, "message_id": 1, "text": "hello"}
    fields |= {name: value for name, value in sensible.items() if name in fields and data.draw(st.booleans())}

    try:
        result = HANDLERS[method](a_world(), decode(method, fields, {}))
    except Refusal as refusal:
        answer = refusal.as_json()
    else:
        answer = {"ok": True, "result": result}

    assert json.loads(json.dumps(answer)) == answer
