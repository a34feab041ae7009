"""/clips: what is asked for in a person's words."""

from blinkbot.bot.buttons.callbacks import ShowFound
from blinkbot.bot.buttons.keyboards import Button
from blinkbot.bot.commands.clips import lists
from blinkbot.bot.commands.clips.lists import with_former
from blinkbot.bot.commands.clips.query import Misread, Question, read_question
from blinkbot.bot.dispatch.choices import Options, ask
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text.clips import OF_CAMERA
from blinkbot.bot.text.devices import CAMERA, WHICH_CAMERA
from blinkbot.bot.text.names import camera_labels
from blinkbot.domain import Camera
from blinkbot.translations import Sentence

router = Router()


@router.command("clips", Sentence("watch clips again"))
async def command(request: Request) -> None:
    """/clips [who or what was seen] [camera] [time]."""
    locale = with_former(await request.locale(), await request.control.clips.former_cameras())
    match read_question(request.words, locale):
        case Misread(complaint):
            await request.reply.show(complaint)
        case Question(cameras, window, seen) if len(cameras) > 1:

            def of(camera: Camera, label: str) -> list[Button]:
                return [(OF_CAMERA(camera=label), ShowFound(lists.found_in(camera.id, window, seen), 0))]

            labels = camera_labels(cameras, locale.home)
            await ask(request, Options(CAMERA, cameras, labels, WHICH_CAMERA(), of), cameras)
        case Question(cameras, window, seen):
            await lists.show(request, lists.found_in(cameras[0].id if cameras else None, window, seen))
