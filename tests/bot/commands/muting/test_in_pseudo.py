"""Every sentence about muting, said in the pseudo-language; nothing else is said."""

from dataclasses import replace
from datetime import timedelta

from blinkbot.bot.buttons.callback_data import minutes_of
from blinkbot.bot.buttons.callbacks import MuteFor, MuteUntil, SnoozeFor, Unmute
from blinkbot.domain import Home
from blinkbot.domain.preferences import EVERYTHING, Scope, Target
from blinkbot.errors import BlinkRefused, Busy
from tests.bot.house import CABIN, HOME, PORCH, home
from tests.bot.pseudo_talk import Talk
from tests.bot.under_clips import Arrive
from tests.clock import FakeClock

AT_PORCH, AT_KITCHEN, AT_CABIN = Target(Scope.CAMERA, 101), Target(Scope.CAMERA, 102), Target(Scope.NETWORK, 12)


async def test_mutes_and_snoozes(talk: Talk, arrive: Arrive, clock: FakeClock) -> None:
    house = talk.house
    house.now = home(HOME, replace(CABIN, name="Front Cabin"))
    await talk.say(
        "/mute",
        "/mute porch",
        "/mute all",
        "/mute front",
        "/mute front 1h",
        "/mute front until 23:00",
        "/mute nowhere 1h",
    )
    await talk.say("/mute porch 1h", "/mute front cabin 1h", "/unmute front", "/mute", "/snooze front off")
    await talk.say("/unmute porch", "/unmute porch", "/mute porch 1h", "/mute all 1h", "/mute", "/unmute porch")
    await talk.say("/unmute", "/unmute", "/mute all 1h", "/unmute")
    clip = await talk.arrives(arrive)
    await talk.tap(MuteFor(AT_PORCH, 60), Unmute(AT_PORCH), message=clip)
    await talk.say("/mute all 1h")
    await talk.tap(Unmute(AT_PORCH), MuteFor(EVERYTHING, 60), message=clip)
    await talk.say("/mute kitchen 1h", "/mute front cabin 1h")
    await talk.tap(MuteUntil(AT_PORCH, minutes_of(clock() - timedelta(hours=1))))
    house.now = home(HOME, cameras=[PORCH])
    await talk.say("/mute")
    await talk.tap(Unmute(AT_KITCHEN), MuteFor(AT_CABIN, 60))
    await talk.tap(Unmute(AT_KITCHEN), message=clip)
    house.now = home()
    await talk.say("/snooze", "/snooze porch", "/snooze porch 1h", "/snooze porch 2 days", "/snooze porch off")
    house.now = home(HOME, replace(CABIN, name="Front Cabin"))
    await talk.say("/snooze front", "/snooze front until 23:00")
    house.now = home()
    await talk.say("/snooze all 1h")
    await talk.tap(SnoozeFor(EVERYTHING, 1))
    nothing_to_silence = BlinkRefused("snooze", 400, code=2805)
    for error in (nothing_to_silence, Busy("snooze", 409)):
        house.unsnoozable = {AT_PORCH: error, AT_CABIN: error}
        await talk.say("/snooze porch 1h", "/snooze all 1h")
    house.now = Home()
    await talk.say("/mute porch 1h", "/snooze all 1h")
    talk.check("muting")
