"""Signing in to Blink on the owner's word: one attempt at a time, counted, never by itself a second time.

Repeated sign-ins send repeated codes and then lock the account (protocol §3). So the password goes out by itself once
in the life of these credentials, at the very first start; after that only when an owner asks, and not too often.
"""

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from blinkbot.control.access import ChatAccess
from blinkbot.domain import PinRequest, SignInState, Tokens
from blinkbot.errors import BlinkError, NotSignedIn, SessionEnded, SignInLimit, TooManySignIns
from blinkbot.ports import Announcer, Clock, SignIn, TokenStore
from blinkbot.store import AccountRepository

_log = logging.getLogger(__name__)

# What a person needs at most when a code does not arrive; Blink locks an account somewhere above it.
MOST_SIGN_INS = 5
WITHIN = timedelta(hours=1)


@dataclass(slots=True)
class SignInService:
    """Keeps the session: who asks, which code is awaited, and what the owners are told.

    `fingerprint` stands for e-mail and password (see `fingerprint_of`): other credentials may be tried anew.
    """

    sign_in: SignIn
    tokens: TokenStore
    account: AccountRepository
    announcer: Announcer
    clock: Clock
    fingerprint: str
    on_signed_in: Callable[[Tokens], Awaitable[None]]
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _state: SignInState = field(default=SignInState.SIGNED_OUT, init=False)
    _resend_at: datetime | None = field(default=None, init=False)

    @property
    def state(self) -> SignInState:
        """Where the sign-in stands."""
        return self._state

    @property
    def signed_in(self) -> bool:
        """Whether requests to Blink make sense."""
        return self._state is SignInState.SIGNED_IN

    async def resume(self) -> None:
        """At start: use the session there is, if there is one."""
        if await self.tokens.load() is not None:
            self._state = SignInState.SIGNED_IN

    async def open(self) -> None:
        """Without a session: sign in, if these credentials were never tried; else ask the owners."""
        if self.signed_in:
            return
        if await self.account.credentials_tried() == self.fingerprint:
            await self.announcer.sign_in_needed(NotSignedIn("there is no session"))
            return
        try:
            await self.start()
        except BlinkError as error:
            _log.warning("sign-in failed: %s", error)
            await self.announcer.sign_in_needed(error)

    async def start(self, asked_by: int | None = None) -> PinRequest | None:
        """Sign in on an owner's word: send the password, or ask for a new code where one is awaited.

        Returns the code that is awaited now, which the owners were asked for beside the chat `asked_by`; None: signed
        in. Raises BlinkErrors; TooManySignIns by itself.
        """
        async with self._turn:
            if self.signed_in:
                return None
            await self._check_limits()
            again = self._state is SignInState.PIN_NEEDED
            if not again:
                self._state = SignInState.SIGNING_IN
            try:
                await self.account.note_sign_in_attempt(self.clock())
                await self.account.set_credentials_tried(self.fingerprint)
                answer = await (self.sign_in.resend() if again else self.sign_in.start())
            except BaseException:
                self._state = SignInState.PIN_NEEDED if again else SignInState.SIGNED_OUT
                raise
            return await self._take(answer, asked_by)

    async def finish(self, pin: str, asked_by: int | None = None) -> PinRequest | None:
        """Enter the code; see `start`. Raises WrongPin (the code is still awaited), NotSignedIn where none is."""
        async with self._turn:
            if self._state is not SignInState.PIN_NEEDED:
                raise NotSignedIn("no code is awaited")
            return await self._take(await self.sign_in.finish(pin), asked_by)

    async def lost(self, error: BlinkError) -> None:
        """Blink refused to renew the session. The owners are asked once; the password is not sent."""
        if not self.signed_in:
            return
        self._state = SignInState.SIGNED_OUT
        _log.warning("the session with Blink ended: %s", error)
        await self.announcer.sign_in_needed(SessionEnded(str(error)))

    async def _check_limits(self) -> None:
        now = self.clock()
        if self._resend_at is not None and now < self._resend_at:
            raise TooManySignIns(SignInLimit.CODE_SENT, (self._resend_at - now).total_seconds())
        attempts = await self.account.sign_in_attempts(now - WITHIN)
        if len(attempts) >= MOST_SIGN_INS:
            wait = (min(attempts) + WITHIN - now).total_seconds()
            raise TooManySignIns(SignInLimit.ATTEMPTS, wait, len(attempts))

    async def _take(self, answer: Tokens | PinRequest, asked_by: int | None) -> PinRequest | None:
        if isinstance(answer, PinRequest):
            self._state = SignInState.PIN_NEEDED
            self._resend_at = self.clock() + timedelta(seconds=answer.resend_after)
            await self.announcer.pin_needed(answer, asked_by)
            return answer
        await self.tokens.save(answer)
        self._state = SignInState.SIGNED_IN
        self._resend_at = None
        await self.on_signed_in(answer)
        await self.announcer.signed_in(asked_by)
        return None


@dataclass(frozen=True, slots=True)
class SignInControl:
    access: ChatAccess
    service: SignInService

    @property
    def state(self) -> SignInState:
        return self.service.state

    async def start(self) -> PinRequest | None:
        self.access.check()
        return await self.service.start(self.access.chat_id)

    async def enter_pin(self, pin: str) -> PinRequest | None:
        self.access.check()
        return await self.service.finish(pin, self.access.chat_id)


def fingerprint_of(email: str, password: str, salt: str) -> str:
    """Stands for credentials on disk without telling them: slow to compute, so that it is of no use to a thief."""
    digest = hashlib.scrypt(f"{email}\0{password}".encode(), salt=salt.encode(), n=2**12, r=8, p=1, dklen=16)
    return digest.hex()
