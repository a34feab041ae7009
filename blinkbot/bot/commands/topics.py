"""/topics: a topic per camera, in a supergroup that has topics."""

import functools
from dataclasses import replace

from telegram import ChatMemberAdministrator, ChatMemberOwner
from telegram.constants import ChatType

from blinkbot.bot.buttons.callbacks import SwitchTopics
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.retry import with_retries
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text.formatting import listed
from blinkbot.bot.text.names import folded
from blinkbot.domain import Camera
from blinkbot.translations import Sentence

USAGE = "Like this: /topics on, /topics off"
PRIVATE = (
    "ForumTopics are for groups: there I can keep each camera in a topic of its own. Here is one place for all of them."
)
NO_TOPICS = (
    "This group has no topics. To have some:\n"
    "1. Open the group's page, then ✏️ Edit.\n"
    "2. Switch <b>ForumTopics</b> on.\n"
    "3. Under <b>Administrators</b>, add me and let me <b>manage topics</b>.\n"
    "4. Send /topics on."
)
NO_RIGHT = (
    "I may not make topics here. To let me:\n"
    "1. Open the group's page, then ✏️ Edit, then <b>Administrators</b>.\n"
    "2. Add me, and let me <b>manage topics</b>.\n"
    "3. Send /topics on."
)

router = Router()


@router.command("topics", Sentence("give each camera its own topic, in a group"))
async def command(request: Request) -> None:
    """/topics, /topics on, /topics off."""
    wanted = folded(request.words)
    if wanted in ("on", "off"):
        await switch(request, on=wanted == "on")
    elif wanted:
        await request.reply.show(USAGE)
    elif obstacle := await _obstacle(request):
        await request.reply.show(obstacle)
    else:
        on = (await request.control.alerts()).topics
        state = "Each camera has a topic of its own here." if on else "Everything arrives in one place here."
        offer = (
            ("📥 All in one place", SwitchTopics(on=False)) if on else ("🗂 A topic per camera", SwitchTopics(on=True))
        )
        await request.reply.show(f"🗂 {state}", keyboard([offer]))


@router.button(SwitchTopics)
async def tapped(request: Request, callback: SwitchTopics) -> None:
    """The button under /topics."""
    await switch(request, on=callback.on)


async def switch(request: Request, *, on: bool) -> None:
    """ForumTopics on or off."""
    if not on:
        await _off(request)
    elif obstacle := await _obstacle(request):
        await request.reply.show(obstacle)
    else:
        await _on(request)


async def _off(request: Request) -> None:
    alerts = await request.control.alerts()
    if alerts.topics:
        await request.control.choose_alerts(replace(alerts, topics=False))
        await request.reply.show(
            "📥 From now on everything arrives in one place. The topics stay; delete them as you like."
        )
    else:
        await request.reply.show(PRIVATE if request.private else "📥 Everything arrives in one place here already.")


async def _on(request: Request) -> None:
    home = await request.home()
    hidden = (await request.control.alerts()).hidden_cameras
    seen = [camera for camera in home.cameras if camera.id not in hidden]
    if await _made(request, seen):
        # Read again: making topics takes a while, in which somebody may have chosen something else.
        await request.control.choose_alerts(replace(await request.control.alerts(), topics=True))
        text = f"🗂 What happens at {listed([camera.name for camera in seen])} now goes to its own topic."
        await request.reply.show(text if seen else "🗂 Each camera gets a topic with its first clip.")
    else:
        await request.reply.show(NO_RIGHT)


async def _made(request: Request, cameras: list[Camera]) -> bool:
    """See to it that each camera has a topic, telling how far it is; False where Telegram does not let us."""
    topics = request.tools.topics
    async with request.acting():
        for number, camera in enumerate(cameras, start=1):
            await request.reply.show(f"⏳ Making topics: {number} of {len(cameras)}…")
            making = functools.partial(topics.thread_for, request.chat_id, camera.id, camera.name, verified=True)
            thread_id = await with_retries(making, request.context.sleep, repeatable=False)
            if thread_id is None:
                return False
    return True


async def _obstacle(request: Request) -> str:
    """Why there can be no topics here and what to do about it; "" where there can."""
    if request.private:
        return PRIVATE
    chat = await with_retries(lambda: request.bot.get_chat(request.chat_id), request.context.sleep, repeatable=True)
    if chat.type != ChatType.SUPERGROUP or not chat.is_forum:
        return NO_TOPICS
    me = await with_retries(
        lambda: request.bot.get_chat_member(request.chat_id, request.bot.id), request.context.sleep, repeatable=True
    )
    may = isinstance(me, ChatMemberOwner) or (isinstance(me, ChatMemberAdministrator) and me.can_manage_topics)
    return "" if may else NO_RIGHT
