"""The sign-in service: sign-ins are counted, and none is made a second time by itself."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from blinkbot.control.signin import MOST_SIGN_INS, SignInService, fingerprint_of
from blinkbot.domain import PinRequest, SignInState, Tokens
from blinkbot.errors import (
    BlinkError,
    BlinkUnreachable,
    NotSignedIn,
    SessionEnded,
    SignInLimit,
    TooManySignIns,
    WrongCredentials,
    WrongPin,
)
from blinkbot.store import Store
from tests.clock import FakeClock


@dataclass
class Blink:
    """Stands for Blink's sign-in: what it answers, and how often the password came."""

    clock: FakeClock
    pin: str | None = None
    refuses: Exception | None = None
    passwords: int = 0
    resends: int = 0

    async def start(self) -> Tokens | PinRequest:
        self.passwords += 1
        if self.refuses:
            raise self.refuses
        return PinRequest("sms", "+1 ***12", 60) if self.pin else self._tokens()

    async def finish(self, pin: str) -> Tokens:
        if pin != self.pin:
            raise WrongPin
        return self._tokens()

    async def resend(self) -> PinRequest | Tokens:
        self.resends += 1
        return PinRequest("sms", "+1 ***12", 60)

    def _tokens(self) -> Tokens:
        return Tokens("access", "refresh", self.clock() + timedelta(hours=4), 1, "u014")


@dataclass
class Owners:
    """Hears what the owners are told."""

    heard: list[str] = field(default_factory=list)

    async def pin_needed(self, request: PinRequest, asked_by: int | None = None) -> None:
        self.heard.append("pin")

    async def sign_in_needed(self, error: BlinkError) -> None:
        self.heard.append(f"sign in: {type(error).__name__}")

    async def signed_in(self, asked_by: int | None = None) -> None:
        self.heard.append("signed in")


class Place:
    """A sign-in service, and everything around it. `restart` makes a new one on the same store."""

    def __init__(self, store: Store, clock: FakeClock) -> None:
        self.store, self.clock = store, clock
        self.blink, self.owners = Blink(clock), Owners()
        self.watching = 0
        self.sign_in = self.restart()

    def restart(self, fingerprint: str = "ann") -> SignInService:
        async def on_signed_in(_: Tokens) -> None:
            self.watching += 1

        self.sign_in = SignInService(
            self.blink,
            self.store.tokens,
            self.store.account,
            self.owners,
            self.clock,
            fingerprint=fingerprint,
            on_signed_in=on_signed_in,
        )
        return self.sign_in

    async def open(self) -> None:
        await self.sign_in.resume()
        await self.sign_in.open()


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Place]:
    clock = FakeClock()
    store = await Store.open(tmp_path, clock)
    yield Place(store, clock)
    await store.close()


async def test_the_very_first_start_signs_in_by_itself(place: Place) -> None:
    await place.open()
    assert place.sign_in.signed_in
    assert place.watching == 1
    assert await place.store.tokens.load() is not None


async def test_the_next_start_uses_the_session(place: Place) -> None:
    await place.open()
    place.restart()
    await place.open()
    assert place.sign_in.signed_in
    assert place.blink.passwords == 1


async def test_a_restart_while_a_code_is_awaited_sends_no_second_one(place: Place) -> None:
    place.blink.pin = "123456"
    await place.open()
    place.restart()
    await place.open()
    assert place.blink.passwords == 1
    assert place.owners.heard == ["pin", "sign in: NotSignedIn"]


async def test_a_refused_password_is_not_sent_again_by_a_restart(place: Place) -> None:
    place.blink.refuses = WrongCredentials("Blink does not know this e-mail and password.")
    await place.open()
    place.restart()
    await place.open()
    assert place.blink.passwords == 1
    assert place.owners.heard[0] == "sign in: WrongCredentials"


async def test_a_corrected_password_is_tried_at_once(place: Place) -> None:
    place.blink.refuses = WrongCredentials("no")
    await place.open()
    place.blink.refuses = None
    place.restart(fingerprint="ann, corrected")
    await place.open()
    assert place.sign_in.signed_in


async def test_the_code_ends_the_sign_in(place: Place) -> None:
    place.blink.pin = "123456"
    await place.open()
    assert place.sign_in.state is SignInState.PIN_NEEDED
    await place.sign_in.finish("123456")
    assert place.sign_in.signed_in
    assert place.owners.heard == ["pin", "signed in"]


async def test_a_wrong_code_leaves_it_awaited(place: Place) -> None:
    place.blink.pin = "123456"
    await place.open()
    with pytest.raises(WrongPin):
        await place.sign_in.finish("654321")
    assert place.sign_in.state is SignInState.PIN_NEEDED
    await place.sign_in.finish("123456")
    assert place.sign_in.signed_in


async def test_a_code_nobody_asked_for_is_refused(place: Place) -> None:
    with pytest.raises(NotSignedIn):
        await place.sign_in.finish("123456")


async def test_a_new_code_can_be_had_after_a_while_and_not_before(place: Place) -> None:
    place.blink.pin = "123456"
    await place.open()
    with pytest.raises(TooManySignIns) as refused:
        await place.sign_in.start()
    assert (refused.value.limit, refused.value.wait) == (SignInLimit.CODE_SENT, 60)
    place.clock.forward(61)
    await place.sign_in.start()
    assert (place.blink.passwords, place.blink.resends) == (1, 1)


async def test_signing_in_again_and_again_is_stopped_before_blink_locks_the_account(place: Place) -> None:
    place.blink.refuses = WrongCredentials("no")
    for _ in range(MOST_SIGN_INS):
        with pytest.raises(WrongCredentials):
            await place.sign_in.start()
    with pytest.raises(TooManySignIns) as refused:
        await place.sign_in.start()
    assert (refused.value.limit, refused.value.wait, refused.value.attempts) == (SignInLimit.ATTEMPTS, 3600, 5)
    assert place.blink.passwords == MOST_SIGN_INS
    place.clock.forward(3601)
    place.blink.refuses = None
    await place.sign_in.start()
    assert place.sign_in.signed_in


async def test_an_unreachable_blink_leaves_us_signed_out_and_says_so(place: Place) -> None:
    place.blink.refuses = BlinkUnreachable("Blink could not be reached.")
    await place.open()
    assert place.sign_in.state is SignInState.SIGNED_OUT
    assert place.owners.heard == ["sign in: BlinkUnreachable"]


async def test_a_lost_session_is_told_once_and_the_password_stays_here(place: Place) -> None:
    await place.open()
    await place.sign_in.lost(SessionEnded("over"))
    await place.sign_in.lost(SessionEnded("over"))
    assert place.sign_in.state is SignInState.SIGNED_OUT
    assert place.blink.passwords == 1
    assert place.owners.heard == ["signed in", "sign in: SessionEnded"]


def test_a_fingerprint_tells_credentials_apart_and_nothing_else() -> None:
    one = fingerprint_of("ann@example.org", "hunter2", "salt")
    assert one == fingerprint_of("ann@example.org", "hunter2", "salt")
    assert len({one, fingerprint_of("ann@example.org", "hunter3", "salt"), fingerprint_of("a", "hunter2", "salt")}) == 3
    assert "hunter2" not in one
