"""The demo's page over HTTP: what it is told, what it can do, and who may not use it."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.plain_http import NO_CERTIFICATES
from tests.simulator.phone_scene import CHAT, LiveEvents, Scene, live_events, running_scene, thumbnail

CATS = 'Tom & "Jerry" <cats> 🐈'


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with running_scene() as scene:
        yield scene


@pytest.fixture
async def browser(scene: Scene) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=scene.page.url, timeout=10, verify=NO_CERTIFICATES) as client:
        yield client


@pytest.fixture
async def events(browser: httpx.AsyncClient) -> AsyncIterator[LiveEvents]:
    async with live_events(browser) as events:
        yield events


# -- what the page is told


async def test_a_page_that_opens_is_told_everything_first(scene: Scene, browser: httpx.AsyncClient) -> None:
    scene.phone.say("/status")
    await scene.bot.send_message(CHAT, "Home is <b>armed</b>", parse_mode="HTML")
    await scene.bot.set_my_commands([("arm", "arm the home")])
    async with live_events(browser) as events:
        told = await events.next("snapshot")
    chat = told["chats"][0]
    assert [(each["text"], each["own"]) for each in chat["messages"]] == [("/status", True), ("Home is armed", False)]
    assert chat["messages"][1]["entities"] == [
        {"kind": "bold", "offset": 8, "length": 5, "url": None, "language": None}
    ]
    assert chat["commands"] == [{"command": "arm", "description": "arm the home"}]
    assert [(each["name"], each["armed"]) for each in told["home"]["networks"]] == [("Home", True), ("Cabin", False)]


async def test_names_arrive_as_they_are(events: LiveEvents) -> None:
    home = (await events.next("snapshot"))["home"]
    names = [camera["name"] for network in home["networks"] for camera in network["cameras"]]
    assert CATS in names
    assert "Forêt" in names


async def test_deleted_messages_are_not_in_what_a_page_is_told_first(scene: Scene, browser: httpx.AsyncClient) -> None:
    gone = await scene.bot.send_message(CHAT, "123456")
    await scene.bot.delete_message(CHAT, gone.message_id)
    async with live_events(browser) as events:
        assert (await events.next("snapshot"))["chats"][0]["messages"] == []


async def test_a_message_its_edit_and_its_end_arrive_live(scene: Scene, events: LiveEvents) -> None:
    await events.next("snapshot")
    sent = await scene.bot.send_message(CHAT, "Arming…", disable_notification=True)
    first = await events.next("message")
    assert (first["text"], first["edited"], first["silent"]) == ("Arming…", False, True)
    await scene.bot.edit_message_text("Home is armed", CHAT, sent.message_id)
    second = await events.next("message")
    assert (second["id"], second["text"], second["edited"]) == (sent.message_id, "Home is armed", True)
    await scene.bot.delete_message(CHAT, sent.message_id)
    assert await events.next("deleted") == {"chat": CHAT, "id": sent.message_id}


async def test_what_the_bot_is_doing_is_shown(scene: Scene, events: LiveEvents) -> None:
    await events.next("snapshot")
    await scene.bot.send_chat_action(CHAT, "upload_video")
    assert (await events.next("action"))["action"] == "upload_video"


async def test_a_new_command_menu_is_shown(scene: Scene, events: LiveEvents) -> None:
    await events.next("snapshot")
    await scene.bot.set_my_commands([("snap", "take a picture")])
    assert await events.next("commands") == {
        "chat": CHAT,
        "commands": [{"command": "snap", "description": "take a picture"}],
    }


async def test_an_answer_quotes_what_it_answers(scene: Scene, events: LiveEvents) -> None:
    await events.next("snapshot")
    asked = scene.phone.say("/clips porch")
    await events.next("message")
    await scene.bot.send_message(CHAT, "No clips yet.", reply_to_message_id=asked.id)
    assert (await events.next("message"))["reply"] == {
        "id": asked.id,
        "sender": "Ada",
        "text": "/clips porch",
        "picture": None,
    }


async def test_an_answer_to_a_picture_quotes_the_picture(
    scene: Scene, browser: httpx.AsyncClient, events: LiveEvents
) -> None:
    await events.next("snapshot")
    sent = await scene.bot.send_photo(CHAT, thumbnail())
    await events.next("message")
    await scene.bot.send_message(CHAT, "Again", reply_to_message_id=sent.message_id)
    reply = (await events.next("message"))["reply"]
    assert reply["text"] == "Photo"
    assert (await browser.get(reply["picture"])).headers["content-type"] == "image/jpeg"


async def test_a_quotation_follows_what_it_quotes(scene: Scene, events: LiveEvents) -> None:
    await events.next("snapshot")
    head = await scene.bot.send_message(CHAT, "Motion")
    await scene.bot.send_message(CHAT, "Again", reply_to_message_id=head.message_id)
    await head.edit_text("Motion, 2 clips")
    quotations = [(await events.next("message"))["reply"] for _ in range(4)]
    assert [each and each["text"] for each in quotations] == [None, "Motion", None, "Motion, 2 clips"]
    await head.delete()
    assert (await events.next("message"))["reply"] is None


async def test_each_chat_tells_how_often_the_phone_rang(scene: Scene, browser: httpx.AsyncClient) -> None:
    await scene.bot.send_message(CHAT, "Motion")
    await scene.bot.send_message(CHAT, "Old", disable_notification=True)
    async with live_events(browser) as events:
        chats = (await events.next("snapshot"))["chats"]
    assert [(chat["title"], chat["group"], chat["rings"]) for chat in chats] == [
        ("Ada", False, 1),
        ("The family", True, 0),
    ]


async def test_other_chats_stay_out_of_the_page(scene: Scene, events: LiveEvents) -> None:
    await events.next("snapshot")
    scene.telegram.phone(2002, first_name="Eve").say("psst")
    scene.phone.say("hello")
    assert (await events.next("message"))["text"] == "hello"


async def test_a_change_at_home_is_noticed(scene: Scene, events: LiveEvents) -> None:
    await events.next("snapshot")
    scene.cloud.arm("Cabin")
    networks = (await events.next("home"))["networks"]
    assert [network["armed"] for network in networks] == [True, True]


async def test_a_new_picture_has_a_new_address(scene: Scene, browser: httpx.AsyncClient, events: LiveEvents) -> None:
    porch = scene.cloud.home.camera("Porch")
    assert (await events.next("snapshot"))["home"]["networks"][0]["cameras"][0]["picture"] is None
    scene.cloud.world.take_picture(porch)
    old = (await events.next("home"))["networks"][0]["cameras"][0]["picture"]
    jpeg = scene.cloud.world.take_picture(porch).jpeg
    new = (await events.next("home"))["networks"][0]["cameras"][0]["picture"]
    assert new != old
    answer = await browser.get(new)
    assert (answer.content, answer.headers["content-type"]) == (jpeg, "image/jpeg")


async def test_a_server_that_was_away_is_followed_again(scene: Scene, events: LiveEvents) -> None:
    await events.next("snapshot")
    await scene.telegram.stop()
    await events.next("snapshot")
    scene.phone.say("still here?")
    assert (await events.next("message"))["text"] == "still here?"


# -- files


@pytest.fixture
async def video_url(scene: Scene, browser: httpx.AsyncClient) -> str:
    clip = await scene.cloud.motion("Porch", seconds=1)
    await scene.bot.send_video(CHAT, clip.mp4, duration=1, width=640, height=360, thumbnail=thumbnail())
    async with live_events(browser) as events:
        [message] = (await events.next("snapshot"))["chats"][0]["messages"]
    assert (await browser.get(message["media"]["poster"])).content == thumbnail()
    return str(message["media"]["url"])


async def test_a_video_comes_byte_for_byte(scene: Scene, browser: httpx.AsyncClient, video_url: str) -> None:
    answer = await browser.get(video_url)
    assert answer.content == scene.cloud.clips[0].mp4
    assert (answer.headers["content-type"], answer.headers["accept-ranges"]) == ("video/mp4", "bytes")


@pytest.mark.parametrize(
    ("asked", "part"),
    [("bytes=0-", slice(0, None)), ("bytes=100-199", slice(100, 200)), ("bytes=-50", slice(-50, None))],
)
async def test_a_part_of_a_video_can_be_asked_for(
    scene: Scene, browser: httpx.AsyncClient, video_url: str, asked: str, part: slice
) -> None:
    whole = scene.cloud.clips[0].mp4
    answer = await browser.get(video_url, headers={"Range": asked})
    first, last, _ = part.indices(len(whole))
    assert (answer.status_code, answer.content) == (206, whole[part])
    assert answer.headers["content-range"] == f"bytes {first}-{last - 1}/{len(whole)}"


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0", "bytes=20-10"])
async def test_a_part_that_a_file_does_not_have_is_refused(
    scene: Scene, browser: httpx.AsyncClient, video_url: str, asked: str
) -> None:
    answer = await browser.get(video_url, headers={"Range": asked})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(scene.cloud.clips[0].mp4)}"


async def test_a_document_is_kept_and_never_shown(scene: Scene, browser: httpx.AsyncClient) -> None:
    page = b"<script>alert(1)</script>"
    await scene.bot.send_document(CHAT, page, filename="clip.html")
    async with live_events(browser) as events:
        [message] = (await events.next("snapshot"))["chats"][0]["messages"]
    answer = await browser.get(message["media"]["url"])
    assert answer.content == page
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment"


async def test_files_of_other_chats_are_not_handed_out(scene: Scene, browser: httpx.AsyncClient) -> None:
    scene.telegram.phone(2002, first_name="Eve")
    sent = await scene.bot.send_document(2002, b"private", filename="a.txt")
    assert sent.document is not None
    assert (await browser.get(f"/file/{sent.document.file_id}")).status_code == 404


# -- who may not use it


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Host": "rebound.example"}, 421),
    ],
)
async def test_another_site_cannot_write_in_the_chat(
    scene: Scene, browser: httpx.AsyncClient, headers: dict[str, str], status: int
) -> None:
    sent = {"Content-Type": "application/json"} | headers
    answer = await browser.post("/say", content=b'{"chat": 1001, "text": "/disarm"}', headers=sent)
    assert answer.status_code == status
    assert scene.phone.messages == []


@pytest.mark.parametrize("host", ["rebound.example", "127.0.0.1.evil.example", "", "[::1"])
async def test_another_name_for_the_address_shows_nothing(browser: httpx.AsyncClient, host: str) -> None:
    for path in ("/", "/events", "/app.js"):
        assert (await browser.get(path, headers={"Host": host})).status_code == 421


@pytest.mark.parametrize("host", ["localhost:9999", "127.0.0.1:9999", "[::1]:9999"])
async def test_a_forwarded_port_may_be_another_one(browser: httpx.AsyncClient, host: str) -> None:
    said = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    assert (await browser.post("/say", json={"chat": CHAT, "text": "hello"}, headers=said)).status_code == 200


async def test_the_page_may_load_nothing_from_elsewhere(browser: httpx.AsyncClient) -> None:
    for path in ("/", "/app.js", "/chat/chat.css", "/icon.svg"):
        answer = await browser.get(path)
        assert answer.status_code == 200
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-cache"


# -- life


async def test_it_stops_at_once_with_pages_open(scene: Scene, browser: httpx.AsyncClient) -> None:
    async with live_events(browser) as events:
        await events.next("snapshot")
        async with asyncio.timeout(2):
            await scene.page.stop()
        with pytest.raises(httpx.ConnectError):
            await httpx.AsyncClient(verify=NO_CERTIFICATES).get(scene.page.url)


async def test_it_can_be_started_again(scene: Scene) -> None:
    await scene.page.stop()
    await scene.page.start()
    async with (
        httpx.AsyncClient(base_url=scene.page.url, verify=NO_CERTIFICATES) as browser,
        live_events(browser) as events,
    ):
        await events.next("snapshot")
        scene.phone.say("hello again")
        assert (await events.next("message"))["text"] == "hello again"
