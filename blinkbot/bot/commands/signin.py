"""/signin and /pin: signing in to Blink, with the code entered in a private chat and deleted there."""

import logging
import re

from telegram import Message
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import filters

from blinkbot.bot.buttons.callbacks import SignInToBlink
from blinkbot.bot.commands.start import plain_text
from blinkbot.bot.dispatch.announcer import NEW_CODE, SIGN_IN
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text.error_messages import complaint
from blinkbot.bot.text.formatting import escaped
from blinkbot.bot.text.status import SIGN_IN_STATES
from blinkbot.domain import SignInState
from blinkbot.errors import SignInRefused
from blinkbot.translations import Sentence

logger = logging.getLogger(__name__)

CODE = re.compile(r"(?:[0-9][ -]?){3,7}[0-9]")
"""Four to eight digits, in the groups that people write them in."""

NOT_HERE = "Write the code to me in a private chat, please, not where others read it."
NOT_A_CODE = "A code has 4 to 8 digits. Send it like this: /pin 123456"
NOT_AWAITED = "I am not waiting for a code just now. /signin starts a sign-in."

router = Router()


class BareCode(filters.MessageFilter):
    """Messages in private chats that are nothing but a code."""

    def filter(self, message: Message) -> bool:
        """Whether this is such a message."""
        return message.chat.type == ChatType.PRIVATE and CODE.fullmatch((message.text or "").strip()) is not None


@router.message(BareCode())
async def code_alone(request: Request) -> None:
    """A code alone, as long as the bot is not signed in.

    Not only while one is awaited: a code that comes after a restart is of no use, but a secret all the same.
    """
    signed_in = request.control.sign_in_state() is SignInState.SIGNED_IN
    await (plain_text(request) if signed_in else pin(request))


@router.button(SignInToBlink)
async def sign_in_tapped(request: Request, _: SignInToBlink) -> None:
    """The buttons that sign in or send a new code."""
    await sign_in(request)


@router.command("signin", Sentence("sign in to Blink"))
async def sign_in(request: Request) -> None:
    """/signin, and the buttons that sign in or send a new code."""
    await request.reply.show(SIGN_IN_STATES[SignInState.SIGNING_IN]())
    with request.tools.announcer.lent(request.reply) as loan:
        try:
            async with request.acting():
                await request.control.sign_in()
        except SignInRefused as error:
            await _complain(request, error)
        else:
            if not loan.used:
                await request.reply.show(SIGN_IN_STATES[request.control.sign_in_state()]())


@router.command("pin", Sentence("enter the code that Blink sent"))
async def pin(request: Request) -> None:
    """/pin CODE, and a code alone."""
    if not request.private:
        deleted = await _deleted(request)
        await request.reply.show(NOT_HERE if deleted else f"{NOT_HERE} I may not delete messages here: delete yours.")
    elif not CODE.fullmatch(request.words):
        await _deleted(request)
        await request.reply.show(NOT_A_CODE)
    elif request.control.sign_in_state() is not SignInState.PIN_NEEDED:
        await _deleted(request)
        await request.reply.show(NOT_AWAITED)
    else:
        await enter(request)


async def enter(request: Request) -> None:
    """A code, in a private chat."""
    await _deleted(request)
    await request.reply.show("⏳ Entering the code…")
    with request.tools.announcer.lent(request.reply) as loan:
        try:
            async with request.acting():
                await request.control.enter_pin(re.sub(r"[ -]", "", request.words))
        except SignInRefused as error:
            await _complain(request, error)
        else:
            if not loan.used:
                await request.reply.show(SIGN_IN_STATES[request.control.sign_in_state()]())


async def _complain(request: Request, error: SignInRefused) -> None:
    awaited = request.control.sign_in_state() is SignInState.PIN_NEEDED
    await request.reply.show(f"⚠️ {escaped(complaint(error))}", NEW_CODE if awaited else SIGN_IN)


async def _deleted(request: Request) -> bool:
    """Whether the message with the code could be deleted."""
    try:
        return await request.bot.delete_message(request.chat_id, request.message_id)
    except TelegramError as error:
        logger.warning("a message with a code could not be deleted in chat %s: %s", request.chat_id, error)
        return False
