"""The phones over HTTP, for other programs."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.simulator.botapi.conftest import MP4, RawApi, picture


async def test_a_message_is_said_and_read(api: RawApi, bot: Bot, server: TelegramServer, phone: Phone) -> None:
    control = f"{server.url}/simulator"
    said = (await api.client.post(f"{control}/say", json={"chat": 1001, "text": "/arm"})).json()
    sent = await bot.send_message(1001, "<b>Arming</b>", parse_mode="HTML", reply_to_message_id=said["id"])
    await sent.edit_text("Armed")

    (command, answer) = (await api.client.get(f"{control}/messages", params={"chat": 1001})).json()["messages"]

    assert (command["text"], command["from"]["is_bot"]) == ("/arm", False)
    assert (answer["html"], answer["reply_to"]) == ("Armed", said["id"])
    assert [earlier["html"] for earlier in answer["edits"]] == ["<b>Arming</b>"]
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "/arm"


async def test_a_button_is_tapped_and_its_answer_read(
    api: RawApi, bot: Bot, server: TelegramServer, phone: Phone
) -> None:
    control = f"{server.url}/simulator"
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Arm", callback_data="arm")]])
    sent = await bot.send_message(1001, "Home", reply_markup=markup)

    tap = {"chat": 1001, "message_id": sent.message_id, "data": "arm"}
    query = (await api.client.post(f"{control}/tap", json=tap)).json()["query"]
    await bot.answer_callback_query(query, "Done")

    answers = (await api.client.get(f"{control}/answers", params={"chat": 1001})).json()["answers"]
    assert answers == [{"query": query, "text": "Done", "show_alert": False}]


async def test_a_file_is_fetched_by_its_address(api: RawApi, bot: Bot, server: TelegramServer, phone: Phone) -> None:
    await bot.send_video(1001, MP4, thumbnail=picture(320, 180))
    control = f"{server.url}/simulator"
    (message,) = (await api.client.get(f"{control}/messages", params={"chat": 1001})).json()["messages"]

    video = await api.client.get(server.url + message["file"]["address"])
    thumbnail = await api.client.get(server.url + message["file"]["thumbnail"])

    assert (video.content, video.headers["content-type"]) == (MP4, "video/mp4")
    assert thumbnail.content == picture(320, 180)


async def test_chats_and_menus_are_listed(api: RawApi, bot: Bot, server: TelegramServer, phone: Phone) -> None:
    await bot.set_my_commands([("arm", "Arm the home")])
    control = f"{server.url}/simulator"

    chats = (await api.client.get(f"{control}/chats")).json()["chats"]
    commands = (await api.client.get(f"{control}/commands", params={"chat": 1001})).json()["commands"]

    assert chats == [{"id": 1001, "kind": "private", "title": "Ada"}]
    assert commands == [{"command": "arm", "description": "Arm the home"}]


@pytest.mark.parametrize(
    ("verb", "body", "status", "error"),
    [
        ("say", {"chat": 4711, "text": "x"}, 404, "no chat 4711"),
        ("say", {"chat": "home", "text": "x"}, 400, "chat must be the id of a chat"),
        ("say", {"chat": 1001}, 400, '"text" must be given, as str'),
        ("say", [1], 400, "A JSON object was expected"),
        ("tap", {"chat": 1001, "message_id": 77, "data": "x"}, 400, "no message 77"),
    ],
)
async def test_a_mistake_is_named(
    api: RawApi, server: TelegramServer, phone: Phone, verb: str, body: object, status: int, error: str
) -> None:
    answer = await api.client.post(f"{server.url}/simulator/{verb}", json=body)

    assert answer.status_code == status
    assert error in answer.json()["error"]


async def test_topics_answers_and_deletions_go_over_http(
    api: RawApi, bot: Bot, server: TelegramServer, phone: Phone
) -> None:
    server.group(-1_000_000_000_900, "Cameras", [phone], bot_is_admin=True, forum=True)
    control, forum = f"{server.url}/simulator", {"chat": -1_000_000_000_900}

    topic = (await api.client.post(f"{control}/create_topic", json=forum | {"name": "Porch"})).json()["topic"]
    asked = (await api.client.post(f"{control}/say", json=forum | {"text": "/snap", "topic": topic})).json()
    await bot.send_message(forum["chat"], "Here", reply_to_message_id=asked["id"])
    (ring,) = (await api.client.get(f"{control}/rings", params=forum)).json()["rings"]
    assert (ring["text"], ring["thread"], ring["reply_to"]) == ("Here", topic, asked["id"])

    renamed = await api.client.post(f"{control}/rename_topic", json=forum | {"topic": topic, "name": "Door"})
    assert renamed.json() == {"topics": [{"id": topic, "name": "Door"}]}
    gone = await api.client.post(f"{control}/delete", json=forum | {"message_id": asked["id"]})
    assert gone.json()["deleted"]
    assert (await api.client.post(f"{control}/delete_topic", json=forum | {"topic": topic})).json() == {"topics": []}
    assert (await api.client.get(f"{control}/topics", params=forum)).json() == {"topics": []}
    assert (await api.client.get(f"{control}/topics", params={"chat": 1001})).status_code == 400


async def test_a_message_is_forwarded_to_somebody_new(api: RawApi, bot: Bot, server: TelegramServer) -> None:
    server.phone(1001)
    sent = await bot.send_message(1001, "Motion")
    control = f"{server.url}/simulator"

    assert (await api.client.post(f"{control}/person", json={"chat": 1002, "name": "Bo"})).json() == {"chat": 1002}
    onward = {"chat": 1001, "message_id": sent.message_id, "to": 1002}
    assert (await api.client.post(f"{control}/forward", json=onward)).json()["forwarded_from"] == "Blinkbot"

    assert [message.text for message in server.phone(1002).messages] == ["Motion"]


async def test_the_speed_of_uploads_is_set(api: RawApi, server: TelegramServer) -> None:
    address = f"{server.url}/simulator/upload_speed"
    await api.client.post(address, json={"bytes_per_second": 600_000})
    assert server.upload_speed == 600_000
    assert (await api.client.post(address, json={"bytes_per_second": 0})).status_code == 400
    await api.client.post(address, json={"bytes_per_second": None})
    assert server.upload_speed is None
