"""/clips: what is asked for in a person's words, and the buttons of the lists that answer it."""

from blinkbot.bot.buttons.callback_data import Found
from blinkbot.bot.buttons.callbacks import AskDeleteAll, DeleteAll, PlayAll, PlayClip, ShowClips, ShowDays, ShowFound
from blinkbot.bot.buttons.keyboards import Button, keyboard
from blinkbot.bot.commands.clips import delete, lists, play, play_all
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
    home = await request.home()
    question = read_question(request.words, home, request.now(), request.time_zone)
    match question:
        case Misread(complaint):
            await request.reply.show(complaint)
        case Question(cameras, window) if len(cameras) > 1:
            await _ask_which(request, home, question)
        case Question(cameras, window):
            camera_id = cameras[0].id if cameras else None
            await lists.show(request, lists.found_in(camera_id, window))


@router.button(ShowClips)
async def show_clips(request: Request, callback: ShowClips) -> None:
    """The buttons of older lists, and of cameras."""
    await lists.show_page(request, Found(callback.camera_id, None, None), callback.page)


@router.button(ShowFound)
async def show_page(request: Request, callback: ShowFound) -> None:
    """A page of a list."""
    await lists.show_page(request, callback.found, callback.page)


@router.button(ShowDays)
async def show_days(request: Request, callback: ShowDays) -> None:
    """The days to choose from."""
    await lists.show_days(request, callback.found, callback.page)


@router.button(PlayClip, apart=True)
async def play_one(request: Request, callback: PlayClip) -> None:
    """One clip of a list."""
    await play.play(request, callback.key)


@router.button(PlayAll, apart=True)
async def play_list(request: Request, callback: PlayAll) -> None:
    """All clips of a list."""
    await play_all.play_all(request, callback.found, callback.offset)


@router.button(AskDeleteAll)
async def ask_to_delete(request: Request, callback: AskDeleteAll) -> None:
    """Nothing is deleted without a second tap."""
    await delete.ask(request, callback.found)


@router.button(DeleteAll)
async def delete_all(request: Request, callback: DeleteAll) -> None:
    """All clips of a list, deleted from Blink."""
    await delete.delete(request, callback.found, callback.count)


async def _ask_which(request: Request, home: Home, question: Question) -> None:
    labels = camera_labels(question.cameras, home)
    choices: list[Button] = [
        (text.OF_CAMERA(camera=label), ShowFound(lists.found_in(camera.id, question.window), 0))
        for label, camera in zip(labels, question.cameras, strict=True)
    ]
    await request.reply.show(text.WHICH_CAMERA(), keyboard(choices))
