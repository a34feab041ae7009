"""The session: renewed once, kept before it is used, never lost, and never replaced by the password."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from blinkbot.blink.client import BlinkClient
from blinkbot.blink.http.auth import Session
from blinkbot.blink.http.hosts import BlinkUrls
from blinkbot.domain import Tokens
from blinkbot.errors import (
    BlinkError,
    BlinkRefused,
    BlinkResponseError,
    BlinkUnreachable,
    NotSignedIn,
    ServerError,
    SessionEnded,
    Throttled,
)
from tests.blink import bodies
from tests.blink.helpers import HARDWARE_ID, NOON, FakeTime, Loopback, MemoryTokens, Seen, reply, session

NEW_PAIR = {"access_token": "second-access", "refresh_token": "second-refresh", "expires_in": 7200}


class Server:
    """A Blink that knows one good access token, and answers refreshes as told."""

    def __init__(self) -> None:
        self.good = "first-access"
        self.refresh_answer = reply(NEW_PAIR)
        self.refreshes: list[Seen] = []
        self.refresh_arrived = asyncio.Event()
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def answer(self, seen: Seen) -> bytes:
        """The loopback server's answer."""
        if seen.path == "/oauth/token":
            self.refreshes.append(seen)
            self.refresh_arrived.set()
            await self.may_answer.wait()
            self.good = "second-access"
            return self.refresh_answer
        if seen.headers.get("authorization") != f"Bearer {self.good}":
            return reply({"message": "Unauthorized Access", "code": 101}, 401)
        return reply(bodies.homescreen())

    def ends_tokens(self) -> None:
        """From now on the first access token is refused."""
        self.good = "second-access"


class Desk:
    """A client, its store and its server."""

    def __init__(self, server: Server, loopback: Loopback) -> None:
        self.server = server
        self.loopback = loopback
        self.time = FakeTime()
        self.store = MemoryTokens(session())
        self.urls = BlinkUrls(oauth=loopback.url, rest=loopback.url)
        self.client = BlinkClient(self.urls, self.store, HARDWARE_ID, self.time.timing)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    server = Server()
    async with Loopback(server.answer) as loopback:
        desk = Desk(server, loopback)
        yield desk
        await desk.client.aclose()


async def test_a_good_token_is_just_used(desk: Desk) -> None:
    await desk.client.home()
    assert desk.server.refreshes == []


async def test_a_refused_token_is_renewed_and_the_request_made_again(desk: Desk) -> None:
    desk.server.ends_tokens()
    assert (await desk.client.home()).networks
    assert desk.store.tokens == Tokens("second-access", "second-refresh", NOON.replace(hour=14), 7, "u014")


async def test_a_refresh_sends_what_the_protocol_says(desk: Desk) -> None:
    desk.server.ends_tokens()
    await desk.client.home()
    assert desk.server.refreshes[0].form == {
        "grant_type": "refresh_token",
        "refresh_token": "first-refresh",
        "client_id": "ios",
        "scope": "client",
        "hardware_id": HARDWARE_ID,
    }
    assert "authorization" not in desk.server.refreshes[0].headers
    assert desk.server.refreshes[0].headers["user-agent"].startswith("Blink/")


async def test_many_refused_requests_together_make_one_refresh(desk: Desk) -> None:
    desk.server.ends_tokens()
    homes = await asyncio.gather(*(desk.client.home() for _ in range(8)))
    assert len(homes) == 8
    assert len(desk.server.refreshes) == 1


async def test_a_request_refused_after_somebody_renewed_does_not_renew_again(desk: Desk) -> None:
    keeper = Session(desk.urls, desk.store, HARDWARE_ID, desk.time.timing)
    stale = await keeper.tokens()
    fresh = await keeper.renewed(stale)
    assert await keeper.renewed(stale) == fresh
    assert len(desk.server.refreshes) == 1


async def test_a_token_is_renewed_before_the_clock_ends_it(desk: Desk) -> None:
    desk.time.forward(4 * 3600 - 60)
    await desk.client.home()
    assert len(desk.server.refreshes) == 1
    homescreens = [seen for seen in desk.loopback.seen if seen.path.endswith("homescreen")]
    assert [seen.headers["authorization"] for seen in homescreens] == ["Bearer second-access"]


async def test_new_tokens_are_kept_before_they_are_used(desk: Desk) -> None:
    desk.server.ends_tokens()
    used_unsaved: list[str] = []

    async def answer(seen: Seen) -> bytes:
        if "second-access" in seen.headers.get("authorization", "") and not desk.store.saved:
            used_unsaved.append(seen.path)
        return await desk.server.answer(seen)

    desk.loopback.answer = answer
    await desk.client.home()
    assert len(desk.store.saved) == 1
    assert used_unsaved == []


async def test_tokens_that_could_not_be_kept_are_kept_at_the_next_request(desk: Desk) -> None:
    desk.server.ends_tokens()
    save = desk.store.save

    async def full_disk(tokens: Tokens) -> None:
        raise OSError("disk full")

    desk.store.save = full_disk  # type: ignore[method-assign]
    with pytest.raises(OSError, match="disk full"):
        await desk.client.home()
    desk.store.save = save  # type: ignore[method-assign]
    assert (await desk.client.home()).networks
    assert len(desk.server.refreshes) == 1


@pytest.mark.parametrize(
    "refusal", [reply({"error": "invalid_grant"}, 400), reply({"error": "invalid_grant"}, 401), reply(b"", 401)]
)
async def test_a_refused_refresh_ends_the_session_and_sends_nothing_more(desk: Desk, refusal: bytes) -> None:
    desk.server.ends_tokens()
    desk.server.refresh_answer = refusal
    with pytest.raises(SessionEnded):
        await desk.client.home()
    assert desk.store.forgotten
    assert [seen.path for seen in desk.loopback.seen][1:] == ["/oauth/token"]


async def test_after_a_refused_refresh_nothing_is_asked_until_somebody_signs_in(desk: Desk) -> None:
    desk.server.ends_tokens()
    desk.server.refresh_answer = reply({"error": "invalid_grant"}, 400)
    with pytest.raises(SessionEnded):
        await desk.client.home()
    asked = len(desk.loopback.seen)
    with pytest.raises(NotSignedIn):
        await desk.client.home()
    assert len(desk.loopback.seen) == asked


async def test_a_new_sign_in_counts_at_once(desk: Desk) -> None:
    desk.server.good = "signed-in-again"
    await desk.store.save(session("signed-in-again", "its-refresh"))
    assert (await desk.client.home()).networks
    assert desk.server.refreshes == []


async def test_a_late_refusal_gives_way_to_a_new_sign_in(desk: Desk) -> None:
    desk.server.ends_tokens()
    desk.server.refresh_answer = reply({"error": "invalid_grant"}, 400)
    desk.server.may_answer.clear()
    asking = asyncio.create_task(desk.client.home())
    await desk.server.refresh_arrived.wait()
    desk.store.tokens = session("second-access", "signed-in-again")
    desk.server.may_answer.set()
    assert (await asking).networks
    assert not desk.store.forgotten


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (b"", BlinkUnreachable),
        (reply(status=503), ServerError),
        (reply(status=429, headers={"Retry-After": "900"}), Throttled),
        (reply(b"<html>proxy</html>", 400), BlinkRefused),
        (reply(b"<html>invalid_grant</html>", 400), BlinkRefused),
        (reply({"error": "invalid_request"}, 400), BlinkRefused),
        (reply({"error": "invalid_grant"}, 403), Throttled),
        (reply({"message": "Unauthorized Access", "code": 101}, 400), BlinkRefused),
        (reply({"message": "Unauthorized Access", "code": 101}, 200), BlinkRefused),
        (reply({"error": "not_acceptable"}, 406), BlinkRefused),
        (reply(b"<html>", 200), BlinkResponseError),
        (reply({"token_type": "Bearer"}), BlinkResponseError),
    ],
)
async def test_trouble_while_renewing_is_not_a_refusal(desk: Desk, trouble: bytes, error: type[BlinkError]) -> None:
    desk.server.ends_tokens()
    desk.server.refresh_answer = trouble
    with pytest.raises(error):
        await desk.client.home()
    assert desk.store.tokens == session()
    desk.server.refresh_answer = reply(NEW_PAIR)
    assert (await desk.client.home()).networks


async def test_a_refresh_without_a_new_refresh_token_keeps_the_old_one(desk: Desk) -> None:
    desk.server.ends_tokens()
    desk.server.refresh_answer = reply({"access_token": "second-access", "expires_in": 60})
    await desk.client.home()
    assert desk.store.saved[0].refresh == "first-refresh"


async def test_a_cancelled_request_does_not_lose_the_new_pair(desk: Desk) -> None:
    desk.server.ends_tokens()
    desk.server.may_answer.clear()
    asking = asyncio.create_task(desk.client.home())
    await desk.server.refresh_arrived.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    desk.server.may_answer.set()
    await desk.client.aclose()
    assert desk.store.tokens is not None
    assert desk.store.tokens.refresh == "second-refresh"


async def test_a_token_that_stays_refused_asks_for_a_sign_in(desk: Desk) -> None:
    desk.server.refresh_answer = reply({**NEW_PAIR, "access_token": "also-bad"})
    desk.server.ends_tokens()
    with pytest.raises(NotSignedIn):
        await desk.client.home()
    assert len(desk.server.refreshes) == 1


async def test_without_a_session_nothing_is_sent(desk: Desk) -> None:
    desk.store.tokens = None
    with pytest.raises(NotSignedIn):
        await desk.client.home()
    assert desk.loopback.seen == []


async def test_nothing_secret_is_shown_or_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.server.ends_tokens()
    desk.server.refresh_answer = reply({"error": "invalid_grant", "hint": "first-refresh"}, 400)
    with caplog.at_level("INFO"), pytest.raises(SessionEnded) as raised:
        await desk.client.home()
    told = caplog.text + str(raised.value) + repr(session())
    assert "first-refresh" not in told
    assert "first-access" not in told
