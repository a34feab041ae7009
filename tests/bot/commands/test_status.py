"""/status, as it reads on a phone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from blinkbot.domain import Health, Home, OddEntry, SlowedBy, SyncModule
from blinkbot.domain.clip_search import KeptClip
from blinkbot.domain.spending import RequestKind, Spending
from blinkbot.errors import BlinkUnreachable, Throttled
from blinkbot.simulator.botapi import Phone
from tests.bot.house import BELL, HOME, House, clip, home
from tests.clock import FakeClock

pytestmark = pytest.mark.usefixtures("chatbot")


async def status(phone: Phone) -> str:
    phone.say("/status")
    acknowledged = await phone.wait_for("Looking at your home…")
    return (await phone.wait_for_edit(acknowledged)).content


async def test_it_shows_each_network_and_camera(phone: Phone, house: House) -> None:
    await house.keep(KeptClip(clip(1)), KeptClip(clip(2, minutes_ago=90)))
    house.health = Health(last_good_poll=FakeClock().now - timedelta(seconds=12), poll_interval=30)
    assert (
        await status(phone)
        == """\
🔓 Home is disarmed

📷 Front Porch
motion on · 🔋 OK · 68 °F · 📶 4/5
last clip 11:50

📷 Kitchen
motion off
no clip yet

🔒 Cabin is armed

🔔 Door
⚠️ offline · motion on · 🪫 low · 📶 2/5
no clip yet

Blink answered 12 s ago.
I check for clips every 30 s.
✅ Signed in to Blink."""
    )


async def test_it_says_why_polling_is_slow_and_what_failed(phone: Phone, house: House) -> None:
    failure = Throttled("media-changed", 429)
    house.health = Health(FakeClock().now - timedelta(minutes=12), failure, 300, SlowedBy.THROTTLED)
    shown = await status(phone)
    assert "Blink answered 12 min ago." in shown
    assert "Blink wants me to slow down." in shown
    assert "Next try in about 5 minutes." in shown


async def test_it_tells_of_a_lost_session(phone: Phone, house: House) -> None:
    await house.sign_out()
    house.health = Health()
    shown = await status(phone)
    assert "Not signed in to Blink. /signin does that." in shown
    assert "Not connected to Blink yet." in shown


async def test_before_the_first_look_it_says_so(phone: Phone, house: House) -> None:
    house.now = Home()
    assert "I haven't seen your home yet." in await status(phone)
    house.health = Health()
    assert (await status(phone)).startswith("Not connected to Blink yet.")


async def test_an_offline_sync_module_is_marked(phone: Phone, house: House) -> None:
    house.now = replace(home(HOME), sync_modules=(SyncModule(61, 11, "Hall & co", online=False),))
    assert "Sync module Hall & co is offline" in await status(phone)


async def test_celsius_where_people_use_it(phone: Phone, house: House) -> None:
    house.now = home(replace(HOME, time_zone="Europe/New York"))
    assert "20 °C" in await status(phone)


async def test_a_hundred_cameras_fit_into_a_message(phone: Phone, house: House) -> None:
    cameras = [replace(BELL, id=1000 + number, name=f"<Camera & {number}> " + "🎥" * 60) for number in range(100)]
    house.now = home(cameras=cameras)
    assert "more lines" in await status(phone)


async def test_it_says_what_failed_and_not_what_to_do_when_the_bot_tries_again_itself(
    phone: Phone, house: House
) -> None:
    house.health = Health(FakeClock().now - timedelta(seconds=4), BlinkUnreachable("no way"), 60, SlowedBy.FAILURES)
    shown = await status(phone)
    assert "Blink answered just now.\n⚠️ Blink isn't answering.\nNext try in about a minute." in shown


async def test_it_shows_what_the_hours_requests_were_for(phone: Phone, house: House) -> None:
    spent = {RequestKind.LOOKS: 70, RequestKind.HOME: 10, RequestKind.PICTURES: 4}
    house.health = replace(house.health, spending=Spending(spent, 400))
    shown = await status(phone)
    assert "Blink: 84 of 400 requests in the last hour: 70 looks for clips, 10 looks at the home, 4 pictures." in shown


async def test_it_shows_what_was_left_out_one_line_a_list(phone: Phone, house: House) -> None:
    odd = [OddEntry("media", "media", field, "odd", "{}") for field in ("id", "device")]
    devices = OddEntry("homescreen", "cameras", "id", "odd", "{}")
    house.health = replace(house.health, left_out={**dict.fromkeys(odd, 1), devices: 1}, older_lists=True)
    shown = await status(phone)
    assert "Left out of Blink's list of clips: 2 entries that can't be read." in shown
    assert "Left out of Blink's list of devices: 1 entry that can't be read." in shown
    assert "Blink serves this account its older lists" in shown


async def test_clips_that_are_listed_do_not_vouch_for_the_home(phone: Phone, house: House) -> None:
    house.seen = house.clock() - timedelta(minutes=20)
    house.health = replace(house.health, last_good_poll=house.clock())
    shown = await status(phone)
    assert shown.startswith("⚠️ I couldn't ask about your home. This is how it was 20 min ago.")
    assert "Home was disarmed" in shown
    assert "Cabin was armed" in shown
    assert "is armed" not in shown
    assert "Blink answered" not in shown
