"""Signing in to Blink from the phone."""

import asyncio
import logging

import pytest

from blinkbot.bot import TelegramAnnouncer
from blinkbot.domain import PinRequest, SignInState
from blinkbot.errors import SessionEnded, WrongCredentials
from blinkbot.simulator.botapi import Phone, TelegramServer
from blinkbot.store import ChatRepository
from tests.bot.conftest import FAMILY, OWNER
from tests.bot.house import House

pytestmark = pytest.mark.usefixtures("chatbot")


@pytest.fixture
async def signed_out(house: House) -> House:
    await house.sign_out()
    return house


async def test_a_sign_in_asks_for_the_code_takes_it_and_deletes_it(phone: Phone, signed_out: House) -> None:
    phone.say("/signin")
    question = await phone.wait_for("Blink has sent a code by sms to +1 *** 42.")
    assert "You can ask for a new one in 30 seconds." in question.content
    code = phone.say("424242")
    done = await phone.wait_for("Signed in to Blink. I'm watching.")
    await phone.wait_for_deletion(code)
    await phone.wait_for_deletion(question)
    assert signed_out.state is SignInState.SIGNED_IN
    assert [message.id for message in phone.from_bot] == [done.id]


async def test_a_sign_in_without_a_code_is_told_in_one_message(phone: Phone, signed_out: House) -> None:
    signed_out.pin_request = None
    phone.say("/signin")
    await phone.wait_for("Signed in to Blink. I'm watching.")
    assert len(phone.from_bot) == 1


async def test_the_command_takes_the_code_too(phone: Phone, signed_out: House) -> None:
    phone.say("/signin")
    await phone.wait_for("Blink has sent a code")
    code = phone.say("/pin 424 242")
    await phone.wait_for("Signed in to Blink. I'm watching.")
    await phone.wait_for_deletion(code)


async def test_a_wrong_code_is_asked_for_again(phone: Phone, signed_out: House) -> None:
    phone.say("/signin")
    await phone.wait_for("Blink has sent a code")
    phone.say("111111")
    wrong = await phone.wait_for("Blink didn't accept that code.")
    signed_out.clock.forward(30)
    phone.tap(wrong, "✉️ Send a new code")
    await phone.wait_for_edit(wrong, "Blink has sent a code")
    phone.say("424242")
    await phone.wait_for("Signed in to Blink. I'm watching.")


async def test_a_new_code_too_soon_says_how_long_to_wait(phone: Phone, signed_out: House) -> None:
    phone.say("/signin")
    question = await phone.wait_for("Blink has sent a code")
    signed_out.clock.forward(7.7)
    phone.tap(question, "✉️ Send a new code")
    refused = await phone.wait_for_edit(question, "Ask for a new one in 23 s.")
    assert refused.buttons


async def test_wrong_credentials_say_where_to_correct_them(phone: Phone, signed_out: House) -> None:
    signed_out.trouble = WrongCredentials("no")
    phone.say("/signin")
    await phone.wait_for("Blink doesn't accept the e-mail or password in my settings.")


async def test_in_a_group_a_code_is_deleted_and_not_used(
    server: TelegramServer, phone: Phone, signed_out: House
) -> None:
    group = server.group(FAMILY, "Family", [phone], bot_is_admin=True)
    await signed_out.for_chat(OWNER).sign_in.start()
    code = group.say("/pin 424242")
    await group.wait_for("Please send me the code privately")
    await group.wait_for_deletion(code)
    assert signed_out.asked == ["sign in"]


async def test_where_the_bot_may_not_delete_it_asks_to(server: TelegramServer, phone: Phone, signed_out: House) -> None:
    group = server.group(FAMILY, "Family", [phone])
    group.say("/pin 424242")
    answer = await group.wait_for("delete your message here: I can't.")
    assert "424242" not in answer.content
    assert [(each.text, each.url) for each in answer.buttons[0]] == [("Open chat", "https://t.me/blinkbot_sim_bot")]


async def test_a_sign_in_from_a_group_asks_in_private(server: TelegramServer, phone: Phone, signed_out: House) -> None:
    group = server.group(FAMILY, "Family", [phone])
    group.say("/signin")
    await phone.wait_for("Blink has sent a code by sms")
    await group.wait_for("Blink has sent a code. Send it to me in a private chat.")


async def test_numbers_are_no_code_while_none_is_awaited(phone: Phone, house: House) -> None:
    phone.say("424242")
    await phone.wait_for("I didn't get that.")
    assert house.asked == []


async def test_a_code_nobody_waits_for_is_deleted_all_the_same(phone: Phone, house: House) -> None:
    code = phone.say("/pin 424242")
    await phone.wait_for("I'm not waiting for a code.")
    await phone.wait_for_deletion(code)


async def test_a_code_for_a_sign_in_that_a_restart_ended_is_deleted_and_explained(
    phone: Phone, signed_out: House
) -> None:
    code = phone.say("424242")
    await phone.wait_for("I'm not waiting for a code. /signin starts a sign-in.")
    await phone.wait_for_deletion(code)
    assert "pin" not in " ".join(signed_out.asked)


async def test_what_is_no_code_is_not_entered(phone: Phone, signed_out: House) -> None:
    await signed_out.for_chat(OWNER).sign_in.start()
    phone.say("/pin " + "9" * 3000)
    await phone.wait_for("A code has 4 to 8 digits.")
    assert signed_out.asked == ["sign in"]


async def test_no_code_is_ever_in_the_log(phone: Phone, signed_out: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    phone.say("/signin")
    await phone.wait_for("Blink has sent a code")
    phone.say("111222")
    await phone.wait_for("Blink didn't accept that code.")
    assert "111222" not in caplog.text


async def test_a_lost_session_asks_in_private_with_a_button(
    phone: Phone, signed_out: House, announcer: TelegramAnnouncer, server: TelegramServer
) -> None:
    group = server.group(FAMILY, "Family", [phone])
    await announcer.sign_in_needed(SessionEnded("refused"))
    asked = await phone.wait_for("Blink signed me out. No alerts until you sign in again.")
    phone.tap(asked, "Sign in to Blink")
    await phone.wait_for_edit(asked, "Blink has sent a code")
    assert group.from_bot == []


async def test_other_owners_who_were_asked_learn_that_it_is_done(
    phone: Phone, signed_out: House, directory: ChatRepository, server: TelegramServer
) -> None:
    await directory.authorize([OWNER, 1002])
    other = server.phone(1002, first_name="Ben")
    signed_out.pin_request = PinRequest("email", "a***@example.org")
    await signed_out.for_chat(OWNER).sign_in.start()
    asked = await other.wait_for("by email to a***@example.org")
    phone.say("424242")
    await other.wait_for_edit(asked, "Signed in to Blink.")


async def test_two_sign_ins_that_end_together_tell_each_chat_once(
    phone: Phone, directory: ChatRepository, announcer: TelegramAnnouncer, server: TelegramServer
) -> None:
    await directory.authorize([OWNER, 1002])
    other = server.phone(1002, first_name="Ben")
    await announcer.pin_needed(PinRequest())
    await asyncio.gather(announcer.signed_in(), announcer.signed_in())
    for chat in (phone, other):
        assert [message.text for message in chat.from_bot] == ["✅ Signed in to Blink. I'm watching."]
        assert chat.last.revision == 1


async def test_without_a_private_chat_the_group_is_told_what_to_do(
    server: TelegramServer, phone: Phone, directory: ChatRepository, announcer: TelegramAnnouncer
) -> None:
    await directory.authorize([FAMILY])
    group = server.group(FAMILY, "Family", [phone])
    await announcer.pin_needed(PinRequest())
    await group.wait_for("I only take it in a private chat, and none is set up.")


async def test_one_chat_that_cannot_be_reached_does_not_hide_the_question_from_the_others(
    phone: Phone, directory: ChatRepository, announcer: TelegramAnnouncer, server: TelegramServer
) -> None:
    await directory.authorize([1002, OWNER])
    server.phone(1002).block_bot()
    await announcer.pin_needed(PinRequest())
    await phone.wait_for("Blink has sent a code.")


async def test_the_menu_is_in_authorized_chats_only(
    phone: Phone, server: TelegramServer, announcer: TelegramAnnouncer
) -> None:
    server.group(FAMILY, "Family", [phone])
    await announcer.set_command_menu()
    assert "arm" in [command.command for command in phone.commands]
    assert server.phone(6666).commands == ()


async def test_a_sign_in_that_failed_is_asked_for_with_the_reason(phone: Phone, announcer: TelegramAnnouncer) -> None:
    await announcer.sign_in_needed(WrongCredentials("no"))
    await phone.wait_for("Correct them, then restart me. No alerts until you sign in.")
