"""/topics: a topic per camera, in a supergroup that has topics."""

import functools
from dataclasses import replace

from telegram import ChatMemberAdministrator, ChatMemberOwner
from telegram.constants import ChatType

from blinkbot.bot.buttons.callbacks import SwitchTopics
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.retry import with_retries
from blinkbot.bot.dispatch.choices import switch_of
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import alerts as text
from blinkbot.bot.text.formatting import join_names, quoted, typed
from blinkbot.bot.text.times import with_examples
from blinkbot.bot.timeparse.vocabulary import spoken
from blinkbot.domain import Camera
from blinkbot.translations import Sentence

router = Router()


@router.command("topics", Sentence("give each camera its own topic, in a group"))
async def command(request: Request) -> None:
    wanted = switch_of(request.words)
    if wanted is not None:
        await switch(request, on=wanted)
    elif request.words:
        await request.reply.show(
            with_examples(text.TOPICS_USAGE(words=quoted(request.words)), [_typed(on=True), _typed(on=False)])
        )
    elif obstacle := await _obstacle(request):
        await request.reply.show(obstacle)
    else:
        on = (await request.control.preferences.alerts()).topics
        state, offer = (text.TOPICS_ON, text.TOPICS_OFF_BUTTON) if on else (text.TOPICS_OFF, text.TOPICS_ON_BUTTON)
        await request.reply.show(state(), keyboard([(offer(), SwitchTopics(on=not on))]))


@router.button(SwitchTopics)
async def tapped(request: Request, callback: SwitchTopics) -> None:
    await switch(request, on=callback.on)


async def switch(request: Request, *, on: bool) -> None:
    if not on:
        await _off(request)
    elif obstacle := await _obstacle(request):
        await request.reply.show(obstacle)
    else:
        await _on(request)


async def _off(request: Request) -> None:
    alerts = await request.control.preferences.alerts()
    if alerts.topics:
        await request.control.preferences.choose_alerts(replace(alerts, topics=False))
        await request.reply.show(text.TOPICS_ENDED())
    else:
        await request.reply.show(text.TOPICS_IN_PRIVATE() if request.private else text.NO_TOPICS_YET())


async def _on(request: Request) -> None:
    home = await request.home()
    hidden = (await request.control.preferences.alerts()).hidden_cameras
    seen = [camera for camera in home.cameras if camera.id not in hidden]
    if await _made(request, seen):
        # Read again: making topics takes a while, in which something else may have been chosen.
        await request.control.preferences.choose_alerts(
            replace(await request.control.preferences.alerts(), topics=True)
        )
        names = join_names([camera.name for camera in seen])
        await request.reply.show(text.TOPICS_MADE(names=names) if seen else text.TOPICS_TO_COME())
    else:
        await request.reply.show(text.TOPICS_FORBIDDEN(command=typed(_typed(on=True))))


async def _made(request: Request, cameras: list[Camera]) -> bool:
    """Give each camera a topic, saying how far it is; False where Telegram does not let us."""
    topics = request.tools.topics
    async with request.acting():
        for number, camera in enumerate(cameras, start=1):
            await request.reply.show(text.MAKING_TOPICS(number=number, total=len(cameras)))
            making = functools.partial(topics.thread_for, request.chat_id, camera.id, camera.name, verified=True)
            thread_id = await with_retries(making, request.context.sleep, repeatable=False)
            if thread_id is None:
                return False
    return True


async def _obstacle(request: Request) -> str:
    """Why there can be no topics here and what to do about it; "" where there can."""
    if request.private:
        return text.TOPICS_IN_PRIVATE()
    chat = await with_retries(lambda: request.bot.get_chat(request.chat_id), request.context.sleep, repeatable=True)
    if chat.type != ChatType.SUPERGROUP or not chat.is_forum:
        return text.TOPICS_MISSING(command=typed(_typed(on=True)))
    me = await with_retries(
        lambda: request.bot.get_chat_member(request.chat_id, request.bot.id), request.context.sleep, repeatable=True
    )
    may = isinstance(me, ChatMemberOwner) or (isinstance(me, ChatMemberAdministrator) and me.can_manage_topics)
    return "" if may else text.TOPICS_FORBIDDEN(command=typed(_typed(on=True)))


def _typed(*, on: bool) -> str:
    vocabulary = spoken()
    return f"/topics {(vocabulary.on if on else vocabulary.off)[0]}"
