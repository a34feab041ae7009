"""What is remembered of buttons that were opened."""

from blinkbot.bot.buttons.clip_keyboards import deleting_keyboard, deletion_keyboard
from blinkbot.bot.buttons.open_keyboards import KEPT, OpenKeyboards
from tests.bot.house import clip


def test_the_last_that_was_unfolded_stands_there() -> None:
    open_keyboards = OpenKeyboards()
    open_keyboards.keep((1, 7), deletion_keyboard(clip()))
    open_keyboards.keep((1, 7), deleting_keyboard(clip()))
    assert open_keyboards.at((1, 7)) == deleting_keyboard(clip())


def test_each_message_of_each_chat_is_apart() -> None:
    open_keyboards = OpenKeyboards()
    open_keyboards.keep((1, 7), deletion_keyboard(clip()))
    assert open_keyboards.at((2, 7)) is None
    assert open_keyboards.at((1, 8)) is None


def test_what_is_folded_up_is_forgotten() -> None:
    open_keyboards = OpenKeyboards()
    open_keyboards.fold((1, 7))
    open_keyboards.keep((1, 7), deletion_keyboard(clip()))
    open_keyboards.fold((1, 7))
    assert open_keyboards.at((1, 7)) is None


def test_only_so_many_messages_are_remembered() -> None:
    open_keyboards = OpenKeyboards()
    for message in range(KEPT + 1):
        open_keyboards.keep((1, message), deletion_keyboard(clip()))
    assert open_keyboards.at((1, 0)) is None
    assert open_keyboards.at((1, KEPT)) is not None
