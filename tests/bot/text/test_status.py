"""What is said of clips, pictures and commands."""

import pytest

from blinkbot.bot.text import status as render
from blinkbot.domain import ArmAction, CommandResult, Outcome
from tests.bot.house import HOME
from tests.clock import FakeClock

NOW = FakeClock().now


@pytest.mark.parametrize(
    ("action", "result", "words"),
    [
        (ArmAction.ARM, CommandResult(Outcome.DONE), "🔒 <b>Home</b> is armed"),
        (ArmAction.DISARM, CommandResult(Outcome.DONE), "🔓 <b>Home</b> is disarmed"),
        (
            ArmAction.DISARM,
            CommandResult(Outcome.REFUSED),
            "⚠️ <b>Home</b> was not disarmed: Blink refused without a reason.",
        ),
    ],
)
def test_the_ends_of_a_command_are_told_apart(action: ArmAction, result: CommandResult, words: str) -> None:
    assert render.switched(action, HOME, result, 3) == words
