"""Where requests come in: a command or a tap becomes a Request, its handler a task of its own.

A handler is a plain coroutine from top to bottom: it asks `request.control`, and says what comes of it through
`request.reply`. The next update of the chat is looked at as soon as the answer's first word is in the chat, so
the order in which commands begin is the order in which they were sent, and none waits for another's end.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from typing import Any

from telegram import CallbackQuery, InlineKeyboardMarkup, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
)

from blinkbot.bot.buttons.callback_data import Callback, decode, encode
from blinkbot.bot.buttons.callbacks import SignInToBlink, is_of_the_moment
from blinkbot.bot.buttons.clip_keyboards import is_of_clip
from blinkbot.bot.buttons.keyboards import keyboard, means
from blinkbot.bot.dispatch.callback_query import QueryAnswer
from blinkbot.bot.dispatch.reply import Reply
from blinkbot.bot.dispatch.request import SOON, ChatContext, Request, Tools
from blinkbot.bot.dispatch.router import ButtonHandler, Command, Router
from blinkbot.bot.dispatch.router import MessageHandler as DeclaredMessage
from blinkbot.bot.text.error_messages import SOMETHING_BROKE, complaint
from blinkbot.bot.text.formatting import escaped
from blinkbot.errors import BlinkbotError, NotAllowed, NotSignedIn
from blinkbot.ports import ChatDirectory, Controls

logger = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]
Context = CallbackContext[Any, Any, Any, Any]
Handler = BaseHandler[Update, Context, Any]

Place = tuple[int, int, str]
"""Where a tap is being served: chat, message, and the button's data where each button has an answer of its own."""

SECOND_TAP = 1.5
"""Seconds in which a second tap on a button belongs to the first, however soon the answer to that one came."""

FAREWELL = 1.5
"""Seconds for telling how a command ended that was interrupted by the program's end, or broke."""

INTERRUPTED = "⏸ The bot was stopped before this was finished. /status will tell once it is back."
NOT_TAKEN = "Telegram did not take my answer. Ask again, please; /status tells how the home is."
OUTDATED = "This button is out of date. Send the command again, please."
ON_IT = "Already on it."

LATE_AFTER = timedelta(minutes=15)
"""After so long something that was sent counts as late; a tap does when Telegram says so, at about that time."""

LATE = "⏸ You asked for this while I was away."


class Dispatcher:
    """Makes requests of updates and runs their handlers."""

    def __init__(
        self, application: App, controls: Controls, directory: ChatDirectory, context: ChatContext, tools: Tools
    ) -> None:
        self._application = application
        self._controls = controls
        self._directory = directory
        self._context = context
        self._tools = tools
        self._tasks: set[asyncio.Task[None]] = set()
        self._occupied: set[Place] = set()
        self._closed_at: float | None = None

    def handlers(self, routers: Iterable[Router]) -> list[Handler]:
        """The library's handlers for all that is declared, in the order in which they are asked."""
        declared: list[Handler] = []
        for router in routers:
            declared += [self._command(command) for command in router.commands]
            declared += [self._button(button) for button in router.buttons]
            declared += [self._message(each) for each in router.messages]
        return [*declared, CallbackQueryHandler(_outdated)]

    def _command(self, command: Command) -> Handler:
        async def handle(request: Request) -> None:
            chat = self._directory.find(request.chat_id)
            if chat is None or not chat.role.covers(command.role):
                raise NotAllowed(f"/{command.name} needs the role {command.role}")
            await command.handle(request)

        async def serve(update: Update, _: Context) -> None:
            if update.message:
                await self._serve_message(update, update.message, handle)

        return CommandHandler(command.name, serve)

    def _message(self, declared: DeclaredMessage) -> Handler:
        async def serve(update: Update, _: Context) -> None:
            if update.message:
                await self._serve_message(update, update.message, declared.handle)

        return MessageHandler(declared.which, serve)

    def _button(self, declared: ButtonHandler) -> Handler:
        async def serve(update: Update, _: Context) -> None:
            query = update.callback_query
            callback = decode(query.data) if query and query.data else None
            if query and query.message and isinstance(callback, declared.kind):

                async def handle(request: Request) -> None:
                    if request.is_late and is_of_the_moment(callback):
                        await ask_again(request, callback)
                    else:
                        await declared.handle(request, callback)

                await self._serve_tap(update, query, handle, apart=declared.apart, brief=declared.brief)
            elif query:
                # No button of ours is without data; a modified client may send what it likes.
                await QueryAnswer(query).end(OUTDATED)

        return CallbackQueryHandler(serve, pattern=means(declared.kind))

    async def close(self) -> None:
        """Interrupt what is being worked on, telling whoever waits for it; what still comes in is told the same.

        Returns within two seconds.
        """
        self._closed_at = asyncio.get_running_loop().time()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _is_late(self, message: MaybeInaccessibleMessage) -> bool:
        return isinstance(message, Message) and self._context.clock() - message.date > LATE_AFTER

    async def _serve_message(
        self, update: Update, message: Message, handle: Callable[[Request], Awaitable[None]]
    ) -> None:
        await self._serve(update, message, message.text or "", handle, replaces=None)

    async def _serve_tap(
        self,
        update: Update,
        query: CallbackQuery,
        handle: Callable[[Request], Awaitable[None]],
        *,
        apart: bool,
        brief: bool,
    ) -> None:
        message = query.message
        if message is None:
            return
        # An alert without a picture is a text, too, but one that is to become a video.
        under_clip = isinstance(message, Message) and is_of_clip(message.reply_markup)
        apart = apart or under_clip
        # A button that leads to a message of its own does not occupy its neighbours.
        place = (message.chat.id, message.message_id, (query.data or "") if apart else "")
        query_answer = QueryAnswer(query)
        if place in self._occupied:
            await query_answer.end(ON_IT)
            return
        if not brief:
            await query_answer.end()
        # A picture's caption cannot be edited into an answer; and of messages too old, Telegram tells no content.
        editable = isinstance(message, Message) and message.text is not None and not apart
        replaces = message.message_id if editable else None
        reply_to = message.message_id if under_clip else None
        try:
            await self._serve(
                update,
                message,
                "",
                handle,
                replaces=replaces,
                reply_to=reply_to,
                place=place,
                query_answer=query_answer,
            )
        finally:
            # Also of a chat that lost its rights in this very moment.
            await query_answer.end()

    async def _serve(
        self,
        update: Update,
        message: MaybeInaccessibleMessage,
        text: str,
        handle: Callable[[Request], Awaitable[None]],
        *,
        replaces: int | None,
        reply_to: int | None = None,
        place: Place | None = None,
        query_answer: QueryAnswer | None = None,
    ) -> None:
        begun = asyncio.get_running_loop().create_future()

        def release() -> None:
            if not begun.done():
                begun.set_result(None)

        def forget(task: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            if place is not None:
                # A button that stays, under an answer that came: the finger may be on its way a second time.
                again_in = SECOND_TAP if place[2] and request.reply.has_sent else 0
                asyncio.get_running_loop().call_later(again_in, self._occupied.discard, place)
            release()

        thread_id = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
        command, words = _split(text)
        request = Request(
            bot=self._application.bot,
            chat_id=message.chat.id,
            private=message.chat.type == ChatType.PRIVATE,
            command=command,
            words=words,
            message_id=message.message_id,
            control=self._controls.for_chat(message.chat.id),
            reply=Reply(
                self._application.bot,
                message.chat.id,
                self._context.sleep,
                message_id=replaces,
                thread_id=thread_id,
                reply_to=reply_to,
                shown=release,
            ),
            context=self._context,
            tools=self._tools,
            query_answer=query_answer,
            buttons=message.reply_markup if isinstance(message, Message) else None,
            is_late=query_answer.is_late if query_answer is not None else self._is_late(message),
        )
        if self._closed_at is not None:
            # All that still come in share one farewell: the end does not wait for each of a hundred commands.
            left = self._closed_at + FAREWELL - asyncio.get_running_loop().time()
            task = asyncio.create_task(_last_word(request, INTERRUPTED, within=left))
        else:
            task = self._application.create_task(_run(request, handle), update=update)
        self._tasks.add(task)
        if place is not None:
            self._occupied.add(place)
        task.add_done_callback(forget)
        if query_answer is not None:
            await asyncio.wait({begun}, timeout=SOON)
            await query_answer.end()
        await begun


async def _outdated(update: Update, _: Context) -> None:
    """For buttons that this version no longer makes, and for what no button of ours sent."""
    if update.callback_query:
        await QueryAnswer(update.callback_query).end(OUTDATED)


async def _run(request: Request, handle: Callable[[Request], Awaitable[None]]) -> None:
    try:
        await handle(request)
    except asyncio.CancelledError:
        await _last_word(request, INTERRUPTED)
        raise
    except BlinkbotError as error:
        logger.info("chat %s was told of a failure: %s: %s", request.chat_id, type(error).__name__, error)
        await request.reply.show(f"⚠️ {escaped(complaint(error))}", help_with(error))
    except TelegramError:
        await _last_word(request, f"⚠️ {NOT_TAKEN}")
        raise
    except Exception:
        await _last_word(request, f"⚠️ {SOMETHING_BROKE}")
        raise


def help_with(error: BlinkbotError) -> InlineKeyboardMarkup | None:
    """The button that mends what an error is about, None where there is none."""
    return keyboard([("Sign in to Blink", SignInToBlink())]) if isinstance(error, NotSignedIn) else None


async def ask_again(request: Request, callback: Callback) -> None:
    """Let what was tapped long ago be tapped once more."""
    data = encode(callback)
    shown = [each for row in request.buttons.inline_keyboard for each in row] if request.buttons else []
    label = next((each.text for each in shown if each.callback_data == data), "Yes")
    await request.reply.show(f"{LATE} Do you still want it?", keyboard([(label, callback)]))


async def _last_word(request: Request, text: str, within: float = FAREWELL) -> None:
    """Leave nobody with a message that promises more, where Telegram still takes a word."""
    try:
        async with asyncio.timeout(within):
            await request.reply.show(text)
    except (TelegramError, TimeoutError) as error:
        logger.warning("chat %s could not be told how its command ended: %s", request.chat_id, error)


async def together(work: Iterable[Awaitable[None]]) -> None:
    """Do things side by side to the end, whatever becomes of the others; then raise the first error there was."""
    for outcome in await asyncio.gather(*work, return_exceptions=True):
        if isinstance(outcome, BaseException):
            raise outcome


def _split(text: str) -> tuple[str, str]:
    """The command without its slash, and what stands behind it on one line."""
    words = text.split()
    if words and words[0].startswith("/"):
        return words[0][1:], " ".join(words[1:])
    return "", " ".join(words)
