"""/signin and /pin: signing in to Blink, with the code entered in a private chat and deleted there."""

import logging
import re
from collections.abc import Awaitable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import filters

from blinkbot.bot.buttons.callbacks import SignInToBlink
from blinkbot.bot.commands.start import plain_text
from blinkbot.bot.dispatch.announcer import sign_in_keyboard
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import signin as text
from blinkbot.bot.text.error_messages import error_message
from blinkbot.bot.text.formatting import escaped
from blinkbot.domain import PinRequest, SignInState
from blinkbot.errors import SignInRefused
from blinkbot.translations import Sentence

logger = logging.getLogger(__name__)

CODE = re.compile(r"(?:[0-9][ -]?){3,7}[0-9]")  # Four to eight digits, in the groups that people write them in

router = Router()


class BareCode(filters.MessageFilter):
    """Messages in private chats that are nothing but a code."""

    def filter(self, message: Message) -> bool:
        return message.chat.type == ChatType.PRIVATE and CODE.fullmatch((message.text or "").strip()) is not None


@router.message(BareCode())
async def code_alone(request: Request) -> None:
    """A code alone, as long as the bot is not signed in. Not only while one is awaited: a code that comes after a
    restart is of no use, but a secret all the same."""
    signed_in = request.control.sign_in.state is SignInState.SIGNED_IN
    await (plain_text(request) if signed_in else pin(request))


@router.button(SignInToBlink)
async def sign_in_tapped(request: Request, _: SignInToBlink) -> None:
    await sign_in(request)


@router.command("signin", Sentence("sign in to Blink"))
async def sign_in(request: Request) -> None:
    await request.reply.show(text.STATES[SignInState.SIGNING_IN]())
    await _carry_out(request, request.control.sign_in.start())


@router.command("pin", Sentence("enter the code that Blink sent"))
async def pin(request: Request) -> None:
    """/pin CODE, and a code alone."""
    deleted = await _deleted(request)
    if not request.private:
        private = InlineKeyboardMarkup.from_button(InlineKeyboardButton(text.OPEN_CHAT(), url=request.bot.link))
        await request.reply.show(text.NOT_IN_A_GROUP() if deleted else text.DELETE_IT_YOURSELF(), private)
    elif not CODE.fullmatch(request.words):
        await request.reply.show(text.NOT_A_CODE())
    elif request.control.sign_in.state is not SignInState.PIN_NEEDED:
        await request.reply.show(text.NOT_AWAITED())
    else:
        await request.reply.show(text.ENTERING_CODE())
        await _carry_out(request, request.control.sign_in.enter_pin(re.sub(r"[ -]", "", request.words)))


async def _carry_out(request: Request, step: Awaitable[PinRequest | None]) -> None:
    try:
        async with request.acting():
            awaited = await step
    except SignInRefused as error:
        new_code = request.control.sign_in.state is SignInState.PIN_NEEDED
        await request.reply.show(f"⚠️ {escaped(error_message(error))}", sign_in_keyboard(new_code=new_code))
    else:
        await request.tools.announcer.tell(request.reply, awaited)


async def _deleted(request: Request) -> bool:
    try:
        return await request.bot.delete_message(request.chat_id, request.message_id)
    except TelegramError as error:
        logger.warning("a message with a code could not be deleted in chat %s: %s", request.chat_id, error)
        return False
