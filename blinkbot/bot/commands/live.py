"""/live, and its button under a clip."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from telegram.constants import ChatAction

from blinkbot.bot.buttons.callback_data import Callback
from blinkbot.bot.buttons.callbacks import TakePicture, WatchLive
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.errors import TooBig
from blinkbot.bot.dispatch.choices import CAMERA_GONE, meant
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text.delivery import too_big
from blinkbot.bot.text.error_messages import complaint
from blinkbot.bot.text.formatting import bold, escaped, name, network_zone, span, timestamp
from blinkbot.bot.text.names import camera_labels
from blinkbot.domain import Camera, Home
from blinkbot.errors import BlinkbotError, MediaError, NotSignedIn
from blinkbot.translations import Sentence

NOTHING_CAME = "Nothing that can be played came from it. Try again in a minute."

router = Router()


@router.button(WatchLive)
async def tapped(request: Request, callback: WatchLive) -> None:
    """A camera's button."""
    await watch(request, callback.camera_id)


@router.command("live", Sentence("watch ten seconds live"))
async def live_command(request: Request) -> None:
    """/live [camera]."""
    home = await request.home()
    found = await meant(request, request.words, home.cameras, "camera", "Blink shows no camera in this account.")
    if len(found) == 1:
        await watch(request, found[0].id)
    elif found:
        choices: list[tuple[str, Callback]] = [
            (f"🔴 {label}", WatchLive(camera.id))
            for label, camera in zip(camera_labels(found, home), found, strict=True)
        ]
        await request.reply.show("Which camera?", keyboard(choices))


async def watch(request: Request, camera_id: int) -> None:
    """Some seconds of live view, as a video in the place of the progress."""
    home = await request.home()
    camera = home.camera(camera_id)
    if camera is None:
        await request.reply.show(CAMERA_GONE)
        return
    await request.reply.show(f"🔴 Waking {bold(camera.name)}…")
    try:
        async with _telling_when_awake(request, camera) as awake, request.acting(ChatAction.RECORD_VIDEO):
            path = await request.control.record_live(camera.id, request.tools.live_seconds, awake)
            try:
                await _show(request, home, camera, path)
            finally:
                path.unlink(missing_ok=True)
    except NotSignedIn:
        raise
    except MediaError:
        await _tell_no_live_view(request, camera, NOTHING_CAME)
    except TooBig as error:
        await _tell_no_live_view(request, camera, too_big(error.size, error.limit))
    except BlinkbotError as error:
        await _tell_no_live_view(request, camera, complaint(error))


@asynccontextmanager
async def _telling_when_awake(request: Request, camera: Camera) -> AsyncIterator[Callable[[], None]]:
    """Gives what is to be called when the camera has woken: then the answer says that it is recorded."""
    awake = asyncio.Event()
    length = span(timedelta(seconds=request.tools.live_seconds))

    async def tell() -> None:
        await awake.wait()
        await request.reply.show(f"🔴 Recording {bold(camera.name)} for {length}…")

    telling = asyncio.create_task(tell())
    try:
        yield awake.set
    finally:
        telling.cancel()
        # An ornament: what trouble it met, the answer itself meets too.
        await asyncio.gather(telling, return_exceptions=True)


async def _tell_no_live_view(request: Request, camera: Camera, why: str) -> None:
    again = keyboard([("🔄 Try again", WatchLive(camera.id)), ("📷 Picture", TakePicture(camera.id))], wide=2)
    await request.reply.show(f"⚠️ No live view of {bold(camera.name)}. {escaped(why)}", again)


async def _show(request: Request, home: Home, camera: Camera, path: Path) -> None:
    network = home.network(camera.network_id)
    at = timestamp(request.now(), request.now(), network_zone(network, request.time_zone))
    where = f"{name(network.name)} · " if network and len(home.networks) > 1 else ""
    buttons = keyboard([("🔴 Again", WatchLive(camera.id)), ("📷 Picture", TakePicture(camera.id))], wide=2)
    caption = f"🔴 {bold(camera.name)} — live view\n{where}{at}"
    await request.tools.uploads.show(path, caption, request.reply.become, keyboard=buttons)
