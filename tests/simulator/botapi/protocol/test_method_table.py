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


NONSENSE: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | st.just("HTML"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KNOWN_FIELDS = """
    type media caption parse_mode caption_entities message_id inline_keyboard chat_id text callback_data url
    command description emoji offset length user_id duration
"""
FIELDS_OF_OBJECTS = st.dictionaries(
    st.sampled_from(KNOWN_FIELDS.split()),
    NONSENSE | st.sampled_from(["photo", "video", "chat", "chat_member", "emoji", "attach://x"]),
)
ANYTHING = NONSENSE | FIELDS_OF_OBJECTS | st.lists(FIELDS_OF_OBJECTS | st.lists(FIELDS_OF_OBJECTS), max_size=3)


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
    fields = {
        parameter.name: data.draw(ANYTHING, label=parameter.name)
        for parameter in METHODS[method]
        if parameter.required or data.draw(st.booleans())
    }
    sensible = {"chat_id": 1001, "from_chat_id": 1001, "message_id": 1, "text": "hello"}
    fields |= {name: value for name, value in sensible.items() if name in fields and data.draw(st.booleans())}

    try:
        result = HANDLERS[method](a_world(), decode(method, fields, {}))
    except Refusal as refusal:
        answer = refusal.as_json()
    else:
        answer = {"ok": True, "result": result}

    assert json.loads(json.dumps(answer)) == answer
