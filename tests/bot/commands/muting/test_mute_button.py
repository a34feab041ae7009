"""The button under a clip that mutes its camera, and ends that."""

from datetime import timedelta

import pytest

from blinkbot.bot.buttons.callback_data import encode
from blinkbot.bot.buttons.callbacks import MuteFor, MuteUntil
from blinkbot.bot.buttons.clip_keyboards import clip_keyboard
from blinkbot.bot.client.polling import PollingBot
from blinkbot.domain.clip_search import KeptClip
from blinkbot.domain.preferences import Scope, Target
from blinkbot.simulator.botapi import Phone, SimMessage, TelegramServer
from tests.bot.house import CABIN, PORCH, House, clip, home, jpeg

pytestmark = pytest.mark.usefixtures("chatbot")

PORCH_ONLY = Target(Scope.CAMERA, PORCH.id)


async def alert(bot: PollingBot, phone: Phone) -> SimMessage:
    """A clip as it stands in the chat."""
    buttons = clip_keyboard(clip(), home())
    sent = await bot.send_photo(phone.chat_id, jpeg(), caption="clip", reply_markup=buttons)
    return phone.now(sent.message_id)


async def test_under_a_clip_the_button_turns_and_no_message_comes(bot: PollingBot, phone: Phone, house: House) -> None:
    shown = await alert(bot, phone)
    tap = phone.tap(shown, "🔕 Mute 1 h")
    assert (await phone.wait_for_answer(tap)).text == "🔕 Front Porch is muted here until 13:00."
    await phone.wait_for_edit(shown, lambda state: "🔔 Unmute" in str(state.buttons))
    assert phone.now(shown).content == "clip"
    assert len(phone.from_bot) == 1
    assert await house.muted() == {PORCH_ONLY: timedelta(hours=1)}


async def test_it_turns_back_with_the_next_tap(bot: PollingBot, phone: Phone, house: House) -> None:
    shown = await alert(bot, phone)
    phone.tap(shown, "🔕 Mute 1 h")
    turned = await phone.wait_for_edit(shown, lambda state: "🔔 Unmute" in str(state.buttons))
    tap = phone.tap(turned, "🔔 Unmute")
    assert (await phone.wait_for_answer(tap)).text == "🔔 Alerts from Front Porch are back on."
    await phone.wait_for_edit(turned, lambda state: state.buttons == shown.buttons)
    assert await house.muted() == {}


async def test_it_stays_turned_while_one_looks_at_the_further_buttons(
    bot: PollingBot, phone: Phone, house: House
) -> None:
    shown = await alert(bot, phone)
    await house.keep(*await house.kept(), KeptClip(clip()))
    phone.tap(shown, "🔕 Mute 1 h")
    turned = await phone.wait_for_edit(shown, lambda state: "🔔 Unmute" in str(state.buttons))
    phone.tap(turned, "⋯ More")
    more = await phone.wait_for_edit(turned, lambda state: "‹ Back" in str(state.buttons))
    phone.tap(more, "‹ Back")
    back = await phone.wait_for_edit(more, lambda state: "⋯ More" in str(state.buttons))
    assert back.buttons == turned.buttons


async def test_it_stays_a_toast_where_telegram_is_slow_to_change_buttons(
    server: TelegramServer, bot: PollingBot, phone: Phone
) -> None:
    server.slow("editMessageReplyMarkup", 0.2)
    shown = await alert(bot, phone)
    muting = phone.tap(shown, "🔕 Mute 1 h")
    turned = await phone.wait_for_edit(shown, lambda state: "🔔 Unmute" in str(state.buttons))
    assert "muted here until 13:00" in (await phone.wait_for_answer(muting)).text
    ending = phone.tap(turned, "🔔 Unmute")
    await phone.wait_for_edit(turned, lambda state: state.buttons == shown.buttons)
    assert "are back on" in (await phone.wait_for_answer(ending)).text
    assert len(phone.from_bot) == 1


async def test_under_a_clip_it_tells_that_more_is_muted(bot: PollingBot, phone: Phone, house: House) -> None:
    shown = await alert(bot, phone)
    phone.tap(shown, "🔕 Mute 1 h")
    await phone.wait_for_edit(shown, lambda state: "🔔 Unmute" in str(state.buttons))
    phone.say("/mute home 1h")
    await phone.wait_for("Home is muted")
    tap = phone.tap(shown, "🔔 Unmute")
    assert (await phone.wait_for_answer(tap)).text == "🔕 Front Porch stays hidden by another mute: see /mute."


async def test_pressed_twice_it_mutes_once_and_no_message_comes(bot: PollingBot, phone: Phone, house: House) -> None:
    shown = await alert(bot, phone)
    data = shown.button("🔕 Mute 1 h").data or ""
    phone.forge_tap(shown, data)
    await phone.wait_for_edit(shown, lambda state: "🔔 Unmute" in str(state.buttons))
    second = phone.forge_tap(shown, data)
    assert "muted here until 13:00" in (await phone.wait_for_answer(second)).text
    assert phone.now(shown).button("🔔 Unmute")
    assert len(phone.from_bot) == 1
    assert await house.muted() == {PORCH_ONLY: timedelta(hours=1)}


async def test_the_button_of_a_camera_that_is_gone_says_so(bot: PollingBot, phone: Phone, house: House) -> None:
    shown = await alert(bot, phone)
    house.now = home(CABIN)
    tap = phone.tap(shown, "🔕 Mute 1 h")
    assert "camera or network is gone" in (await phone.wait_for_answer(tap)).text
    assert await house.muted() == {}


async def test_unmuting_a_camera_that_is_gone_says_so(bot: PollingBot, phone: Phone, house: House) -> None:
    shown = await alert(bot, phone)
    phone.tap(shown, "🔕 Mute 1 h")
    turned = await phone.wait_for_edit(shown, lambda state: "🔔 Unmute" in str(state.buttons))
    house.now = home(CABIN)
    tap = phone.tap(turned, "🔔 Unmute")
    assert (await phone.wait_for_answer(tap)).text.startswith("🔔 Mute ended.")
    assert await house.muted() == {}


async def test_no_forged_end_is_later_than_words_can_tell(bot: PollingBot, phone: Phone, house: House) -> None:
    phone.say("/mute")
    shown = await phone.wait_for("Nothing is muted.")
    phone.forge_tap(shown, encode(MuteUntil(PORCH_ONLY, 10**9)))
    await phone.wait_for_edit(shown, "Front Porch is muted here")
    assert await house.muted() == {PORCH_ONLY: timedelta(days=30)}


async def test_no_forged_length_lasts_longer_than_words_can(bot: PollingBot, phone: Phone, house: House) -> None:
    shown = await alert(bot, phone)
    tap = phone.forge_tap(shown, encode(MuteFor(PORCH_ONLY, 999_999)))
    await phone.wait_for_answer(tap)
    assert await house.muted() == {PORCH_ONLY: timedelta(days=30)}
