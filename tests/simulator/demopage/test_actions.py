"""What the reader of the demo's page does, over HTTP: on the phone and at home."""

from collections.abc import AsyncIterator

import httpx
import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from tests.plain_http import NO_CERTIFICATES
from tests.simulator.phone_scene import CHAT, FAMILY, LiveEvents, Scene, live_events, running_scene

ARM_BUTTON = InlineKeyboardMarkup([[InlineKeyboardButton("Home", callback_data="arm:1")]])


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


async def test_what_is_written_reaches_the_bot(scene: Scene, browser: httpx.AsyncClient) -> None:
    assert (await browser.post("/say", json={"chat": CHAT, "text": "/arm"})).status_code == 200
    [update] = await scene.bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.text == "/arm"


async def test_a_tap_reaches_the_bot_and_its_answer_the_page(
    scene: Scene, browser: httpx.AsyncClient, events: LiveEvents
) -> None:
    await events.next("snapshot")
    sent = await scene.bot.send_message(CHAT, "Which?", reply_markup=ARM_BUTTON)
    tap = {"chat": CHAT, "message": sent.message_id, "data": "arm:1"}
    query = (await browser.post("/tap", json=tap)).json()["query"]
    assert await events.next("tap") == tap | {"query": query}
    [update] = await scene.bot.get_updates(timeout=5)
    assert update.callback_query is not None
    await update.callback_query.answer("Armed!", show_alert=True)
    assert await events.next("answer") == {"chat": CHAT, "query": query, "text": "Armed!", "alert": True}


async def test_a_tap_on_a_button_that_is_gone_is_refused(scene: Scene, browser: httpx.AsyncClient) -> None:
    sent = await scene.bot.send_message(CHAT, "Which?", reply_markup=ARM_BUTTON)
    await scene.bot.edit_message_text("Never mind", CHAT, sent.message_id)
    answer = await browser.post("/tap", json={"chat": CHAT, "message": sent.message_id, "data": "arm:1"})
    assert (answer.status_code, answer.json()) == (409, {"error": "This button is not there any more."})


async def test_walking_past_an_armed_camera_records(scene: Scene, browser: httpx.AsyncClient) -> None:
    porch = scene.cloud.home.camera("Porch")
    answer = await browser.post("/walk", json={"camera": porch.id})
    assert answer.json() == {"recorded": True}
    assert [clip.camera for clip in scene.cloud.clips] == [porch]


async def test_walking_past_a_disarmed_camera_records_nothing(scene: Scene, browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/walk", json={"camera": scene.cloud.home.camera("Forêt").id})
    assert answer.json() == {"recorded": False}
    assert scene.cloud.clips == []


async def test_a_ring_is_recorded_as_one(scene: Scene, browser: httpx.AsyncClient) -> None:
    await browser.post("/press", json={"camera": scene.cloud.home.camera("Front door").id})
    assert [(clip.camera_name, clip.source) for clip in scene.cloud.clips] == [("Front door", "button_press")]


async def test_a_camera_goes_off_the_air_and_comes_back(scene: Scene, browser: httpx.AsyncClient) -> None:
    garage = scene.cloud.home.camera("Garage")
    await browser.post("/offline", json={"camera": garage.id})
    assert not garage.online
    await browser.post("/online", json={"camera": garage.id})
    assert garage.online


@pytest.mark.parametrize(
    ("what", "sources"),
    [
        ("motion", ["pir"]),
        ("person", ["cv_person"]),
        ("car", ["pir"]),
        ("burst", ["pir"] * 6),
        ("corrupt", ["pir"]),
        ("usb", []),
    ],
)
async def test_something_happens_at_a_camera(
    scene: Scene, browser: httpx.AsyncClient, what: str, sources: list[str]
) -> None:
    answer = await browser.post("/happen", json={"what": what, "camera": scene.cloud.home.camera("Porch").id})
    assert "Porch" in answer.json()["told"]
    assert [clip.source for clip in scene.cloud.clips] == sources
    assert len(scene.cloud.usb.clips) == (what == "usb")


@pytest.mark.parametrize(("what", "label"), [("person", "person"), ("car", "vehicle")])
async def test_blink_says_some_seconds_later_who_was_seen(
    scene: Scene, browser: httpx.AsyncClient, what: str, label: str
) -> None:
    await browser.post("/happen", json={"what": what, "camera": scene.cloud.home.camera("Porch").id})
    [clip] = scene.cloud.clips
    assert (clip.labels, bool(clip.sentence)) == ([label], True)
    assert clip.described_at is not None
    assert clip.described_at > scene.cloud.world.clock()


async def test_what_blink_serves_is_chosen_and_shown(
    scene: Scene, browser: httpx.AsyncClient, events: LiveEvents
) -> None:
    assert (await events.next("snapshot"))["home"]["serves"] == "new"
    for kind in ("old", "no plan", "new"):
        assert "Blink now" in (await browser.post("/serves", json={"kind": kind})).json()["told"]
        assert (await events.next("home"))["serves"] == scene.cloud.serves == kind
    assert (await browser.post("/serves", json={"kind": "both"})).status_code == 400


async def test_an_odd_entry_is_put_into_both_lists(scene: Scene, browser: httpx.AsyncClient) -> None:
    assert "makes no sense" in (await browser.post("/odd_entry", json={})).json()["told"]
    assert {*scene.cloud.world.odd_entries} == {"media", "media-changed"}


async def test_a_big_clip_and_empty_batteries(scene: Scene, browser: httpx.AsyncClient) -> None:
    porch = scene.cloud.home.camera("Porch")
    for what in ("big", "low_battery"):
        await browser.post("/happen", json={"what": what, "camera": porch.id})
    assert len(scene.cloud.clips[0].mp4) > 50 * 2**20
    assert porch.battery == "low"
    await browser.post("/happen", json={"what": "new_batteries", "camera": porch.id})
    assert porch.battery == "ok"


async def test_a_plugged_in_camera_has_no_battery(scene: Scene, browser: httpx.AsyncClient) -> None:
    room = scene.cloud.home.camera("Living room")
    answer = await browser.post("/happen", json={"what": "low_battery", "camera": room.id})
    assert (answer.status_code, "no battery" in answer.json()["error"]) == (409, True)


async def test_what_takes_minutes_to_be_told_is_announced_as_that(scene: Scene, browser: httpx.AsyncClient) -> None:
    porch = {"camera": scene.cloud.home.camera("Porch").id}
    for path, body in (("/offline", porch), ("/happen", porch | {"what": "low_battery"})):
        assert "/status" in (await browser.post(path, json=body)).json()["told"]


async def test_a_clip_as_long_as_a_real_one_is_slow_on_a_slow_line(scene: Scene, browser: httpx.AsyncClient) -> None:
    long = {"what": "long", "camera": scene.cloud.home.camera("Porch").id}
    assert "video" not in (await browser.post("/happen", json=long)).json()["told"]
    await browser.post("/slow_uploads", json={"on": True})
    assert "picture become the video" in (await browser.post("/happen", json=long)).json()["told"]
    assert [len(clip.mp4) for clip in scene.cloud.clips] == [5_000_000] * 2


async def test_telegram_takes_large_files_or_does_not(
    scene: Scene, browser: httpx.AsyncClient, events: LiveEvents
) -> None:
    big = {"what": "big", "camera": scene.cloud.home.camera("Porch").id}
    assert (await events.next("snapshot"))["home"]["smallUploads"]
    assert "smaller" in (await browser.post("/happen", json=big)).json()["told"]
    await browser.post("/small_uploads", json={"on": False})
    assert not (await events.next("home"))["smallUploads"]
    assert "as it is" in (await browser.post("/happen", json=big)).json()["told"]
    sent = await scene.bot.send_document(CHAT, scene.cloud.clips[-1].mp4)
    assert sent.document is not None
    assert sent.document.file_size == 60_000_000


async def test_an_outage_leaves_many_clips(scene: Scene, browser: httpx.AsyncClient) -> None:
    assert "25 clips" in (await browser.post("/backlog", json={})).json()["told"]
    assert len(scene.cloud.clips) == 25


async def test_uploads_are_slowed_and_let_loose(scene: Scene, browser: httpx.AsyncClient, events: LiveEvents) -> None:
    assert not (await events.next("snapshot"))["home"]["slowUploads"]
    await browser.post("/slow_uploads", json={"on": True})
    assert (await events.next("home"))["slowUploads"]
    assert scene.telegram.upload_speed == 600_000
    await browser.post("/slow_uploads", json={"on": False})
    assert scene.telegram.upload_speed is None


async def test_a_topic_is_written_into_and_deleted(scene: Scene, browser: httpx.AsyncClient) -> None:
    topic = (await scene.bot.create_forum_topic(FAMILY, "Porch")).message_thread_id
    await browser.post("/say", json={"chat": FAMILY, "text": "/snap", "thread": topic})
    family = scene.telegram.view(FAMILY)
    assert (family.messages[-1].text, family.messages[-1].thread_id) == ("/snap", topic)
    assert (await browser.post("/delete_topic", json={"chat": FAMILY, "thread": topic})).status_code == 200
    assert all(message.deleted for message in family.messages)
    assert (await browser.post("/delete_topic", json={"chat": FAMILY, "thread": topic})).status_code == 409


async def test_motion_detection_is_switched(scene: Scene, browser: httpx.AsyncClient) -> None:
    porch = scene.cloud.home.camera("Porch")
    await browser.post("/detection", json={"camera": porch.id, "on": False})
    assert not porch.motion_enabled


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/say", b"{", 400, "Malformed JSON"),
        ("/say", b"[]", 400, "A JSON object was expected"),
        ("/say", b"{}", 400, '"chat" must be given, as int'),
        ("/say", b'{"chat": 7, "text": "x"}', 404, "no such chat"),
        ("/say", b'{"chat": 1001}', 400, '"text" must be given, as str'),
        ("/say", b'{"chat": 1001, "text": "   "}', 400, "Telegram refuses this"),
        ("/say", b'{"chat": 1001, "text": "x", "thread": "y"}', 400, '"thread" must be given, as int'),
        ("/tap", b'{"chat": 1001, "message": true, "data": "x"}', 400, '"message" must be given, as int'),
        ("/tap", b'{"chat": 1001, "message": 99, "data": "x"}', 409, "not there any more"),
        ("/delete_topic", b'{"chat": 1001, "thread": 1}', 400, "no topics"),
        ("/happen", b'{"what": "fly", "camera": 301}', 404, "Unknown event"),
        ("/happen", b'{"what": "usb", "camera": 306}', 409, "no sync module with a USB stick"),
        ("/walk", b'{"camera": 1}', 404, "no such camera"),
        ("/walk", b'{"camera": "Porch"}', 400, '"camera" must be given, as int'),
    ],
)
async def test_a_request_that_makes_no_sense_is_told_why(
    browser: httpx.AsyncClient, path: str, body: bytes, status: int, words: str
) -> None:
    answer = await browser.post(path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert words in answer.json()["error"]
