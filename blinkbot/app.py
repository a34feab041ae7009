"""The running program: everything is built here, started and stopped in order, and meets here for the only time."""

import asyncio
import logging
import signal
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

from blinkbot.blink import BlinkClient, BlinkUrls, new_sign_in
from blinkbot.bot import ChatBot, TelegramAccess, build_bot
from blinkbot.bot.buttons.open_keyboards import OpenKeyboards
from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.bot.client.message_quota import MessageQuota
from blinkbot.bot.client.video_upload import VideoUploads, upload_limit_for
from blinkbot.bot.commands.routers import menu
from blinkbot.bot.delivery.context import AlertTimes
from blinkbot.bot.delivery.courier import Courier
from blinkbot.bot.delivery.device_alerts import DeviceAlertCourier
from blinkbot.bot.dispatch.announcer import TelegramAnnouncer
from blinkbot.bot.dispatch.request import ChatContext, Tools
from blinkbot.config import Settings
from blinkbot.control.base import ControlContext
from blinkbot.control.chat_control import ChatControls
from blinkbot.control.signin import SignInService, fingerprint_of
from blinkbot.domain import Home, Tokens
from blinkbot.errors import BlinkbotError
from blinkbot.logs import Redactor
from blinkbot.media import MediaWorker
from blinkbot.ports import Clock
from blinkbot.scheduler import Job, Scheduler
from blinkbot.store import DataFolderLock, Store
from blinkbot.watch.device_health import DeviceHealth
from blinkbot.watch.home_watch import HOME_EVERY, HomeWatch
from blinkbot.watch.poll_interval import PollInterval
from blinkbot.watch.poller import Poller
from blinkbot.watch.usb_poller import UsbPoller

_log = logging.getLogger(__name__)

# What SIGTERM leaves us: systemd and docker kill after ten seconds, people lose patience after five.
STOP_WITHIN = 4.5
PRUNE_EVERY = timedelta(days=1)
KEEP_FINISHED = timedelta(days=90)


def utc_now() -> datetime:
    """The program's clock."""
    return datetime.now(UTC)


class App:
    """One bot for one home. `run` returns when it was asked to stop, or raises the BlinkbotError that ended it."""

    def __init__(self, settings: Settings, redactor: Redactor, clock: Clock = utc_now) -> None:
        self._settings = settings
        self._redactor = redactor
        self._clock = clock
        self._stop = asyncio.Event()
        self._fatal: BlinkbotError | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def stop(self) -> None:
        """Ask it to end."""
        self._stop.set()

    async def run(self) -> None:
        """Start everything, work until asked to stop, end in order. Raises BlinkbotErrors."""
        settings = self._settings
        secrets = (settings.telegram.token.get_secret_value(), settings.blink.password.get_secret_value())
        self._redactor.add(*secrets)
        async with AsyncExitStack() as stack:
            stack.enter_context(DataFolderLock(settings.data_dir))
            fresh_for = timedelta(seconds=settings.alerts.fresh_for)

            def redact(tokens: Tokens) -> None:
                # The settings' secrets once more, so that they never become the oldest.
                self._redactor.add(tokens.access, tokens.refresh, *secrets)

            store = await Store.open(settings.data_dir, self._clock, fresh_for=fresh_for, on_tokens=redact)
            stack.push_async_callback(store.close)
            await self._serve(store, stack, fresh_for)
        if self._fatal is not None:
            raise self._fatal

    async def _serve(self, store: Store, stack: AsyncExitStack, fresh_for: timedelta) -> None:
        settings, clock = self._settings, self._clock
        await store.chats.authorize(settings.telegram.chats)
        await store.clean_spool()

        urls = BlinkUrls(oauth=settings.blink.oauth_url, rest=settings.blink.rest_url)
        hardware_id = await store.account.hardware_id()
        cloud = await stack.enter_async_context(BlinkClient(urls, store.tokens, hardware_id))
        email, password = settings.blink.email, settings.blink.password.get_secret_value()
        sign_in = new_sign_in(settings.blink.signin, urls, email, password, hardware_id)
        stack.push_async_callback(sign_in.aclose)

        token = settings.telegram.token.get_secret_value()
        quota = MessageQuota(clock)
        bot = build_bot(TelegramAccess(token, settings.telegram.api_url), quota=quota)
        announcer = TelegramAnnouncer(bot, store.chats, menu)
        scheduler = Scheduler()
        interval = PollInterval(settings.watch.interval, clock)

        def poll_now() -> None:
            interval.hurry()
            scheduler.run_now("poll")

        async def signed_in(_: Tokens) -> None:
            interval.start_over()
            scheduler.run_now("home")
            scheduler.run_now("poll")

        sign_in_service = SignInService(
            sign_in,
            store.tokens,
            store.account,
            announcer,
            clock,
            fingerprint=await asyncio.to_thread(fingerprint_of, email, password, hardware_id),
            on_signed_in=signed_in,
        )
        device_health = DeviceHealth(store.device_alerts, store.chats, clock)
        home_watch = HomeWatch(cloud, store.home, sign_in_service, clock, device_health.looked)
        await home_watch.load()
        poller = Poller(cloud, store.clips, store.chats, home_watch, sign_in_service, interval, clock)
        usb = UsbPoller(
            cloud,
            store.usb_clips,
            store.chats,
            home_watch,
            sign_in_service,
            clock,
            interval=settings.watch.usb_interval,
        )

        def armed() -> None:
            usb.hurry()
            poll_now()

        videos = MediaWorker()
        controls = ChatControls(
            ControlContext(
                cloud,
                store,
                videos,
                home_watch,
                poller.health,
                sign_in_service,
                clock,
                settings.timezone,
                on_armed=armed,
                on_live_view=usb.note_live_view,
            )
        )
        topics = ForumTopics(bot, store.forum_topics)
        uploads = VideoUploads(videos, upload_limit_for(settings.telegram.api_url))
        open_keyboards = OpenKeyboards()
        context = ChatContext(clock, settings.timezone)
        tools = Tools(
            announcer=announcer,
            videos=videos,
            uploads=uploads,
            topics=topics,
            quota=quota,
            open_keyboards=open_keyboards,
            live_seconds=settings.alerts.live_seconds,
        )
        chat_bot = ChatBot(bot, controls, store.chats, context, tools)
        courier = Courier(
            bot,
            store.outbox,
            cloud,
            videos,
            store.spool_dir,
            clock,
            lambda: home_watch.latest() or Home(),
            store.chats,
            topics=topics,
            take_picture=lambda chat_id, camera_id: controls.for_chat(chat_id).take_picture(camera_id),
            uploads=uploads,
            times=AlertTimes(
                burst_window=timedelta(seconds=settings.alerts.burst_window),
                direct_within=settings.alerts.direct_within,
                late_after=timedelta(seconds=settings.alerts.late_after),
                fresh_for=fresh_for,
            ),
            quota=quota,
            open_keyboards=open_keyboards,
            time_zone=settings.timezone,
        )
        device_alerts = DeviceAlertCourier(
            bot,
            store.device_alerts,
            topics,
            clock,
            lambda: home_watch.latest() or Home(),
            store.chats,
            time_zone=settings.timezone,
        )

        # Stop order is the reverse: no new polls, then what is being delivered, then Telegram, then the connections.
        stack.push_async_callback(chat_bot.stop)
        stack.push_async_callback(self._end_tasks)
        stack.push_async_callback(scheduler.stop)

        await sign_in_service.resume()
        scheduler.start(
            [
                Job("poll", settings.watch.interval, poller.beat),
                Job("usb", settings.watch.usb_interval, usb.beat),
                Job("home", HOME_EVERY.total_seconds(), home_watch.beat),
                Job("prune", PRUNE_EVERY.total_seconds(), lambda: store.prune(clock() - KEEP_FINISHED)),
            ]
        )
        self._begin(self._serve_chats(chat_bot, announcer, sign_in_service, store))
        self._begin(courier.run())
        self._begin(device_alerts.run())
        _log.info("watching %s every %g s", settings.blink.rest_url or "Blink", settings.watch.interval)
        await self._stop.wait()

    async def _serve_chats(
        self, chat_bot: ChatBot, announcer: TelegramAnnouncer, sign_in: SignInService, store: Store
    ) -> None:
        """Reach Telegram, however long that takes; watching goes on meanwhile. A first sign-in waits for it, since
        the code that Blink sends then is asked for in the chat."""
        await chat_bot.connect()
        await chat_bot.start(self._end_with)
        _log.info("serving %d chats", len(self._settings.telegram.chats))
        await announcer.set_command_menu(await store.chats.former_ids())
        await sign_in.open()

    def _end_with(self, error: BlinkbotError) -> None:
        self._fatal = self._fatal or error
        self._stop.set()

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A part of the program that ends by itself with an error takes the program with it: systemd starts it anew."""
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if not isinstance(error, BlinkbotError):
            _log.error("a part of the program failed", exc_info=error)
            error = BlinkbotError(f"Stopped by a mistake in the program: {error!r}. Please report it.")
        self._end_with(error)

    async def _end_tasks(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def run_until_signalled(settings: Settings, redactor: Redactor) -> None:
    """Run the bot until SIGTERM or SIGINT. A second signal, or a stop that takes too long, ends it at once."""
    app = App(settings, redactor)
    loop = asyncio.get_running_loop()
    running = asyncio.ensure_future(app.run())

    def asked() -> None:
        _log.info("stopping")
        app.stop()
        loop.call_later(STOP_WITHIN, running.cancel)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
            loop.add_signal_handler(number, running.cancel)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked)
    try:
        await running
    except asyncio.CancelledError:
        _log.warning("stopped in the middle of something; it is taken up at the next start")
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
