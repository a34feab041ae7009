"""What tests of the buttons under clips share."""

from collections.abc import Awaitable, Callable

from blinkbot.simulator.botapi import Phone, SimMessage

Arrive = Callable[..., Awaitable[SimMessage]]
"""Lets a clip arrive in a chat: see the fixture `arrive`."""


def labels(message: SimMessage) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def further(phone: Phone, shown: SimMessage) -> SimMessage:
    """The message with its further buttons."""
    phone.tap(shown, "⋯ More")
    return await phone.wait_for_edit(shown, lambda state: "‹ Back" in labels(state))
