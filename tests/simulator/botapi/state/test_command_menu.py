"""The command menu, and what the bot is doing above a chat."""

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from blinkbot.simulator.botapi import Command, Phone, TelegramServer

ARM = Command("arm", "Arm the home")
HELP = Command("help", "What I can do")


def as_sent(*commands: Command) -> list[BotCommand]:
    return [BotCommand(each.command, each.description) for each in commands]


async def test_a_chat_s_own_menu_goes_before_the_wider_ones(bot: Bot, server: TelegramServer, phone: Phone) -> None:
    stranger = server.phone(2002, first_name="Mallory")

    await bot.set_my_commands(as_sent(HELP), BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(as_sent(ARM, HELP), BotCommandScopeChat(1001))

    assert phone.commands == (ARM, HELP)
    assert stranger.commands == (HELP,)


async def test_a_menu_for_one_chat_shows_nowhere_else(bot: Bot, server: TelegramServer, phone: Phone) -> None:
    await bot.set_my_commands(as_sent(ARM), BotCommandScopeChat(1001))

    assert server.phone(2002).commands == ()
    assert server.group(-500, "Family", [phone]).commands == ()


async def test_a_menu_that_is_taken_away_uncovers_the_wider_one(bot: Bot, phone: Phone) -> None:
    await bot.set_my_commands(as_sent(HELP))
    await bot.set_my_commands(as_sent(ARM), BotCommandScopeChat(1001))

    await bot.delete_my_commands(BotCommandScopeChat(1001))

    assert phone.commands == (HELP,)


async def test_a_menu_in_the_person_s_language_goes_first(bot: Bot, phone: Phone) -> None:
    await bot.set_my_commands(as_sent(HELP))
    await bot.set_my_commands(as_sent(ARM), language_code="en")

    assert phone.commands == (ARM,)


async def test_a_chat_action_shows_above_the_chat(bot: Bot, phone: Phone) -> None:
    await bot.send_chat_action(1001, "upload_video")

    assert [action.action for action in phone.chat_actions] == ["upload_video"]
