"""/snap: a new picture, by one camera or by all of them."""

from collections.abc import Sequence

from telegram.constants import ChatAction

from blinkbot.bot.buttons.callback_data import Callback
from blinkbot.bot.buttons.callbacks import TakePicture
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.attachments import Photo
from blinkbot.bot.client.concurrency import together
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import status as render
from blinkbot.bot.text.error_messages import no_picture
from blinkbot.bot.text.formatting import bold, listed, quoted
from blinkbot.bot.text.names import camera_labels, folded, matching
from blinkbot.domain import Camera, Home
from blinkbot.errors import BlinkbotError, NotSignedIn
from blinkbot.translations import Sentence

router = Router()


@router.command("snap", Sentence("take a picture, with one camera or all"))
async def command(request: Request) -> None:
    """/snap [camera|all]."""
    home = await request.home()
    if not home.cameras:
        await request.reply.show("Blink shows no camera in this account.")
    elif folded(request.words) == "all" or (not request.words and len(home.cameras) == 1):
        await take(request, home, home.cameras)
    elif not request.words:
        await _ask(request, home, home.cameras)
    else:
        await _named(request, home)


@router.button(TakePicture)
async def tapped(request: Request, callback: TakePicture) -> None:
    """A camera's button, or All."""
    home = await request.home()
    cameras = [camera for camera in home.cameras if callback.camera_id in (None, camera.id)]
    if cameras:
        await take(request, home, cameras)
    else:
        await request.reply.show("That camera is not there any more. /status shows what is.")


async def take(request: Request, home: Home, cameras: Sequence[Camera]) -> None:
    """Pictures by these, all at the same time. One camera's picture takes the place of the answer."""
    if len(cameras) == 1:
        await _take_one(request, home, cameras[0])
    else:
        await _take_several(request, home, cameras)


async def _take_one(request: Request, home: Home, camera: Camera) -> None:
    await request.reply.show(_asking(camera))
    async with request.acting(ChatAction.UPLOAD_PHOTO):
        try:
            photo = await _photo(request, home, camera)
        except NotSignedIn:
            # It is the same for all cameras, and told with the button that helps.
            raise
        except BlinkbotError as error:
            await request.reply.show(_failed(camera, error), keyboard([("🔄 Try again", TakePicture(camera.id))]))
            return
        await request.reply.become(photo)


async def _take_several(request: Request, home: Home, cameras: Sequence[Camera]) -> None:
    lines = {camera.id: _asking(camera) for camera in cameras}

    async def one(camera: Camera) -> None:
        try:
            photo = await _photo(request, home, camera)
        except NotSignedIn:
            raise
        except BlinkbotError as error:
            lines[camera.id] = _failed(camera, error)
        else:
            await request.reply.send(photo)
            lines[camera.id] = f"✅ {bold(camera.name)}"
        await request.reply.show("\n".join(lines.values()))

    await request.reply.show("\n".join(lines.values()))
    async with request.acting(ChatAction.UPLOAD_PHOTO):
        await together(one(camera) for camera in cameras)


async def _photo(request: Request, home: Home, camera: Camera) -> Photo:
    picture = await request.control.take_picture(camera.id)
    caption = render.picture_caption(picture, home, request.now(), request.time_zone)
    return Photo(picture.jpeg, caption, keyboard([("📷 Again", TakePicture(camera.id))]))


def _asking(camera: Camera) -> str:
    return f"⏳ Asking {bold(camera.name)} for a picture…"


def _failed(camera: Camera, error: BlinkbotError) -> str:
    return f"⚠️ {no_picture(bold(camera.name), error)}"


async def _named(request: Request, home: Home) -> None:
    found = matching(request.words, home.cameras, lambda camera: camera.name)
    if len(found) == 1:
        await take(request, home, found)
    elif found:
        await _ask(request, home, found)
    else:
        names = listed([camera.name for camera in home.cameras])
        await request.reply.show(f"There is no camera {quoted(request.words)}. There is {names}.")


async def _ask(request: Request, home: Home, among: Sequence[Camera]) -> None:
    choices: list[tuple[str, Callback]] = [
        (f"📷 {label}", TakePicture(camera.id)) for label, camera in zip(camera_labels(among, home), among, strict=True)
    ]
    if len(among) == len(home.cameras):
        choices.append(("📷 All", TakePicture(None)))
    await request.reply.show("Which camera?", keyboard(choices))
