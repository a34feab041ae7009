"""What the real Bot API refuses is refused, in its words."""

import httpx
import pytest
from telegram import Bot
from telegram.error import Forbidden, InvalidToken

from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.simulator.botapi.conftest import MP4, RawApi, picture


@pytest.mark.parametrize(
    ("token", "status", "description"),
    [
        ("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw2", 401, "Unauthorized"),
        ("notatoken", 404, "Not Found"),
        ("12345", 404, "Not Found"),
    ],
)
async def test_a_wrong_token_is_refused(server: TelegramServer, token: str, status: int, description: str) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{server.url}/bot{token}/getMe")
        file = await client.get(f"{server.url}/file/bot{token}/videos/x.mp4")

    assert answer.status_code == status
    assert answer.json() == {"ok": False, "error_code": status, "description": description}
    assert file.status_code == status


async def test_python_telegram_bot_sees_an_invalid_token(server: TelegramServer) -> None:
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong-token", base_url=f"{server.url}/bot"):
            pytest.fail("initialised")


async def test_an_unknown_method_is_not_found(api: RawApi, server: TelegramServer) -> None:
    answer = await api("sendPigeon")

    assert answer.status_code == 404
    assert answer.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
    assert (await api.client.get(f"{server.url}/elsewhere")).json()["error_code"] == 404


async def test_methods_are_taken_in_any_case(api: RawApi) -> None:
    assert await api.result("GETME") == await api.result("getMe")


@pytest.mark.parametrize(
    ("method", "fields", "description"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1001}, "message text is empty"),
        ("sendMessage", {"chat_id": 1001, "text": ""}, "message text is empty"),
        ("sendMessage", {"chat_id": 1001, "text": " \n "}, "text must be non-empty"),
        ("sendMessage", {"chat_id": 1001, "text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ("sendMessage", {"chat_id": 1001, "text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": 1001, "text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ("sendMessage", {"chat_id": 4711, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "somebody", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "x", "reply_markup": "{"},
            "can't parse reply keyboard markup JSON object",
        ),
        ("sendMessage", {"chat_id": 1001, "text": "x", "reply_markup": {"x": 1}}, "object expected as reply markup"),
        ("sendPhoto", {"chat_id": 1001}, "there is no photo in the request"),
        ("sendVideo", {"chat_id": 1001}, "there is no video in the request"),
        ("sendVideo", {"chat_id": 1001, "video": "BAACnonsense"}, "wrong file identifier/HTTP URL specified"),
        ("sendVideo", {"chat_id": 1001, "video": "attach://nothing"}, "wrong file identifier/HTTP URL specified"),
        ("sendVideo", {"chat_id": 1001, "video": "https://example.org/a.mp4"}, "failed to get HTTP URL content"),
        ("editMessageText", {"chat_id": 1001, "text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"message_id": 1, "text": "x"}, "chat_id is empty"),
        ("deleteMessage", {"chat_id": 1001, "message_id": "first"}, 'parameter "message_id" must be an integer'),
        ("sendChatAction", {"chat_id": 1001, "action": "dancing"}, "wrong parameter action in request"),
        (
            "answerCallbackQuery",
            {"callback_query_id": "1"},
            "query is too old and response timeout expired or query ID is invalid",
        ),
        ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
        ("getChatMember", {"chat_id": 1001, "user_id": 4711}, "user not found"),
        ("setMyCommands", {"commands": [{"command": "Arm", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "arm", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setWebhook", {"url": "http://example.org"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ("createForumTopic", {"chat_id": 1001, "name": "Porch"}, "the chat is not a forum"),
    ],
)
async def test_a_call_is_refused_with_400(
    api: RawApi, server: TelegramServer, phone: Phone, method: str, fields: dict[str, object], description: str
) -> None:
    answer = await api(method, **fields)

    assert answer.status_code == 400
    assert answer.json() == {"ok": False, "error_code": 400, "description": f"Bad Request: {description}"}
    assert phone.messages == []
    assert [(name, refusal.description) for name, refusal in server.refusals] == [
        (method, f"Bad Request: {description}")
    ]


async def test_a_text_is_measured_without_its_formatting(api: RawApi, phone: Phone) -> None:
    await api.result("sendMessage", chat_id=1001, text=f"<b>{'&amp;' * 4096}</b>", parse_mode="HTML")

    assert len(phone.last.text) == 4096


async def test_a_caption_has_at_most_1024_characters(bot: Bot, api: RawApi, phone: Phone) -> None:
    sent = await bot.send_photo(1001, picture(), caption="x" * 1024)

    assert await api.refused("sendPhoto", chat_id=1001, photo=sent.photo[-1].file_id, caption="x" * 1025) == (
        "Bad Request: message caption is too long"
    )


async def test_a_file_id_serves_only_its_own_kind(bot: Bot, api: RawApi, phone: Phone) -> None:
    sent = await bot.send_video(1001, MP4)
    assert sent.video is not None

    assert await api.refused("sendPhoto", chat_id=1001, photo=sent.video.file_id) == (
        "Bad Request: can't use file of type Video as Photo"
    )


async def test_a_blocked_bot_can_neither_write_nor_edit(bot: Bot, phone: Phone) -> None:
    sent = await bot.send_message(1001, "hello")
    phone.block_bot()

    for attempt in (bot.send_message(1001, "still there?"), sent.edit_text("hello?")):
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await attempt
    phone.unblock_bot()
    await bot.send_message(1001, "welcome back")


async def test_a_bot_cannot_write_first(bot: Bot, server: TelegramServer) -> None:
    stranger = server.phone(2002, first_name="Mallory", started=False)
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(2002, "hello")

    stranger.start()
    await bot.send_message(2002, "hello")


async def test_a_file_over_the_limit_is_refused_with_413(phone: Phone) -> None:
    async with TelegramServer(upload_limit=1000) as server, httpx.AsyncClient() as client:
        server.phone(1001)
        address = f"{server.url}/bot{server.token}/sendDocument"
        slightly = await client.post(address, data={"chat_id": 1001}, files={"document": ("a.bin", b"x" * 1001)})
        vastly = await client.post(address, data={"chat_id": 1001}, files={"document": ("a.bin", b"x" * 3_000_000)})

    for answer in (slightly, vastly):
        assert answer.status_code == 413
        assert answer.json() == {"ok": False, "error_code": 413, "description": "Request Entity Too Large"}


async def test_parameters_come_by_query_form_and_json(api: RawApi, phone: Phone) -> None:
    address = f"{api.prefix}/sendMessage"
    for answer in (
        await api.client.get(address, params={"chat_id": 1001, "text": "query", "disable_notification": "true"}),
        await api.client.post(address, data={"chat_id": "1001", "text": "form", "disable_notification": "1"}),
        await api.client.post(address, json={"chat_id": 1001, "text": "json", "disable_notification": True}),
        await api.client.post(
            f"{address}?chat_id=1001", files={"text": (None, "multipart"), "disable_notification": (None, "True")}
        ),
    ):
        assert answer.json()["ok"] is True

    assert [(message.text, message.silent) for message in phone.messages] == [
        ("query", True),
        ("form", True),
        ("json", True),
        ("multipart", True),
    ]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("multipart/form-data; boundary=x", b"--y"),
        ("multipart/form-data", b""),
    ],
)
async def test_a_body_that_makes_no_sense_is_refused(api: RawApi, phone: Phone, content_type: str, body: bytes) -> None:
    answer = await api.client.post(
        f"{api.prefix}/sendMessage?chat_id=1001&text=x", content=body, headers={"Content-Type": content_type}
    )

    assert answer.status_code == 400
    assert answer.json()["description"].startswith("Bad Request: ")
