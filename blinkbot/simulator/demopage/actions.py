"""The actions of the demo's page: writing and tapping on the phone, and events at home."""

from collections.abc import Mapping
from typing import Any

from starlette.routing import Route

from blinkbot.simulator.blinkcloud import BlinkCloud, Camera, Clip, Family
from blinkbot.simulator.botapi import LOCAL_UPLOAD_LIMIT, UPLOAD_LIMIT, ChatView, Group, Refusal, TelegramServer
from blinkbot.simulator.verbs import Json, Mistake, Verbs, typed

SLOW_UPLOADS = 600_000
"""Bytes a second: the uplink of many homes."""
LONG_MEGABYTES = 5
"""The size of half a minute in full resolution; the films here are far smaller."""
BIG_MEGABYTES = 60
BURST_CLIPS = 6
BACKLOG_CLIPS = 25

CONFIRMED_LATER = (
    "The bot reports it once two checks, four minutes apart, agree. Send /status now, and again in four minutes."
)
"""Cameras drop out for a moment, which needs no report."""

SLOWLY = (
    f"Uploads are now as slow as from many homes. Try the {LONG_MEGABYTES} MB clip: a picture comes at once "
    "and becomes the video."
)
PERSON_WALKS = "A person walks up to the house."
PERSON_DESCRIBED = (
    "A person in a dark jacket walks up to the house from the right, stops in front of the camera for a moment, and "
    "leaves the way they came. Nothing is carried or left behind."
)
CAR_PASSES = "A car drives past the house."
WORDS_LATE = 8
"""Seconds until Blink has labels and words for a clip, which is listed at once."""

SERVES = {
    "new": "Blink now serves its new lists: they tell who was seen, in a sentence too.",
    "old": "Blink now serves its old lists alone, without labels and sentences. The bot falls back to them.",
    "no plan": "Blink now keeps no videos, as without a subscription. Events arrive with a new picture instead.",
}
ODD_ENTRY = {"id": 0, "type": "hologram", "created_at": "some day", "device_id": None}

TOO_BIG = "more than Telegram takes: watch the bot make it smaller"
TAKES_MINUTES = " The slow upload takes minutes; the picture comes first."
SMALL = f"Telegram now takes 50 MB at most, as usual. Try the {BIG_MEGABYTES} MB clip: the bot makes it smaller."
LARGE = (
    "Telegram now takes 2 GB, like a Bot API server of your own. If the bot has already hit the 50 MB limit, it "
    "keeps to that."
)


class PhoneActions:
    """The routes for writing and tapping in the chats."""

    def __init__(self, chats: Mapping[int, ChatView]) -> None:
        self._chats = chats

    def routes(self) -> list[Route]:
        verbs = Verbs("/", {ChatView: self._chat}, refusals=())
        return verbs.posts(say=self._say, tap=self._tap, delete_topic=self._delete_topic)

    def _say(self, chat: ChatView, text: str, thread: int | None = None) -> Json:
        try:
            return {"message": chat.say(text, thread_id=thread).id}
        except Refusal as refusal:
            raise Mistake(400, f"Telegram refuses this: {refusal.description}") from None

    def _tap(self, chat: ChatView, message: int, data: str) -> Json:
        try:
            return {"query": chat.tap(message, data).id}
        except (LookupError, ValueError):
            raise Mistake(409, "This button is not there any more.") from None

    def _delete_topic(self, chat: ChatView, thread: int) -> Json:
        if not isinstance(chat, Group):
            raise Mistake(400, "This chat has no topics.")
        try:
            chat.delete_topic(thread)
        except LookupError:
            raise Mistake(409, "This topic is not there any more.") from None
        return {}

    def _chat(self, given: Any) -> ChatView:
        chat = self._chats.get(typed("chat", given, (int,)))
        if chat is None:
            raise Mistake(404, "There is no such chat.")
        return chat


class HomeActions:
    """The routes for events at home and on the uplink."""

    def __init__(self, telegram: TelegramServer, cloud: BlinkCloud) -> None:
        self._telegram = telegram
        self._cloud = cloud
        self._events = {
            "motion": self._motion,
            "person": self._person,
            "car": self._car,
            "burst": self._burst,
            "usb": self._usb,
            "long": self._long,
            "big": self._big,
            "corrupt": self._corrupt,
            "low_battery": self._low_battery,
            "new_batteries": self._new_batteries,
        }

    def routes(self) -> list[Route]:
        verbs = Verbs("/", {Camera: self.camera}, refusals=())
        return [
            *verbs.posts(walk=self._walk, press=self._press, detection=self._detection),
            *verbs.posts(
                lambda words: {"told": words},
                offline=self._offline,
                online=self._online,
                happen=self._happen,
                backlog=self._backlog,
                serves=self._serves,
                odd_entry=self._odd_entry,
                slow_uploads=self._slow_uploads,
                small_uploads=self._small_uploads,
            ),
        ]

    def camera(self, given: Any) -> Camera:
        """The camera with this id. Raises Mistake."""
        try:
            return self._cloud.home.camera(typed("camera", given, (int,)))
        except KeyError:
            raise Mistake(404, "There is no such camera.") from None

    # -- at one camera's card

    async def _walk(self, camera: Camera) -> Json:
        """Walk past a camera, which records only what a real one would."""
        return {"recorded": await self._cloud.walk_past(camera) is not None}

    async def _press(self, camera: Camera) -> Json:
        await self._cloud.press(camera)
        return {"recorded": True}

    def _detection(self, camera: Camera, on: bool) -> Json:
        camera.motion_enabled = on
        return {}

    def _offline(self, camera: Camera) -> str:
        self._cloud.take_offline(camera)
        return f"{camera.name} is out of reach. {CONFIRMED_LATER}"

    def _online(self, camera: Camera) -> str:
        self._cloud.bring_online(camera)
        return f"{camera.name} is back. Send /status to see it."

    # -- anything that can happen

    async def _happen(self, what: str, camera: Camera) -> str:
        """Let `what` happen at a camera, armed or not."""
        event = self._events.get(what)
        if event is None:
            raise Mistake(404, f"Unknown event {what!r}.")
        return await event(camera)

    async def _motion(self, camera: Camera) -> str:
        return _told(await self._cloud.motion(camera))

    async def _person(self, camera: Camera) -> str:
        """The camera itself sees a person; what Blink says of it comes later."""
        clip = await self._cloud.person(camera)
        self._cloud.describe(clip, "person", sentence=PERSON_WALKS, description=PERSON_DESCRIBED, late=WORDS_LATE)
        return _told(clip, "has seen a person")

    async def _car(self, camera: Camera) -> str:
        """Motion first; that it was a car is Blink's own finding, and comes later."""
        clip = await self._cloud.motion(camera)
        self._cloud.describe(clip, "vehicle", sentence=CAR_PASSES, late=WORDS_LATE)
        return _told(clip, "recorded a car")

    async def _burst(self, camera: Camera) -> str:
        await self._cloud.burst(camera, BURST_CLIPS)
        return f"A windy tree: {camera.name} recorded {BURST_CLIPS} clips within a minute."

    async def _usb(self, camera: Camera) -> str:
        try:
            await self._cloud.motion_on_usb(camera)
        except ValueError:
            raise Mistake(409, f"{camera.name} has no sync module with a USB stick.") from None
        return f"{camera.name} recorded to its USB stick only, which the bot checks less often."

    async def _long(self, camera: Camera) -> str:
        clip = await self._cloud.big_clip(camera, LONG_MEGABYTES)
        if self._telegram.upload_speed is None:
            return _told(clip, f"recorded a clip of {LONG_MEGABYTES} MB")
        size = f"{LONG_MEGABYTES} MB, whose upload takes a while"
        return f"{clip.camera_name} recorded a clip of {size}: watch its picture become the video."

    async def _big(self, camera: Camera) -> str:
        is_small = self._telegram.upload_limit < BIG_MEGABYTES * 10**6
        # Packing it anew is over at once: only a new encoding lets the bot tell how far it is.
        clip = await self._cloud.big_clip(camera, BIG_MEGABYTES, packable=not is_small)
        fits = TOO_BIG if is_small else "which Telegram takes as it is"
        slowly = "" if self._telegram.upload_speed is None else TAKES_MINUTES
        return f"{clip.camera_name} recorded a clip of {BIG_MEGABYTES} MB, {fits}.{slowly}"

    async def _corrupt(self, camera: Camera) -> str:
        return _told(await self._cloud.corrupt_clip(camera), "recorded a clip that is broken")

    async def _low_battery(self, camera: Camera) -> str:
        _check_battery(camera)
        self._cloud.low_battery(camera)
        return f"The battery of {camera.name} is nearly empty. {CONFIRMED_LATER}"

    async def _new_batteries(self, camera: Camera) -> str:
        _check_battery(camera)
        self._cloud.new_batteries(camera)
        return f"{camera.name} has fresh batteries. Send /status to see it."

    async def _backlog(self) -> str:
        await self._cloud.backlog(BACKLOG_CLIPS)
        return f"{BACKLOG_CLIPS} clips of the last six hours came at once, as after an outage."

    def _serves(self, kind: str) -> str:
        try:
            self._cloud.serve(kind)
        except ValueError as error:
            raise Mistake(400, str(error)) from None
        return SERVES[kind]

    def _odd_entry(self) -> str:
        for listing in ("media", "media-changed"):
            self._cloud.odd_entry(listing, ODD_ENTRY)
        return "Blink's list of clips has an entry that makes no sense now. Clips still arrive; /status tells of it."

    def _slow_uploads(self, on: bool) -> str:
        self._telegram.upload_speed = SLOW_UPLOADS if on else None
        return SLOWLY if on else "Uploads are at full speed again."

    def _small_uploads(self, on: bool) -> str:
        """Limit uploads as Telegram does, or as a Bot API server of one's own does."""
        self._telegram.upload_limit = UPLOAD_LIMIT if on else LOCAL_UPLOAD_LIMIT
        return SMALL if on else LARGE


def _check_battery(camera: Camera) -> None:
    if camera.family is Family.MINI:
        raise Mistake(409, f"{camera.name} is plugged in and has no battery.")


def _told(clip: Clip, did: str = "recorded a clip") -> str:
    return f"{clip.camera_name} {did}. The bot will pick it up in a moment."
