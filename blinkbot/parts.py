"""The parts of the program, put together from the settings. Nothing is asked of Blink or Telegram here."""

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass

from blinkbot.blink import BlinkClient, BlinkUrls, RequestBudget, new_sign_in
from blinkbot.bot import (
    ChatBot,
    ChatContext,
    Courier,
    DeviceAlertCourier,
    ForumTopics,
    Locale,
    MessageQuota,
    OpenKeyboards,
    TelegramAccess,
    TelegramAnnouncer,
    Tools,
    UploadLimit,
    VideoUploads,
    build_bot,
    menu,
)
from blinkbot.config import Settings
from blinkbot.control import SignInService, chat_controls, fingerprint_of
from blinkbot.domain import Home, Tokens
from blinkbot.media import MediaWorker
from blinkbot.ports import Clock, ControlOf
from blinkbot.scheduler import Scheduler
from blinkbot.store import Store
from blinkbot.watch import Archive, DeviceHealth, Generations, HomeWatch, Pace, Poller, PollInterval, UsbPoller


@dataclass(frozen=True, slots=True)
class Parts:
    """What is started and stopped."""

    store: Store
    sign_in: SignInService
    scheduler: Scheduler
    home_watch: HomeWatch
    poller: Poller
    usb_poller: UsbPoller
    archive: Archive
    announcer: TelegramAnnouncer
    chat_bot: ChatBot
    courier: Courier
    device_alerts: DeviceAlertCourier


async def build(settings: Settings, store: Store, clock: Clock, stack: AsyncExitStack) -> Parts:
    """All parts; `stack` closes their connections. Raises DataFolderError."""
    telegram, blink = _Telegram(settings, store, clock), _Blink(settings, store, clock)
    hardware_id = await store.account.hardware_id()
    unverified = settings.blink.unverified_live_view
    cloud = await stack.enter_async_context(
        BlinkClient(blink.urls, store.tokens, hardware_id, budget=blink.budget, unverified_live_view=unverified)
    )
    sign_in = await blink.sign_in(hardware_id, telegram.announcer, stack)
    device_health = DeviceHealth(store.device_alerts, store.chats, clock)
    generations = Generations(store.account, clock)
    home_watch = HomeWatch(cloud, store.home, sign_in, generations, clock, device_health.on_home)
    await home_watch.load()
    poller = Poller(
        cloud,
        store.clips,
        store.chats,
        home_watch,
        sign_in,
        store.preferences,
        blink.interval,
        Pace(settings.watch.interval, clock),
        generations,
        clock,
    )
    usb_interval = settings.watch.usb_interval
    usb_poller = UsbPoller(cloud, store.usb_clips, store.chats, home_watch, sign_in, clock, interval=usb_interval)
    control_of = chat_controls(
        cloud,
        store,
        telegram.videos,
        home_watch,
        poller.health,
        sign_in,
        clock,
        settings.timezone,
        on_armed=lambda: blink.armed(poller, usb_poller),
        on_asked=lambda: blink.asked(poller),
        on_live_view=usb_poller.note_live_view,
    )
    return Parts(
        store,
        sign_in,
        blink.scheduler,
        home_watch,
        poller,
        usb_poller,
        Archive(cloud, store.clips, sign_in, clock),
        telegram.announcer,
        telegram.chat_bot(control_of),
        telegram.courier(cloud, home_watch, control_of),
        telegram.device_alerts(home_watch),
    )


class _Blink:
    """The Blink side: where it is, how a session begins, and when it is asked."""

    def __init__(self, settings: Settings, store: Store, clock: Clock) -> None:
        self._settings = settings.blink
        self._store = store
        self._clock = clock
        self.urls = BlinkUrls(oauth=settings.blink.oauth_url, rest=settings.blink.rest_url)
        self.budget = RequestBudget(settings.watch.requests_an_hour, time.monotonic)
        self.scheduler = Scheduler()
        self.interval = PollInterval(settings.watch.interval, clock)

    async def sign_in(self, hardware_id: str, announcer: TelegramAnnouncer, stack: AsyncExitStack) -> SignInService:
        """Keeps the session."""
        email, password = self._settings.email, self._settings.password.get_secret_value()
        sign_in = new_sign_in(self._settings.signin, self.urls, email, password, hardware_id, budget=self.budget)
        stack.push_async_callback(sign_in.aclose)
        return SignInService(
            sign_in,
            self._store.tokens,
            self._store.account,
            announcer,
            self._clock,
            fingerprint=await asyncio.to_thread(fingerprint_of, email, password, hardware_id),
            on_signed_in=self._signed_in,
        )

    def armed(self, poller: Poller, usb_poller: UsbPoller) -> None:
        """Motion can be expected: clips are looked for now."""
        usb_poller.poll_soon()
        self.interval.poll_soon()
        self.asked(poller)

    def asked(self, poller: Poller) -> None:
        """A person asks: what happens at home matters now."""
        poller.stir()
        self.scheduler.run_now("poll")

    async def _signed_in(self, _: Tokens) -> None:
        self.interval.start_over()
        self.scheduler.run_now("home")
        self.scheduler.run_now("poll")


class _Telegram:
    """The Telegram side: what delivering alerts and serving requests share."""

    def __init__(self, settings: Settings, store: Store, clock: Clock) -> None:
        self._settings = settings
        self._store = store
        self._clock = clock
        access = TelegramAccess(settings.telegram.token.get_secret_value(), settings.telegram.api_url)
        self._quota = MessageQuota(clock)
        self._bot = build_bot(access, quota=self._quota)
        self.videos = MediaWorker()
        self._uploads = VideoUploads(self.videos, UploadLimit.of(access.api_url))
        self._topics = ForumTopics(self._bot, store.forum_topics)
        self._open_keyboards = OpenKeyboards()
        self.announcer = TelegramAnnouncer(self._bot, store.chats, menu)

    def chat_bot(self, control_of: ControlOf) -> ChatBot:
        """Serves requests."""
        tools = Tools(
            announcer=self.announcer,
            videos=self.videos,
            uploads=self._uploads,
            topics=self._topics,
            quota=self._quota,
            open_keyboards=self._open_keyboards,
            live_seconds=self._settings.alerts.live_seconds,
        )
        context = ChatContext(self._clock, self._settings.timezone)
        return ChatBot(self._bot, control_of, self._store.chats, context, tools)

    def courier(self, cloud: BlinkClient, home_watch: HomeWatch, control_of: ControlOf) -> Courier:
        """Delivers clips."""
        return Courier(
            self._bot,
            self._store.outbox,
            self._store.chats,
            cloud,
            self.videos,
            self._store.spool_dir,
            self._clock,
            lambda: self._locale(home_watch),
            self._settings.alerts,
            topics=self._topics,
            take_picture=lambda chat_id, camera_id: control_of(chat_id).cameras.take_picture(camera_id),
            uploads=self._uploads,
            quota=self._quota,
            open_keyboards=self._open_keyboards,
        )

    def device_alerts(self, home_watch: HomeWatch) -> DeviceAlertCourier:
        """Delivers word of offline cameras and low batteries."""
        return DeviceAlertCourier(
            self._bot,
            self._store.device_alerts,
            self._store.chats,
            self._topics,
            self._clock,
            lambda: self._locale(home_watch),
        )

    def _locale(self, home_watch: HomeWatch) -> Locale:
        return Locale(home_watch.latest() or Home(), self._clock(), self._settings.timezone)
