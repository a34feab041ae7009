"""/clips: what is asked for in a person's words."""

from blinkbot.bot.buttons.callbacks import ShowFound
from blinkbot.bot.buttons.keyboards import Button, keyboard
from blinkbot.bot.commands.clips import lists
from blinkbot.bot.commands.clips.query import Misread, Question, read_question
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import clips as text
from blinkbot.bot.text.names import camera_labels
from blinkbot.domain import Home
from blinkbot.translations import Sentence

router = Router()


@router.command("clips", Sentence("watch clips again"))
async def command(request: Request) -> None:
    """/clips [camera] [time]."""
    locale = await request.locale()
    question = read_question(request.words, locale)
    match question:
        case Misread(complaint):
            await request.reply.show(complaint)
        case Question(cameras, window) if len(cameras) > 1:
            await _ask_which(request, locale.home, question)
        case Question(cameras, window):
            camera_id = cameras[0].id if cameras else None
            await lists.show(request, lists.found_in(camera_id, window))


async def _ask_which(request: Request, home: Home, question: Question) -> None:
    labels = camera_labels(question.cameras, home)
    choices: list[Button] = [
        (text.OF_CAMERA(camera=label), ShowFound(lists.found_in(camera.id, question.window), 0))
        for label, camera in zip(labels, question.cameras, strict=True)
    ]
    await request.reply.show(text.WHICH_CAMERA(), keyboard(choices))
