"""/clips: what is asked for in a person's words, and the buttons of the lists that answer it."""

from blinkbot.bot.buttons.callbacks import (
    AskDeleteAll,
    Callback,
    DeleteAll,
    Found,
    PlayAll,
    PlayClip,
    ShowClips,
    ShowDays,
    ShowFound,
)
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.commands.clips import delete as clip_deleting
from blinkbot.bot.commands.clips import lists as clip_lists
from blinkbot.bot.commands.clips import play as clip_playing
from blinkbot.bot.commands.clips import play_all as clip_albums
from blinkbot.bot.commands.clips.query import Misread, Question, read_question
from blinkbot.bot.dispatch.dispatcher import Dispatcher, Handler
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.text.names import camera_labels
from blinkbot.domain import Home


def handlers(dispatcher: Dispatcher) -> list[Handler]:
    """What this file answers."""
    return [
        dispatcher.command("clips", command),
        dispatcher.tap(ShowClips, lambda request, tap: show_clips(request, tap)),
        dispatcher.tap(ShowFound, lambda request, tap: clip_lists.show_page(request, tap.found, tap.page)),
        dispatcher.tap(ShowDays, lambda request, tap: clip_lists.show_days(request, tap.found, tap.page)),
        dispatcher.tap(PlayClip, lambda request, tap: clip_playing.play(request, tap.key), apart=True),
        dispatcher.tap(PlayAll, lambda request, tap: clip_albums.play_all(request, tap.found, tap.offset), apart=True),
        dispatcher.tap(AskDeleteAll, lambda request, tap: clip_deleting.ask(request, tap.found)),
        dispatcher.tap(DeleteAll, lambda request, tap: clip_deleting.delete(request, tap.found, tap.count)),
    ]


async def command(request: Request) -> None:
    """/clips [camera] [time]."""
    home = await request.home()
    question = read_question(request.words, home, request.services.clock(), request.services.time_zone)
    match question:
        case Misread(text):
            await request.reply.show(text)
        case Question(cameras, window) if len(cameras) > 1:
            await _ask_which(request, home, question)
        case Question(cameras, window):
            camera_id = cameras[0].id if cameras else None
            await clip_lists.show(request, clip_lists.found_in(camera_id, window))


async def show_clips(request: Request, tap: ShowClips) -> None:
    """The buttons of older lists, and of cameras."""
    await clip_lists.show_page(request, Found(tap.camera_id, None, None), tap.page)


async def _ask_which(request: Request, home: Home, question: Question) -> None:
    labels = camera_labels(question.cameras, home)
    choices: list[tuple[str, Callback]] = [
        (f"🎞 {label}", ShowFound(clip_lists.found_in(camera.id, question.window), 0))
        for label, camera in zip(labels, question.cameras, strict=True)
    ]
    await request.reply.show("Which camera?", keyboard(choices))
