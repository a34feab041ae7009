"""/live, /light and /siren, from the phone's side."""

from dataclasses import replace

import pytest

from blinkbot.bot import ChatBot, Tools
from blinkbot.domain import CommandResult, Outcome
from blinkbot.errors import BlinkUnreachable, LiveViewEnd, LiveViewFailed, LiveViewUnsupported
from blinkbot.simulator.botapi import MediaKind, Phone, SimMessage
from tests.bot.house import BELL, CABIN, HOME, KITCHEN, MP4, PORCH, House, home

pytestmark = pytest.mark.usefixtures("chatbot")

LIT_PORCH = replace(PORCH, has_light=True)
LIT_KITCHEN = replace(KITCHEN, has_light=True)


@pytest.fixture
def lit(house: House) -> House:
    """A home with one light and one siren."""
    house.now = replace(home(cameras=[LIT_PORCH, KITCHEN, BELL]), siren_networks=frozenset({HOME.id}))
    return house


def labels(message: SimMessage) -> list[str]:
    return [button.text for row in message.buttons for button in row]


class TestLive:
    async def test_waking_becomes_recording_becomes_the_video(
        self, phone: Phone, house: House, chatbot: ChatBot
    ) -> None:
        house.hold.clear()
        house.film.clear()
        phone.say("/live porch")
        waking = await phone.wait_for("🔴 Waking Front Porch…")
        await phone.wait_for_action("record_video")
        house.hold.set()
        recording = await phone.wait_for_edit(waking, "🔴 Recording Front Porch for 10 s…")
        house.film.set()
        video = await phone.wait_for_edit(recording, lambda state: state.media)
        assert video.media is not None
        assert (video.media.kind, video.media.data, video.media.duration) == (MediaKind.VIDEO, MP4, 12)
        assert video.content == "🔴 Front Porch — live view\nHome · 12:00"
        assert labels(video) == ["🔴 Again", "📷 Picture"]
        assert len(phone.from_bot) == 1
        await chatbot.stop()
        assert list(house.spool.iterdir()) == []

    async def test_again_comes_in_a_message_of_its_own(self, phone: Phone, house: House) -> None:
        phone.say("/live porch")
        first = await phone.wait_for(lambda state: state.media)
        phone.tap(first, "🔴 Again")
        await phone.wait_for(lambda state: state.media and state.id != first.id)
        assert house.asked == ["live 101 10"] * 2

    async def test_among_several_cameras_it_asks(self, phone: Phone) -> None:
        phone.say("/live")
        question = await phone.wait_for("Which camera?")
        assert labels(question) == ["🔴 Front Porch", "🔴 Kitchen", "🔴 Door"]
        phone.tap(question, "🔴 Kitchen")
        await phone.wait_for_edit(question, "Kitchen — live view")

    async def test_the_only_camera_needs_no_name(self, phone: Phone, house: House) -> None:
        house.now = home(CABIN)
        phone.say("/live")
        await phone.wait_for("Door — live view")

    async def test_an_unknown_camera_is_answered_with_those_that_exist(self, phone: Phone) -> None:
        phone.say("/live garage")
        await phone.wait_for("There's no camera “garage”. You have Front Porch, Kitchen and Door.")

    async def test_a_live_view_that_fails_can_be_tried_again(self, phone: Phone, house: House) -> None:
        house.results[101] = LiveViewFailed(LiveViewEnd.UNREACHABLE, "[Errno 111] Connection refused")
        phone.say("/live porch")
        failed = await phone.wait_for(
            "⚠️ No live view from Front Porch. The camera may be offline, or another app is watching it."
        )
        assert labels(failed) == ["🔄 Try again", "📷 Picture"]
        del house.results[101]
        phone.tap(failed, "🔄 Try again")
        await phone.wait_for_edit(failed, lambda state: state.media)

    async def test_a_camera_of_the_older_way_says_so(self, phone: Phone, house: House) -> None:
        house.results[101] = LiveViewUnsupported("RTSP")
        phone.say("/live porch")
        await phone.wait_for("streams in an older way that I can't record")

    async def test_nothing_to_play_is_told(self, phone: Phone, house: House) -> None:
        phone.say("/live porch")
        first = await phone.wait_for(lambda state: state.media)

        house.video = b""
        phone.tap(first, "🔴 Again")
        await phone.wait_for("⚠️ No live view from Front Porch. The video can't be played.")

    async def test_one_that_is_larger_than_telegram_takes_is_told(
        self, phone: Phone, house: House, tools: Tools
    ) -> None:
        tools.uploads.limit.known = 10
        phone.say("/live porch")
        told = await phone.wait_for("Telegram takes 0 MB at most")
        assert [button.text for row in told.buttons for button in row] == ["🔄 Try again", "📷 Picture"]

    async def test_without_a_session_it_offers_to_sign_in(self, phone: Phone, house: House) -> None:
        await house.sign_out()
        phone.say("/live porch")
        told = await phone.wait_for("I'm not signed in to Blink.")
        assert labels(told) == ["Sign in to Blink"]


class TestLight:
    async def test_it_is_switched_on_and_off_in_place(self, phone: Phone, lit: House) -> None:
        phone.say("/light porch on")
        on = await phone.wait_for("💡 Light on at Front Porch")
        phone.tap(on, "🌑 Turn off")
        off = await phone.wait_for_edit(on, "🌑 Light off at Front Porch")
        assert labels(off) == ["💡 Turn on"]
        assert lit.asked == ["light 101 on", "light 101 off"]

    async def test_without_a_word_it_asks_what_to_do(self, phone: Phone, lit: House) -> None:
        phone.say("/light")
        question = await phone.wait_for("Which light?")
        assert labels(question) == ["💡 Front Porch on", "🌑 Front Porch off"]

    async def test_among_several_it_asks_which(self, phone: Phone, lit: House) -> None:
        lit.now = replace(lit.now, cameras=(LIT_PORCH, LIT_KITCHEN))
        phone.say("/light off")
        question = await phone.wait_for("Which light?")
        assert labels(question) == ["🌑 Front Porch off", "🌑 Kitchen off"]
        phone.tap(question, "🌑 Kitchen off")
        await phone.wait_for_edit(question, "🌑 Light off at Kitchen")
        assert lit.asked == ["light 102 off"]

    async def test_a_home_without_lights_says_so(self, phone: Phone) -> None:
        phone.say("/light")
        await phone.wait_for("None of your cameras has a light.")

    async def test_a_light_that_was_taken_down_is_told(self, phone: Phone, lit: House) -> None:
        phone.say("/light")
        question = await phone.wait_for("Which light?")
        lit.now = home()
        phone.tap(question, "💡 Front Porch on")
        await phone.wait_for_edit(question, "This camera has no light.")
        assert lit.asked == []

    async def test_trouble_is_told_and_can_be_tried_again(self, phone: Phone, lit: House) -> None:
        lit.results[101] = CommandResult(Outcome.REFUSED, "Camera is <asleep>")
        phone.say("/light porch on")
        refused = await phone.wait_for("⚠️ Couldn't turn on the light at Front Porch. Blink says “Camera is <asleep>”.")
        lit.results[101] = BlinkUnreachable("no answer")
        phone.tap(refused, "🔄 Try again")
        await phone.wait_for_edit(refused, "⚠️ Couldn't turn on the light at Front Porch. Blink isn't answering.")

    async def test_an_unknown_end_is_not_called_a_success(self, phone: Phone, lit: House) -> None:
        lit.results[101] = CommandResult(Outcome.UNKNOWN)
        phone.say("/light porch on")
        await phone.wait_for("❓ Blink hasn't confirmed after 0 s that the light at Front Porch is on.")


class TestSiren:
    async def test_it_sounds_after_a_second_tap_and_can_be_silenced(self, phone: Phone, lit: House) -> None:
        phone.say("/siren")
        question = await phone.wait_for("🚨 Sound the siren at Home for 30 s?")
        assert lit.asked == []
        phone.tap(question, "🚨 Yes, sound it")
        sounding = await phone.wait_for_edit(question, "🚨 Siren on at Home, stops at 12:00:30")
        phone.tap(sounding, "🔇 Turn off")
        silent = await phone.wait_for_edit(sounding, "🔇 Siren off at Home")
        assert labels(silent) == []
        assert lit.asked == ["siren 11 30", "silence 11"]

    async def test_no_leaves_it_silent(self, phone: Phone, lit: House) -> None:
        phone.say("/siren home")
        question = await phone.wait_for("Sound the siren")
        phone.tap(question, "No")
        answered = await phone.wait_for_edit(question, "OK, cancelled.")
        assert labels(answered) == []
        assert lit.asked == []

    async def test_off_silences_it_at_once(self, phone: Phone, lit: House) -> None:
        phone.say("/siren off")
        await phone.wait_for("🔇 Siren off at Home")

    async def test_among_several_it_asks_which(self, phone: Phone, lit: House) -> None:
        lit.now = replace(lit.now, siren_networks=frozenset({HOME.id, CABIN.id}))
        phone.say("/siren")
        question = await phone.wait_for("Which siren?")
        phone.tap(question, "🚨 Cabin")
        await phone.wait_for_edit(question, "Sound the siren at Cabin")
        phone.say("/siren off")
        question = await phone.wait_for("Which siren?")
        phone.tap(question, "🔇 Home")
        await phone.wait_for_edit(question, "Siren off at Home")

    async def test_what_may_be_sounding_can_be_silenced(self, phone: Phone, lit: House) -> None:
        lit.results[11] = CommandResult(Outcome.UNKNOWN)
        phone.say("/siren")
        question = await phone.wait_for("Sound the siren")
        phone.tap(question, "🚨 Yes, sound it")
        unknown = await phone.wait_for_edit(question, "❓ Blink hasn't confirmed after 0 s that the siren at Home")
        assert labels(unknown) == ["🔇 Turn off", "🔄 Try again"]

    async def test_a_siren_that_is_gone_is_said_to_be(self, phone: Phone, lit: House) -> None:
        phone.say("/siren")
        question = await phone.wait_for("Sound the siren")
        lit.now = home()
        phone.tap(question, "🚨 Yes, sound it")
        await phone.wait_for_edit(question, "There's no siren there.")
        assert lit.asked == []

    async def test_a_home_without_sirens_says_so(self, phone: Phone) -> None:
        phone.say("/siren")
        await phone.wait_for("None of your networks has a siren.")
