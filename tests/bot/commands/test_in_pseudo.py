"""Every sentence of the commands, said in the pseudo-language; nothing else is said."""

import re
from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import UTC, timedelta

import pytest

from blinkbot import errors
from blinkbot.bot import TelegramAnnouncer
from blinkbot.bot.buttons.callbacks import (
    Choice,
    ChooseKind,
    DisableSchedule,
    Dismiss,
    EnableSchedule,
    ShowAlerts,
    SwitchCamera,
    SwitchChoice,
    SwitchSiren,
    SwitchTopics,
)
from blinkbot.bot.text import status
from blinkbot.bot.text.error_messages import WRONG_DEVICE
from blinkbot.control.signin import SignInService
from blinkbot.domain import CommandResult, Home, OddEntry, Outcome, Schedule, SignInState, SlowedBy
from blinkbot.domain.clip_search import ClipEvent, KeptClip
from blinkbot.domain.preferences import AlertKind, NotificationMode
from blinkbot.domain.spending import RequestKind, Spending
from blinkbot.domain.statistics import activity
from blinkbot.translations import speaking
from tests.bot.conftest import OWNER
from tests.bot.house import BELL, CABIN, HOME, KITCHEN, PORCH, Videos, clip, home, night
from tests.bot.pseudo_talk import Talk
from tests.clock import FakeClock
from tests.pseudo import PSEUDO, hatted

FORUM = -1004003
LIT = replace(PORCH, has_light=True)
SEVERAL_CAMERAS_HAVE_SEVERAL_EVENTS = {"📊 <b>{n} event in {days} days</b>, most at {camera}"}


async def test_alerts_quiet_hours_and_topics(talk: Talk) -> None:
    await talk.say("/alerts", "/alerts hello", "/alerts porch")
    cameras = [SwitchCamera(camera.id, on=False) for camera in (PORCH, KITCHEN, BELL)]
    await talk.tap(cameras[0], ShowAlerts(cameras=False), *cameras[1:], ShowAlerts(cameras=False))
    await talk.tap(*(SwitchCamera(each.camera_id, on=True) for each in cameras))
    await talk.tap(*(SwitchChoice(choice, on=on) for choice in Choice for on in (False, True)))
    await talk.say("/quiet", "/quiet 22-7")
    await talk.tap(SwitchChoice(Choice.BELL, on=False), SwitchChoice(Choice.BELL, on=True))
    await talk.say("/alerts")
    await talk.tap(SwitchChoice(Choice.BELL, on=False))
    for mode in (NotificationMode.SILENT, NotificationMode.NOT_AT_ALL):
        await talk.tap(*(ChooseKind(kind, mode) for kind in AlertKind))
    await talk.say("/quiet off", "/topics")
    forum = talk.server.group(FORUM, "Family", [talk.server.phone(OWNER)], forum=True)
    plain = talk.server.group(FORUM - 1, "Friends", [talk.server.phone(OWNER)])
    talk.views += [forum, plain]
    await talk.house.store.chats.authorize([OWNER, forum.chat_id, plain.chat_id])
    for group in (forum, plain):
        await talk.house.store.chats.set_language(group.chat_id, PSEUDO)
        await talk.say("/topics", view=group)
    forum.add_bot(as_admin=True)
    talk.house.now = home(cameras=[PORCH, replace(KITCHEN, name="")])
    await talk.say("/topics hello", "/topics", view=forum)
    await talk.tap(SwitchTopics(on=True), view=forum)
    await talk.say("/topics", "/topics off", "/topics off", "/alerts", view=forum)
    assert set(forum.topics.values()) == {"Front Porch", hatted("Camera 102")}
    await talk.tap(*(SwitchCamera(camera.id, on=False) for camera in (PORCH, KITCHEN)), view=forum)
    await talk.say("/topics on", view=forum)
    talk.check("alerts")


REFUSED = CommandResult(Outcome.REFUSED, "")
UNKNOWN = CommandResult(Outcome.UNKNOWN)


async def order_networks_lights_and_sirens(talk: Talk, clock: FakeClock) -> None:
    house = talk.house
    house.now = replace(home(cameras=[LIT, KITCHEN, BELL]), siren_networks=frozenset({HOME.id, CABIN.id}))
    await talk.say("/arm", "/disarm", "/arm nowhere", "/light", "/light porch", "/light nowhere", "/siren")
    await talk.say("/siren nowhere", "/siren off", "/siren home")
    await talk.tap(Dismiss())
    for result in (CommandResult(Outcome.DONE), REFUSED, UNKNOWN):
        house.results = dict.fromkeys((HOME.id, CABIN.id, LIT.id), result)
        for armed, words in ((False, "/arm home"), (True, "/disarm all")):
            house.now = replace(house.now, networks=tuple(replace(each, armed=armed) for each in house.now.networks))
            await talk.say(words)
        await talk.say("/light porch on", "/light porch off", "/siren home off")
        await talk.say("/siren home")
        await talk.tap(SwitchSiren(HOME.id, on=True))
    talk.phone.say("/disarm")
    clock.forward(1000)
    await talk.phone.until(lambda: talk.phone.last.buttons or None, "the question")
    await talk.tap_late(SwitchSiren(HOME.id, on=True))
    house.now = Home()
    await talk.say("/arm", "/light", "/siren")


async def look_at_cameras(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    house = talk.house
    await talk.say("/snap", "/live", "/snap nowhere", "/snap kitchen", "/snap all", "/live kitchen")
    house.looks_go_on.set()
    house.shown_at_look = house.looks + 6
    await talk.say("/snap kitchen")
    house.shown_at_look = 0
    house.trouble = errors.BlinkRefused("snap", 400, "Camera is offline")
    await talk.say("/snap kitchen")
    house.trouble = errors.BlinkUnreachable("no answer")
    await talk.say("/snap kitchen", "/snap all", "/live kitchen")
    house.trouble = None
    house.video = b"broken"
    await talk.say("/live kitchen")

    async def remux(self: Videos, stream: object, target: object) -> None:
        raise errors.MediaError("nothing came")

    monkeypatch.setattr(Videos, "remux", remux)
    await talk.say("/live kitchen")
    house.now = Home()
    await talk.say("/snap")
    house.now = home()


async def schedule(talk: Talk, clock: FakeClock) -> None:
    house = talk.house
    strange = replace(night(7).entries[0], action="Front")
    weekend = night(8, "Holiday", enabled=False)
    house.programs = [replace(night(7), entries=(*night(7).entries, strange)), replace(weekend, entries=())]
    await talk.say("/schedule", "/schedule hello", "/schedule on nowhere", "/schedule off night", "/schedule on night")
    await talk.tap(EnableSchedule(HOME.id, 8), DisableSchedule(HOME.id, 8), EnableSchedule(HOME.id, 8))
    await talk.say("/schedule on", "/schedule off")
    house.programs = [replace(each, enabled=False) for each in house.programs]
    await talk.say("/schedule off", "/schedule on")
    clock.forward(150 * 86400)
    await talk.say("/schedule")
    house.now = home(HOME, replace(CABIN, time_zone="Europe/Berlin"))
    house.programs.append(night(9, network_id=CABIN.id))
    for days in (0, 220):
        clock.forward(days * 86400)
        await talk.say("/schedule")
    seen = house.schedules

    async def half_seen(network_id: int) -> Sequence[Schedule]:
        if network_id == CABIN.id:
            raise errors.BlinkUnreachable("no answer")
        return await seen(network_id)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(house, "schedules", half_seen)
        await talk.say("/schedule")
    house.programs = []
    await talk.say("/schedule")


async def test_devices(talk: Talk, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    await look_at_cameras(talk, monkeypatch)
    await schedule(talk, clock)
    await order_networks_lights_and_sirens(talk, clock)
    talk.check("devices")


SHUT_OUT = (
    errors.TooManySignIns(limit, 90) for limit in errors.SignInLimit if limit is not errors.SignInLimit.ATTEMPTS
)
EVERY_ERROR = (
    *(kind("an operation", 400) for kind in (errors.Throttled, errors.Busy, errors.NotFound, errors.ServerError)),
    *(errors.NotFound("an operation", missing=missing) for missing in errors.Missing),
    *(errors.LiveViewFailed(end) for end in errors.LiveViewEnd),
    *(errors.WrongPin(problem) for problem in errors.PinProblem),
    *(errors.TooManySignIns(limit, 90, attempts) for limit in errors.SignInLimit for attempts in (1, 4)),
    errors.BudgetSpent("arm", 429, retry_after=90),
    *(errors.TooManySignIns(errors.SignInLimit.THROTTLED), errors.SessionEnded(), errors.NotSignedIn()),
    *(errors.WrongCredentials(), errors.ClientRefused(), errors.SignInRefused(), errors.BlinkUnreachable()),
    *(errors.SignInBlocked(), errors.NoRegion(), errors.CutShort("an operation", "a problem")),
    *(errors.BlinkResponseError("an operation", "a problem"), errors.UnsafeHost(), errors.LiveViewUnsupported()),
    *(errors.AppUpdateRequired("an operation", 426), errors.Unconfirmed(), errors.BlinkError(), errors.MediaError()),
    *(errors.DataFolderError("/data"), errors.NotAllowed(), errors.BlinkRefused("an operation", 400, "Not <now>")),
    errors.BlinkRefused("an operation", 400, code=WRONG_DEVICE),
    *(errors.BlinkRefused("an operation", 400, "Camera is offline"), errors.BlinkRefused("an operation", 400)),
    RuntimeError("a mistake"),
)


async def test_every_error(talk: Talk, announcer: TelegramAnnouncer) -> None:
    talk.reader.typed.append("Not <now>")
    for error in EVERY_ERROR:
        await talk.house.sign_in()
        talk.house.trouble = error  # type: ignore[assignment]
        await talk.say("/arm home")
    for error in (errors.SessionEnded(), errors.NotSignedIn(), errors.WrongCredentials()):
        await announcer.sign_in_needed(error)
    talk.check("error_messages")


async def test_status_and_stats(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    house = talk.house
    hidden = replace(KITCHEN, id=109, listed=False)
    house.now = home(cameras=[PORCH, BELL, replace(KITCHEN, battery="Front", temperature_f=20), hidden])
    house.now = replace(house.now, sync_modules=tuple(replace(each, online=False) for each in house.now.sync_modules))
    for slowed in (None, *SlowedBy):
        house.health = replace(house.health, poll_interval=60, slowed_by=slowed)
        await talk.say("/status")
    spent = Spending(dict.fromkeys(RequestKind, 1), 500)
    odd = {OddEntry(name, name, "id", "odd", "{}"): 1 for name in ("media", "homescreen", "manifest", "programs")}
    for count in (1, 2):
        house.health = replace(
            house.health,
            spending=replace(spent, by_kind=dict.fromkeys(RequestKind, count)),
            left_out=dict.fromkeys(odd, count),
            older_lists=True,
        )
        await talk.say("/status")
    for seen in (house.clock() - timedelta(hours=1), None):
        house.seen = seen
        for armed in (True, False):
            before = house.now
            house.now = replace(before, networks=tuple(replace(each, armed=armed) for each in before.networks))
            await talk.say("/status")
            house.now = before
    house.seen = house.clock()
    house.health = replace(house.health, spending=None, left_out={}, older_lists=False)
    house.health = replace(house.health, last_good_poll=house.clock())
    for kept in ([], [clip(1)], [clip(number, PORCH) for number in range(1, 3)]):
        await house.keep(*(KeptClip(each) for each in kept))
        await talk.say("/status", "/stats")
    house.health = replace(house.health, failure=errors.Busy("an operation", 409))
    for house.now in (home(cameras=[]), Home()):
        await talk.say("/status")
    for state in SignInState:
        monkeypatch.setattr(SignInService, "state", state)
        house.health = replace(house.health, last_good_poll=None)
        await talk.say("/status")
    one = ClipEvent(clip().recorded_at, PORCH.id, "Front Porch", HOME.id, 2.0)
    with speaking(PSEUDO):
        for events in (
            [one],
            [replace(one, of_people=True, has_video=False)] * 2,
            [one, replace(one, of_people=True, has_video=False)],
            [one, replace(one, camera_id=102, delay=90.0)],
            [one, one, replace(one, camera_id=102)],
        ):
            counts = activity(events, UTC, clip().recorded_at)
            drawn = astuple(status.chart_words(counts))
            texts = [
                status.caption(counts),
                *(word for each in drawn for word in ([each] if isinstance(each, str) else each)),
            ]
            assert not [text for text in texts if talk.reader.escaped(re.sub("<[^>]*>", "", text))]
    talk.check("status", but=SEVERAL_CAMERAS_HAVE_SEVERAL_EVENTS)
