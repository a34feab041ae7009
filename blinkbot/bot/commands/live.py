"""/live, and its button under a clip."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from telegram.constants import ChatAction

from blinkbot.bot.buttons.callbacks import TakePicture, WatchLive
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.errors import TooBig
from blinkbot.bot.dispatch.choices import Options, choose
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import devices
from blinkbot.bot.text.captions import video_name
from blinkbot.bot.text.delivery import too_big
from blinkbot.bot.text.error_messages import error_message
from blinkbot.bot.text.formatting import bold, escaped, humanize
from blinkbot.bot.text.names import camera_labels
from blinkbot.domain import Camera
from blinkbot.errors import BlinkbotError, MediaError, Missing, NotFound, NotSignedIn
from blinkbot.translations import Sentence

router = Router()


@router.button(WatchLive)
async def tapped(request: Request, callback: WatchLive) -> None:
    camera = (await request.home()).camera(callback.camera_id)
    if camera is None:
        raise NotFound("live", missing=Missing.CAMERA)
    await _watch(request, camera)


@router.command("live", Sentence("watch live for a moment"))
async def command(request: Request) -> None:
    """/live [camera]."""
    home = await request.home()
    options = Options(
        devices.CAMERA,
        home.cameras,
        camera_labels(home.cameras, home),
        devices.WHICH_CAMERA(),
        lambda camera, label: [(f"🔴 {label}", WatchLive(camera.id))],
    )
    for camera in await choose(request, request.words, options):
        await _watch(request, camera)


async def _watch(request: Request, camera: Camera) -> None:
    """Some seconds of live view, as a video in the place of the progress."""
    await request.reply.show(devices.WAKING(camera=bold(camera.name)))
    try:
        async with _telling_when_awake(request, camera) as awake, request.acting(ChatAction.RECORD_VIDEO):
            path = await request.control.cameras.record_live(camera.id, request.tools.live_seconds, awake)
            try:
                await _show(request, camera, path)
            finally:
                path.unlink(missing_ok=True)
    except NotSignedIn:
        raise
    except MediaError:
        await _tell_no_live_view(request, camera, devices.NOTHING_CAME())
    except TooBig as error:
        await _tell_no_live_view(request, camera, too_big(error.size, error.limit))
    except BlinkbotError as error:
        await _tell_no_live_view(request, camera, error_message(error))


@asynccontextmanager
async def _telling_when_awake(request: Request, camera: Camera) -> AsyncIterator[Callable[[], None]]:
    """Gives what is to be called when the camera has woken: then the reply says that it is recorded."""
    awake = asyncio.Event()
    length = humanize(timedelta(seconds=request.tools.live_seconds))

    async def tell() -> None:
        await awake.wait()
        await request.reply.show(devices.RECORDING(camera=bold(camera.name), length=length))

    telling = asyncio.create_task(tell())
    try:
        yield awake.set
    finally:
        telling.cancel()
        # Nothing is lost without it: what trouble it met, the reply itself meets too.
        await asyncio.gather(telling, return_exceptions=True)


async def _tell_no_live_view(request: Request, camera: Camera, why: str) -> None:
    again = [(devices.TRY_AGAIN(), WatchLive(camera.id)), (devices.PICTURE(), TakePicture(camera.id))]
    text = devices.NO_LIVE_VIEW(camera=bold(camera.name), why=escaped(why))
    await request.reply.show(text, keyboard(again, wide=2))


async def _show(request: Request, camera: Camera, path: Path) -> None:
    locale = await request.locale()
    caption = devices.live_caption(camera, locale)
    name = video_name(camera.name, locale.now, locale.zone(camera.network_id))
    again = [(devices.LIVE_AGAIN(), WatchLive(camera.id)), (devices.PICTURE(), TakePicture(camera.id))]
    buttons = keyboard(again, wide=2)
    await request.tools.uploads.show(path, caption, request.reply.become, keyboard=buttons, filename=name)
