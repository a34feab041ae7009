"""Every sentence about requests and the sign-in, said in the pseudo-language; nothing else is said."""

from dataclasses import replace

from blinkbot.bot import TelegramAnnouncer
from blinkbot.bot.buttons.callbacks import SwitchSiren
from blinkbot.domain import PinRequest
from tests.bot.conftest import FAMILY, OWNER, STRANGER
from tests.bot.house import HOME, home
from tests.bot.pseudo_talk import Talk
from tests.clock import FakeClock
from tests.pseudo import PSEUDO, messages_by_file


async def requests(talk: Talk) -> None:
    house, phone, server = talk.house, talk.phone, talk.server
    await talk.say("/start", "/help", "/dance", "hello")
    await talk.tap("1:gone:1")
    house.now = replace(home(), siren_networks=frozenset({HOME.id}))
    await talk.tap_late(SwitchSiren(HOME.id, on=True))
    server.fail("editMessageMedia", status=400, description="Bad Request: IMAGE_PROCESS_FAILED")
    server.fail("sendPhoto", status=400, description="Bad Request: IMAGE_PROCESS_FAILED")
    await talk.say("/snap porch")
    house.memory.clear()
    phone.say("/arm")
    await phone.until(lambda: phone.last.content.startswith("⏳") or None, "a look at the home")
    house.memory.set()
    await talk.settled()
    house.hold.clear()
    first = phone.forge_tap(phone.last, "1:snap:101")
    await phone.wait_for_answer(first)
    await talk.phone.wait_for_answer(phone.forge_tap(phone.last, "1:snap:101"))
    house.hold.set()
    await talk.settled()
    stranger = server.phone(STRANGER, first_name="Ben", language=PSEUDO)
    group = server.group(-5005, "Friends", [stranger])
    talk.views += [stranger, group]
    for view in (stranger, group):
        view.say("/start")
        await view.wait_for("5005" if view is group else str(STRANGER))
        await view.wait_for_answer(view.forge_tap(view.last, "1:arm:1"))


async def sign_in(talk: Talk, announcer: TelegramAnnouncer, clock: FakeClock) -> None:
    house = talk.house
    await talk.say("/signin", "/pin 123456", "/status")
    await house.sign_out()
    family = talk.server.group(FAMILY, "Family", [talk.server.phone(OWNER)], bot_is_admin=True)
    talk.views.append(family)
    await talk.say("/pin 424242", "/pin abc", "/status")
    for house.pin_request in (
        PinRequest("sms", "", 1),
        PinRequest("", "+1 *** 42", 30),
        PinRequest(),
        PinRequest("sms", "+1"),
    ):
        await house.sign_out()
        await talk.say("/signin")
    clock.forward(4000)
    await talk.say("/signin", view=family)
    await talk.say("/pin 1234", "/pin 424242")
    talk.server.fail("deleteMessage", status=400, description="Bad Request: message can't be deleted")
    await talk.say("/pin 424242", view=family)
    await talk.say("/pin 424242", view=family)
    await house.sign_out()
    await talk.say("/arm home")
    await house.store.chats.authorize([FAMILY])
    await announcer.pin_needed(PinRequest("sms", "+1 *** 42", 30))


async def test_requests_and_the_sign_in(talk: Talk, announcer: TelegramAnnouncer, clock: FakeClock) -> None:
    await requests(talk)
    await sign_in(talk, announcer, clock)
    commands = {file for file in messages_by_file() if file.startswith("bot/commands/")}
    assert talk.language.unsaid(*commands) == {"say hello"}
    talk.house.hold.clear()
    await talk.house.store.chats.authorize([OWNER])
    await talk.house.sign_in()
    talk.phone.say("/snap kitchen")
    await talk.phone.until(lambda: talk.phone.last.content.startswith("⏳") or None, "a beginning")
    await talk.chatbot.stop()
    talk.check("dispatch", "signin")
