"""What is remembered of buttons that somebody has unfolded."""

from blinkbot.bot.buttons.clip_keyboards import deleting_keyboard, deletion_keyboard
from blinkbot.bot.buttons.open_keyboards import KEPT, Unfolded
from tests.bot.house import clip


def test_the_last_that_was_unfolded_stands_there() -> None:
    unfolded = Unfolded()
    unfolded.keep((1, 7), deletion_keyboard(clip()))
    unfolded.keep((1, 7), deleting_keyboard(clip()))
    assert unfolded.at((1, 7)) == deleting_keyboard(clip())


def test_each_message_of_each_chat_is_apart() -> None:
    unfolded = Unfolded()
    unfolded.keep((1, 7), deletion_keyboard(clip()))
    assert unfolded.at((2, 7)) is None
    assert unfolded.at((1, 8)) is None


def test_what_is_folded_up_is_forgotten() -> None:
    unfolded = Unfolded()
    unfolded.fold((1, 7))
    unfolded.keep((1, 7), deletion_keyboard(clip()))
    unfolded.fold((1, 7))
    assert unfolded.at((1, 7)) is None


def test_only_so_many_messages_are_remembered() -> None:
    unfolded = Unfolded()
    for message in range(KEPT + 1):
        unfolded.keep((1, message), deletion_keyboard(clip()))
    assert unfolded.at((1, 0)) is None
    assert unfolded.at((1, KEPT)) is not None
