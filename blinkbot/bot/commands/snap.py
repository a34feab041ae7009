"""/snap: a new picture, from one camera or from all of them."""

from collections.abc import Awaitable, Callable, Sequence

from telegram.constants import ChatAction

from blinkbot.bot.buttons.callbacks import TakePicture
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.attachments import Photo
from blinkbot.bot.client.concurrency import together
from blinkbot.bot.dispatch.choices import Options, choose
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import devices
from blinkbot.bot.text.formatting import bold
from blinkbot.bot.text.names import camera_labels
from blinkbot.domain import Camera
from blinkbot.errors import BlinkbotError, Missing, NotFound, NotSignedIn
from blinkbot.translations import Sentence

router = Router()


@router.command("snap", Sentence("take a picture"))
async def command(request: Request) -> None:
    """/snap [camera|all]."""
    home = await request.home()
    options = Options(
        devices.CAMERA,
        home.cameras,
        camera_labels(home.cameras, home),
        devices.WHICH_CAMERA(),
        lambda camera, label: [(f"📷 {label}", TakePicture(camera.id))],
        everything=(devices.ALL_CAMERAS(), TakePicture(None)),
    )
    await _take(request, await choose(request, request.words, options))


@router.button(TakePicture)
async def tapped(request: Request, callback: TakePicture) -> None:
    cameras = [camera for camera in (await request.home()).cameras if callback.camera_id in (None, camera.id)]
    if not cameras:
        raise NotFound("snap", missing=Missing.CAMERA)
    await _take(request, cameras)


async def _take(request: Request, cameras: Sequence[Camera]) -> None:
    """Pictures from these, all at the same time; one camera's takes the place of the reply."""
    if len(cameras) == 1:
        await _take_one(request, cameras[0])
    elif cameras:
        await _take_several(request, cameras)


async def _take_one(request: Request, camera: Camera) -> None:
    await request.reply.show(devices.ASKING(camera=bold(camera.name)))
    async with request.acting(ChatAction.UPLOAD_PHOTO):
        try:
            photo = await _photo(request, camera, request.reply.show)
        except NotSignedIn:
            raise  # the same for all cameras, and told with the button that helps
        except BlinkbotError as error:
            # Trying again would wake a camera that has taken its picture.
            is_late = isinstance(error, NotFound) and error.missing is Missing.NEW_PICTURE
            again = None if is_late else keyboard([(devices.TRY_AGAIN(), TakePicture(camera.id))])
            await request.reply.show(devices.no_picture(camera, error), again)
            return
        await request.reply.become(photo)


async def _take_several(request: Request, cameras: Sequence[Camera]) -> None:
    lines = {camera.id: devices.ASKING(camera=bold(camera.name)) for camera in cameras}

    async def one(camera: Camera) -> None:
        async def tell(line: str) -> None:
            lines[camera.id] = line
            await request.reply.show("\n".join(lines.values()))

        try:
            photo = await _photo(request, camera, tell)
        except NotSignedIn:
            raise
        except BlinkbotError as error:
            await tell(devices.no_picture(camera, error))
        else:
            await request.reply.send(photo)
            await tell(f"✅ {bold(camera.name)}")

    await request.reply.show("\n".join(lines.values()))
    async with request.acting(ChatAction.UPLOAD_PHOTO):
        await together(one(camera) for camera in cameras)


async def _photo(request: Request, camera: Camera, tell: Callable[[str], Awaitable[None]]) -> Photo:
    """The picture of a camera; where it comes late, that is told."""

    async def on_late() -> None:
        await tell(devices.TAKEN(camera=bold(camera.name)))

    picture = await request.control.cameras.take_picture(camera.id, on_late)
    caption = devices.picture_caption(picture, await request.locale())
    return Photo(picture.jpeg, caption, keyboard([(devices.AGAIN(), TakePicture(camera.id))]))
