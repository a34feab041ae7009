"""The methods of the Bot API: each takes the world and its parameters, and returns what goes under `result`."""

from collections.abc import Callable
from typing import Any

from blinkbot.simulator.botapi.methods import about, chats, editing, polling, removing, sending, talking, topics
from blinkbot.simulator.botapi.params import Params
from blinkbot.simulator.botapi.world import World

Method = Callable[[World, Params], Any]
"""Raises Refusal. Only getUpdates is a coroutine."""

HANDLERS: dict[str, Method] = {
    **about.HANDLERS,
    **chats.HANDLERS,
    **editing.HANDLERS,
    **polling.HANDLERS,
    **removing.HANDLERS,
    **sending.HANDLERS,
    **talking.HANDLERS,
    **topics.HANDLERS,
}
