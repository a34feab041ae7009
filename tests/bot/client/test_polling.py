"""Connecting, being alone on the token, and ending."""

import asyncio
import json
import time

import pytest

from blinkbot.bot import ChatBot, TelegramAccess, TelegramAnnouncer, build_bot, menu
from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.bot.client.polling import (
    CONFLICTS,
    NEWCOMER,
    SETTLED,
    PollingWatch,
    UpdatesRequest,
)
from blinkbot.errors import TelegramError, TelegramProblem
from blinkbot.simulator.botapi import Phone, TelegramServer
from blinkbot.store import ChatRepository
from tests.bot.house import House
from tests.bot.running import chatbot_of, tools_for
from tests.clock import FakeClock

WRONG = "999:wrong-token-of-thirty-five-letters"


def made(
    token: str,
    server: TelegramServer,
    house: House,
    directory: ChatRepository,
    clock: FakeClock,
    watch: PollingWatch | None = None,
) -> ChatBot:
    bot = build_bot(TelegramAccess(token, server.url), watch)
    tools = tools_for(TelegramAnnouncer(bot, directory, menu), ForumTopics(bot, house.store.forum_topics))
    return chatbot_of(bot, house, directory, tools, sleep=clock.sleep)


async def test_a_wrong_token_is_told_without_the_token(
    server: TelegramServer, house: House, directory: ChatRepository, clock: FakeClock
) -> None:
    chatbot = made(WRONG, server, house, directory, clock)
    with pytest.raises(TelegramError) as raised:
        await chatbot.connect()
    assert str(raised.value) == TelegramProblem.BAD_TOKEN
    assert raised.value.__suppress_context__
    await chatbot.stop()


async def test_a_webhook_that_another_program_left_is_taken_away(
    server: TelegramServer, house: House, directory: ChatRepository, clock: FakeClock, phone: Phone
) -> None:
    chatbot = made(server.token, server, house, directory, clock)
    await chatbot.connect()
    await chatbot.application.bot.set_webhook("https://example.org/hook")
    await chatbot.start(lambda error: None)
    phone.say("/help")
    await phone.wait_for("/schedule")
    await chatbot.stop()


async def test_a_router_that_comes_up_late_is_waited_for(
    server: TelegramServer, house: House, directory: ChatRepository, clock: FakeClock
) -> None:
    server.fail("getMe", times=8, status=502, description="Bad Gateway")
    start = clock.now
    chatbot = made(server.token, server, house, directory, clock)
    await chatbot.connect()
    assert (clock.now - start).total_seconds() == 1 + 2 + 5 + 10 + 4 * 30
    await chatbot.stop()


@pytest.mark.parametrize("status", [400, 403, 409])
async def test_whatever_a_proxy_answers_at_the_start_is_waited_out(
    server: TelegramServer, house: House, directory: ChatRepository, clock: FakeClock, status: int
) -> None:
    server.fail("getMe", times=2, status=status, description="a proxy's own idea")
    start = clock.now
    chatbot = made(server.token, server, house, directory, clock)
    await chatbot.connect()
    assert (clock.now - start).total_seconds() == 1 + 2
    await chatbot.stop()


async def test_a_login_page_in_place_of_telegram_is_waited_out_and_not_logged_whole(
    server: TelegramServer, house: House, directory: ChatRepository, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    page = b"<html>Welcome to our hotel</html>"
    answered = asyncio.Event()

    async def login(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(page), page))
        await writer.drain()
        writer.close()
        answered.set()

    async with await asyncio.start_server(login, "127.0.0.1", 0) as hotel:
        bot = build_bot(TelegramAccess(server.token, f"http://127.0.0.1:{hotel.sockets[0].getsockname()[1]}"))
        waiting = asyncio.Event()

        async def wait_for_ever(_: float) -> None:
            waiting.set()
            await asyncio.Event().wait()

        tools = tools_for(TelegramAnnouncer(bot, directory, menu), ForumTopics(bot, house.store.forum_topics))
        chatbot = chatbot_of(bot, house, directory, tools, sleep=wait_for_ever)
        connecting, rest = asyncio.create_task(chatbot.connect()), asyncio.create_task(waiting.wait())
        await asyncio.wait({connecting, rest}, timeout=5, return_when=asyncio.FIRST_COMPLETED)
        assert answered.is_set()
        assert rest.done()
        connecting.cancel()
        await asyncio.wait({connecting})
        await chatbot.stop()
    assert "Telegram cannot be reached" in caplog.text
    assert "hotel" not in caplog.text


def test_neither_bot_nor_settings_show_the_token() -> None:
    settings = TelegramAccess(WRONG)
    assert WRONG not in repr(settings)
    assert WRONG not in repr(build_bot(settings))


@pytest.mark.usefixtures("chatbot")
async def test_a_refused_poll_does_not_end_polling(server: TelegramServer, phone: Phone) -> None:
    server.fail("getUpdates", status=404, description="Not Found")
    phone.say("/help")
    await phone.wait_for("/schedule")
    phone.say("/help")
    await phone.wait_for("/schedule")


async def test_the_end_is_quick_while_telegram_is_away(chatbot: ChatBot, server: TelegramServer) -> None:
    await server.refuse_connections()
    async with asyncio.timeout(4):
        await chatbot.stop()


class Watched:
    """A PollingWatch with its clock and what it told."""

    def __init__(self) -> None:
        self.now = 0.0
        self.told: list[str] = []
        self.watch = PollingWatch(lambda: self.now)
        self.watch.begin(lambda error: self.told.append(str(error)))


def test_the_copy_that_came_later_gives_way() -> None:
    watched = Watched()
    for _ in range(CONFLICTS + 2):
        watched.watch.conflicted()
    assert watched.told == [TelegramProblem.SECOND_COPY]


def test_the_copy_that_was_there_first_stays(caplog: pytest.LogCaptureFixture) -> None:
    watched = Watched()
    watched.watch.went_well()
    watched.now = NEWCOMER + 1
    for _ in range(CONFLICTS + 2):
        watched.watch.conflicted()
    assert watched.told == []
    assert caplog.text.count(TelegramProblem.SECOND_COPY) == 1


def test_an_early_conflict_long_ago_makes_nobody_a_newcomer() -> None:
    watched = Watched()
    watched.watch.conflicted()
    watched.now = SETTLED + 10
    watched.watch.went_well()
    for _ in range(CONFLICTS + 2):
        watched.watch.conflicted()
    assert watched.told == []


async def test_of_two_copies_on_one_token_the_younger_ends(
    server: TelegramServer, house: House, directory: ChatRepository, clock: FakeClock
) -> None:
    age = 0.0
    told: dict[str, asyncio.Future[TelegramError]] = {
        name: asyncio.get_running_loop().create_future() for name in ("old", "young")
    }
    old = made(server.token, server, house, directory, clock, PollingWatch(lambda: time.monotonic() + age))
    young = made(server.token, server, house, directory, clock)
    await old.connect()
    await old.start(told["old"].set_result)
    await server.wait_for_poll()
    age = NEWCOMER
    await young.connect()
    await young.start(told["young"].set_result)
    async with asyncio.timeout(30):
        assert str(await told["young"]) == TelegramProblem.SECOND_COPY
    assert not told["old"].done()
    await young.stop()
    await old.stop()


def test_a_single_conflict_is_an_old_connection_ending() -> None:
    watched = Watched()
    for _ in range(CONFLICTS * 2):
        watched.watch.conflicted()
        watched.watch.went_well()
    assert watched.told == []


def test_a_token_that_was_never_good_is_told() -> None:
    watched = Watched()
    watched.watch.refused()
    watched.watch.refused()
    assert watched.told == [TelegramProblem.BAD_TOKEN]


def test_a_token_that_was_good_is_only_logged(caplog: pytest.LogCaptureFixture) -> None:
    watched = Watched()
    watched.watch.went_well()
    watched.watch.refused()
    assert watched.told == []
    assert TelegramProblem.BAD_TOKEN in caplog.text


async def test_an_update_that_cannot_be_read_does_not_hold_up_the_next(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    unreadable = {"update_id": 7, "poll_answer": {"poll_id": "1", "note": "123456"}}
    message = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": "/status"}
    payload = json.dumps({"ok": True, "result": [unreadable, {"update_id": 8, "message": message}]}).encode()

    async def answer(*_: object, **__: object) -> tuple[int, bytes]:
        return 200, payload

    monkeypatch.setattr(UpdatesRequest, "do_request", answer)
    bot = build_bot(TelegramAccess(WRONG))
    first, second = await bot.get_updates()
    assert (first.update_id, first.effective_message) == (7, None)
    assert second.effective_message is not None
    assert second.effective_message.text == "/status"
    assert "update 7" in caplog.text
    assert "123456" not in caplog.text
