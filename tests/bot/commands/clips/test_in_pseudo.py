"""Every sentence about clips, said in the pseudo-language; nothing else is said."""

from dataclasses import replace

import pytest

from blinkbot.bot.buttons.callback_data import Found
from blinkbot.bot.buttons.callbacks import (
    AskDeleteAll,
    AskDeleteClip,
    DeleteAll,
    DeleteClip,
    LessAboutClip,
    MoreAboutClip,
    MuteFor,
    PlayAll,
    PlayClip,
    SendAsFile,
    ShowDays,
    ShowFound,
    ShowSheet,
)
from blinkbot.domain import Cause, Clip, Origin
from blinkbot.domain.clip_search import KeptClip
from blinkbot.domain.deliveries import StoredFile
from blinkbot.domain.preferences import Scope, Target
from blinkbot.errors import BlinkRefused, BlinkUnreachable, Busy, NotFound
from tests.bot.house import BELL, KITCHEN, PORCH, clip, home
from tests.bot.pseudo_talk import Talk
from tests.bot.under_clips import Arrive

ALL = Found(None, None, None)
KITCHENS = Found(KITCHEN.id, None, None)

ONE_CLIP_IS_IN_ONE_PLACE = {"🗑 Delete {n} clip from Blink and the USB stick?"}


def on_stick(number: int) -> Clip:
    return replace(clip(number, KITCHEN, minutes_ago=number), origin=Origin.USB)


def kept(*numbers: int, stick: bool = False, every: float = 1) -> list[KeptClip]:
    return [
        KeptClip(on_stick(number) if stick else clip(number, KITCHEN, minutes_ago=number * every)) for number in numbers
    ]


async def lists(talk: Talk) -> None:
    house = talk.house
    await talk.say("/clips", "/clips kitchen", "/clips kitchen yesterday", "/clips nowhere", "/clips yesterday")
    await talk.say("/clips person kitchen", "/clips kitchen seven", "/clips " + "k " * 15)
    await talk.tap(ShowFound(Found(999, None, None), 0))
    await house.keep(*[replace(each, suppressed=True) for each in kept(*range(1, 42), every=120)])
    for asked in ("/clips", "/clips kitchen"):
        await talk.say(asked)
        await talk.tap(ShowFound(ALL if asked == "/clips" else KITCHENS, 0), ShowDays(ALL, 0))
        await talk.tap(ShowFound(ALL, 1))
    await house.keep(*kept(1))
    await talk.tap(ShowDays(ALL, 0))
    front = [replace(each, name="Front") for each in (KITCHEN, BELL)]
    house.now = home(cameras=[PORCH, *front])
    await talk.say("/clips front")
    house.now = home()


async def delete_all(talk: Talk) -> None:
    house = talk.house
    for sticks in (False, True):
        for count in (1, 2):
            await house.keep(*kept(*range(1, count + 1), stick=sticks))
            await talk.tap(
                AskDeleteAll(ALL), DeleteAll(ALL, 0), DeleteAll(ALL, 9), DeleteAll(ALL, 9), AskDeleteAll(ALL)
            )
    await house.keep(*kept(1), *kept(2, stick=True))
    await talk.tap(AskDeleteAll(ALL), DeleteAll(ALL, 9))
    for error, left in (
        (Busy("delete", 409), 2),
        (BlinkUnreachable("no answer"), 2),
        (BlinkUnreachable("no answer"), 3),
    ):
        house.undeletable = {"cloud:2": error}
        await house.keep(*kept(1), *kept(*range(2, left + 1), stick=True))
        await talk.tap(DeleteAll(ALL, 9))
    for failing in (1, 2, 7):
        house.undeletable = {f"cloud:{number}": Busy("delete", 409) for number in range(2, 2 + failing)}
        await house.keep(*kept(1, *range(2, 2 + failing), stick=True))
        await talk.tap(DeleteAll(ALL, 99))


async def play_all(talk: Talk) -> None:
    house = talk.house
    for count in (1, 2, 31, 32):
        await house.keep(*kept(*range(1, count + 1)))
        await talk.tap(PlayAll(ALL, 0))
    await talk.tap(PlayAll(ALL, 40), PlayAll(ALL, 31))
    house.trouble = NotFound("video", 404)
    for count in (1, 2):
        await house.keep(*kept(*range(1, count + 1)))
        await talk.tap(PlayAll(ALL, 0))
    house.trouble = None
    await house.keep()


async def one_clip(talk: Talk, arrive: Arrive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blinkbot.bot.client.retry.DELAYS", (0.0, 0.0))
    house = talk.house
    house.now = replace(
        home(cameras=[replace(PORCH, has_light=True), KITCHEN, BELL]), siren_networks=frozenset({11, 12})
    )
    described = replace(clip(1), description="Front")
    for number, arriving in enumerate((described, on_stick(2), clip(3, BELL, cause=Cause.DOORBELL)), start=1):
        shown = await talk.arrives(arrive, arriving)
        key = f"cloud:{number}"
        await talk.tap(MoreAboutClip(key), MuteFor(Target(Scope.CAMERA, arriving.camera_id), 60), message=shown)
        await talk.tap(MoreAboutClip(key), LessAboutClip(key), ShowSheet(key), SendAsFile(key), message=shown)
        house.trouble = BlinkRefused("delete", 400, "Not now")
        await talk.tap(AskDeleteClip(key), message=shown)
        house.undeletable = {key: Busy("delete", 409)}
        house.trouble = None
        await talk.tap(DeleteClip(key), message=shown)
        house.undeletable = {}
        await talk.tap(DeleteClip(key), AskDeleteClip(key), message=shown)
    await house.keep(*kept(4), *[replace(each, gone=True) for each in kept(5)])
    await talk.tap(*(AskDeleteClip("cloud:4"), ShowSheet("cloud:9"), PlayClip("cloud:9")), message=shown)
    await talk.tap(*(PlayClip("cloud:5"), SendAsFile("cloud:5"), PlayClip("cloud:4")), message=shown)
    house.trouble = BlinkUnreachable("no answer")
    await house.keep(*kept(4))
    await talk.tap(PlayClip("cloud:4"), message=shown)
    house.trouble, house.video = None, b"broken"
    await talk.tap(ShowSheet("cloud:4"), message=shown)
    talk.server.fail("editMessageReplyMarkup", status=400, description="Bad Request: message can't be edited")
    await talk.tap(MoreAboutClip("cloud:4"), message=shown)
    gone = replace(clip(6), key="cloud:6")
    await house.keep(KeptClip(gone, StoredFile("known"), gone=True))
    await house.keep(KeptClip(clip(1), StoredFile(shown.media.file_id if shown.media else ""), gone=True))
    talk.server.fail("getFile", status=400, description="Bad Request: file is too big")
    await talk.tap(SendAsFile("cloud:1"), message=shown)
    talk.server.fail("getFile", times=3)
    await talk.tap(SendAsFile("cloud:1"), message=shown)
    await house.keep(*kept(4))
    house.video = b"0" * 60_000_000
    await talk.tap(SendAsFile("cloud:4"), message=shown)


async def test_clips(talk: Talk, arrive: Arrive, monkeypatch: pytest.MonkeyPatch) -> None:
    await lists(talk)
    await delete_all(talk)
    await play_all(talk)
    await one_clip(talk, arrive, monkeypatch)
    talk.check("clips", but=ONE_CLIP_IS_IN_ONE_PLACE)
