"""Where requests come in: a command or a tap becomes a Request, its handler a task of its own.

A handler is a plain coroutine from top to bottom: it asks `request.control`, and says what comes of it through
`request.reply`. The next update of the chat is looked at as soon as the answer's first word is in the chat, so
the order in which commands begin is the order in which they were sent, and none waits for another's end.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from telegram import CallbackQuery, MaybeInaccessibleMessage, Message, Update
from telegram.constants import ChatType
from telegram.ext import Application, BaseHandler, CallbackContext, CallbackQueryHandler, CommandHandler, MessageHandler

from blinkbot.bot.buttons.callback_data import decode
from blinkbot.bot.buttons.callbacks import is_of_the_moment
from blinkbot.bot.buttons.clip_keyboards import is_of_clip
from blinkbot.bot.buttons.keyboards import is_one_of
from blinkbot.bot.dispatch.callback_query import QueryAnswer
from blinkbot.bot.dispatch.handler_task import LAST_WORD_WITHIN, ask_again, last_word, run
from blinkbot.bot.dispatch.languages import ChatLanguages
from blinkbot.bot.dispatch.reply import Reply
from blinkbot.bot.dispatch.request import SOON, ChatContext, Request, Tools
from blinkbot.bot.dispatch.router import ButtonHandler, Command, Handle, Router
from blinkbot.bot.dispatch.unknown_camera import with_camera
from blinkbot.bot.text.dispatch import ALREADY_ON_IT, INTERRUPTED, OUTDATED_BUTTON
from blinkbot.errors import NotAllowed
from blinkbot.ports import ChatDirectory, ControlOf
from blinkbot.translations import speaking

TelegramApplication = Application[Any, Any, Any, Any, Any, Any]
HandlerContext = CallbackContext[Any, Any, Any, Any]
Handler = BaseHandler[Update, HandlerContext, Any]
Serve = Callable[[Update, HandlerContext], Coroutine[Any, Any, None]]

TapKey = tuple[int, int, str]
"""Where a tap is being served: chat, message, and the button's data where each button has an answer of its own."""

SECOND_TAP = 1.5
"""Seconds in which a second tap on a button belongs to the first, however soon the answer to that one came."""

LATE_AFTER = timedelta(minutes=15)
"""After so long something that was sent counts as late; a tap does when Telegram says so, at about that time."""


@dataclass(frozen=True, slots=True)
class _Incoming:
    """A message or a tap, on its way to its handler. `replaces` is the message whose place the reply takes, `reply_to`
    the one that it answers."""

    update: Update
    message: MaybeInaccessibleMessage
    handle: Handle
    text: str = ""
    replaces: int | None = None
    reply_to: int | None = None
    place: TapKey | None = None
    query_answer: QueryAnswer | None = None
    is_late: bool = False


@dataclass(slots=True)
class Dispatcher:
    """Makes requests of updates and runs their handlers."""

    application: TelegramApplication
    control_of: ControlOf
    directory: ChatDirectory
    languages: ChatLanguages
    context: ChatContext
    tools: Tools
    _tasks: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _occupied: set[TapKey] = field(default_factory=set, init=False)
    _closed_at: float | None = field(default=None, init=False)

    def handlers(self, routers: Iterable[Router]) -> list[Handler]:
        """The library's handlers for all that is declared, in the order in which they are asked."""
        declared: list[Handler] = []
        for router in routers:
            declared += [self._command(command) for command in router.commands]
            declared += [self._button(button) for button in router.buttons]
            declared += [MessageHandler(each.which, self._serving(each.handle)) for each in router.messages]
        return [*declared, CallbackQueryHandler(self._in_language(_outdated))]

    def _command(self, command: Command) -> Handler:
        async def handle(request: Request) -> None:
            chat = self.directory.find(request.chat_id)
            if chat is None or not chat.role.covers(command.role):
                raise NotAllowed(f"/{command.name} needs the role {command.role}")
            await command.handle(request)

        return CommandHandler(command.name, self._serving(handle))

    def _serving(self, handle: Handle) -> Serve:
        async def serve(update: Update, _: HandlerContext) -> None:
            if update.message:
                message, now = update.message, self.context.clock()
                is_late = now - message.date > LATE_AFTER
                await self._serve(_Incoming(update, message, handle, message.text or "", is_late=is_late))

        return self._in_language(serve)

    def _button(self, declared: ButtonHandler) -> Handler:
        async def serve(update: Update, _: HandlerContext) -> None:
            query = update.callback_query
            callback = decode(query.data) if query and query.data else None
            if query and query.message and isinstance(callback, declared.kind):
                message_id = query.message.message_id

                async def handle(request: Request) -> None:
                    meant = await with_camera(callback, request.control.clips, message_id)
                    if request.is_late and is_of_the_moment(meant):
                        await ask_again(request, meant)
                    else:
                        await declared.handle(request, meant)

                await self._serve_tap(update, query, handle, declared)
            elif query:
                # No button of ours is without data; a modified client may send what it likes.
                await QueryAnswer(query).end(OUTDATED_BUTTON())

        return CallbackQueryHandler(self._in_language(serve), pattern=is_one_of(declared.kind))

    def _in_language(self, serve: Serve) -> Serve:
        """The same in the language of the update's chat; the handler's task takes it along."""

        async def in_language(update: Update, context: HandlerContext) -> None:
            with speaking(await self.languages.of(update)):
                await serve(update, context)

        return in_language

    async def close(self) -> None:
        """Interrupt what is being worked on, telling the chats that wait; what still comes in is told the same.
        Returns within two seconds."""
        self._closed_at = asyncio.get_running_loop().time()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve_tap(self, update: Update, query: CallbackQuery, handle: Handle, declared: ButtonHandler) -> None:
        message = query.message
        if message is None:
            return
        # An alert without a picture is a text, too, but one that is to become a video.
        under_clip = isinstance(message, Message) and is_of_clip(message.reply_markup)
        apart = declared.apart or under_clip
        # A button that leads to a message of its own does not occupy its neighbours.
        place = (message.chat.id, message.message_id, (query.data or "") if apart else "")
        query_answer = QueryAnswer(query)
        if place in self._occupied:
            await query_answer.end(ALREADY_ON_IT())
            return
        # A brief handler answers the tap itself, and does nothing that may be too late.
        is_late = not declared.brief and await query_answer.acknowledge()
        # A picture's caption cannot be edited into a reply; and of messages too old, Telegram tells no content.
        editable = isinstance(message, Message) and message.text is not None and not apart
        tapped = _Incoming(
            update,
            message,
            handle,
            replaces=message.message_id if editable else None,
            reply_to=message.message_id if under_clip else None,
            place=place,
            query_answer=query_answer,
            is_late=is_late,
        )
        try:
            await self._serve(tapped)
        finally:
            # Also of a chat that lost its rights in this very moment.
            await query_answer.end()

    async def _serve(self, incoming: _Incoming) -> None:
        """Start the handler as a task; returns when its first word is in the chat, or it has ended."""
        begun = asyncio.get_running_loop().create_future()

        def release() -> None:
            if not begun.done():
                begun.set_result(None)

        def forget(task: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            if place is not None:
                # A button that stays, under a reply that came: the finger may be on its way a second time.
                again_in = SECOND_TAP if place[2] and request.reply.has_sent else 0
                asyncio.get_running_loop().call_later(again_in, self._occupied.discard, place)
            release()

        place, query_answer = incoming.place, incoming.query_answer
        request = self._request(incoming, shown=release)
        if self._closed_at is not None:
            # All that still come in share the time for one last word: the end does not wait for a hundred commands.
            left = self._closed_at + LAST_WORD_WITHIN - asyncio.get_running_loop().time()
            task = asyncio.create_task(last_word(request, INTERRUPTED(), within=left))
        else:
            task = self.application.create_task(run(request, incoming.handle), update=incoming.update)
        self._tasks.add(task)
        if place is not None:
            self._occupied.add(place)
        task.add_done_callback(forget)
        if query_answer is not None:
            await asyncio.wait({begun}, timeout=SOON)
            await query_answer.end()
        await begun

    def _request(self, incoming: _Incoming, shown: Callable[[], None]) -> Request:
        message, bot = incoming.message, self.application.bot
        readable = message if isinstance(message, Message) else None
        command, words = _split(incoming.text)
        return Request(
            bot=bot,
            chat_id=message.chat.id,
            private=message.chat.type == ChatType.PRIVATE,
            command=command,
            words=words,
            message_id=message.message_id,
            control=self.control_of(message.chat.id),
            reply=Reply(
                bot,
                message.chat.id,
                self.context.sleep,
                message_id=incoming.replaces,
                thread_id=readable.message_thread_id if readable is not None and readable.is_topic_message else None,
                reply_to=incoming.reply_to,
                shown=shown,
            ),
            context=self.context,
            tools=self.tools,
            query_answer=incoming.query_answer,
            buttons=readable.reply_markup if readable is not None else None,
            is_late=incoming.is_late,
        )


async def _outdated(update: Update, _: HandlerContext) -> None:
    """For buttons that this version no longer makes, and for what no button of ours sent."""
    if update.callback_query:
        await QueryAnswer(update.callback_query).end(OUTDATED_BUTTON())


def _split(text: str) -> tuple[str, str]:
    """The command without its slash, and what stands behind it on one line."""
    words = text.split()
    if words and words[0].startswith("/"):
        return words[0][1:], " ".join(words[1:])
    return "", " ".join(words)
