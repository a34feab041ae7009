"""The demo's page in a real browser: what a person sees and taps."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Error, Locator, Page, async_playwright, expect
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, InputMediaVideo, Update

from blinkbot.simulator.phonepage import PhonePage
from tests.simulator.phone_scene import CHAT, FAMILY, Scene, running_scene, thumbnail

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = (1280, 800)
PHONE = (390, 844)
CATS = 'Tom & "Jerry" <cats> 🐈'

# One browser serves all tests here, and so they share one event loop.
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium in the PATH"),
    pytest.mark.asyncio(loop_scope="module"),
]


@pytest_asyncio.fixture(loop_scope="module")
async def scene() -> AsyncIterator[Scene]:
    async with running_scene() as scene:
        yield scene


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def tab(chromium: Browser) -> Page:
    """The one tab in which each test opens a page of its own: a new tab is a new process, a second's work."""
    return await chromium.new_page()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about; every test ends by finding nothing here."""
    return []


@pytest_asyncio.fixture(loop_scope="module")
async def page(scene: Scene, tab: Page, complaints: list[str]) -> AsyncIterator[Page]:
    async with opened(scene.page, tab, complaints, DESK):
        yield tab


@asynccontextmanager
async def opened(served: PhonePage, tab: Page, complaints: list[str], size: tuple[int, int]) -> AsyncIterator[None]:
    """The page is open in the tab, at an address that no test had before; it keeps nothing in the browser."""

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def note_error(error: Error) -> None:
        complaints.append(str(error))

    await tab.set_viewport_size({"width": size[0], "height": size[1]})
    await tab.mouse.move(0, 0)
    tab.on("console", note)
    tab.on("pageerror", note_error)
    try:
        await tab.goto(served.url)
        await expect(tab.locator("#bot-status")).to_have_text("bot")
        yield
        assert complaints == []
    finally:
        tab.remove_listener("console", note)
        tab.remove_listener("pageerror", note_error)
        await tab.goto("about:blank")


async def next_update(scene: Scene) -> Update:
    """The next thing that the bot is told."""
    [update] = await scene.bot.get_updates(timeout=10, limit=1)
    await scene.bot.get_updates(offset=update.update_id + 1, timeout=0)
    return update


async def test_words_arrive_with_their_formatting_and_nothing_else(scene: Scene, page: Page) -> None:
    await scene.bot.send_message(
        CHAT,
        '<b>Tom &amp; "Jerry" &lt;cats&gt; 🐈</b> is <i>asleep</i>. &lt;img src=x onerror=alert(1)&gt;',
        parse_mode="HTML",
        disable_notification=True,
    )
    bubble = page.locator(".theirs .bubble")
    await expect(bubble.locator("strong")).to_have_text(CATS)
    await expect(bubble.locator("em")).to_have_text("asleep")
    await expect(bubble).to_contain_text("<img src=x onerror=alert(1)>")
    await expect(bubble.locator("img")).to_have_count(0)
    await expect(bubble.locator(".meta:not(.room)").get_by_label("sent silently")).to_be_visible()


async def test_a_link_that_is_no_web_address_stays_text(scene: Scene, page: Page) -> None:
    await scene.bot.send_message(
        CHAT, '<a href="https://example.org/">good</a> <a href="tg://user?id=1">other</a>', parse_mode="HTML"
    )
    await expect(page.locator(".bubble a")).to_have_count(1)
    await expect(page.locator(".bubble a")).to_have_attribute("href", "https://example.org/")


async def test_a_deleted_message_is_gone(scene: Scene, page: Page) -> None:
    secret = scene.phone.say("123456")
    await expect(page.locator(".own .bubble")).to_contain_text("123456")
    await scene.bot.delete_message(CHAT, secret.id)
    await expect(page.locator(".row")).to_have_count(0)


async def test_a_clip_plays(scene: Scene, page: Page) -> None:
    clip = await scene.cloud.motion("Porch", seconds=2)
    await scene.bot.send_video(
        CHAT, clip.mp4, caption="Porch — motion", duration=2, width=640, height=360, thumbnail=thumbnail()
    )
    await expect(page.locator(".length")).to_have_text("0:02")
    await page.get_by_role("button", name="Play the video, 2 seconds").click()
    player = page.locator(".video video")
    await player.evaluate("video => video.ended || new Promise(done => video.addEventListener('ended', done))")
    shown = await player.evaluate("video => [video.videoWidth, video.videoHeight]")
    assert shown == [640, 360]


async def test_a_playing_clip_goes_on_when_its_caption_changes(scene: Scene, page: Page) -> None:
    clip = await scene.cloud.motion("Porch", seconds=2)
    sent = await scene.bot.send_video(CHAT, clip.mp4, caption="motion", width=640, height=360, thumbnail=thumbnail())
    await page.get_by_role("button", name="Play the video").click()
    player = await page.locator(".video video").element_handle()
    await scene.bot.edit_message_caption(CHAT, sent.message_id, caption="motion, 3 clips")
    await expect(page.locator(".bubble")).to_contain_text("motion, 3 clips")
    assert await player.evaluate("node => node.isConnected")


async def test_a_photo_opens_large(scene: Scene, page: Page) -> None:
    picture = scene.cloud.world.take_picture(scene.cloud.home.camera("Garage")).jpeg
    await scene.bot.send_photo(CHAT, picture, caption="Garage")
    await page.get_by_role("button", name="Photo, show it large").click()
    assert await page.locator("#viewer img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 640
    await page.keyboard.press("Escape")
    await expect(page.locator("#viewer")).not_to_be_visible()


async def test_an_album_is_one_bubble(scene: Scene, page: Page) -> None:
    album = [InputMediaPhoto(thumbnail(), caption="Last night" if number == 0 else None) for number in range(3)]
    await scene.bot.send_media_group(CHAT, album)
    await expect(page.locator(".album .photo")).to_have_count(3)
    await expect(page.locator(".bubble")).to_have_count(1)
    await expect(page.locator(".bubble")).to_contain_text("Last night")


async def test_a_button_turns_until_the_bot_answers(scene: Scene, page: Page) -> None:
    keys = InlineKeyboardMarkup(
        [[InlineKeyboardButton("Home", callback_data="arm:1"), InlineKeyboardButton("Cabin", callback_data="arm:2")]]
    )
    await scene.bot.send_message(CHAT, "Which network?", reply_markup=keys)
    await page.get_by_role("button", name="Cabin").click()
    await expect(page.locator('.key[aria-busy="true"]')).to_have_text("Cabin")
    query = (await next_update(scene)).callback_query
    assert query is not None
    assert query.data == "arm:2"
    await query.answer("Arming the cabin")
    await expect(page.locator("#toast")).to_have_text("Arming the cabin")
    await expect(page.locator('.key[aria-busy="true"]')).to_have_count(0)


async def test_an_alert_waits_to_be_closed(scene: Scene, page: Page) -> None:
    await scene.bot.send_message(
        CHAT, "Old", reply_markup=InlineKeyboardMarkup.from_button(InlineKeyboardButton("Play", callback_data="p"))
    )
    await page.get_by_role("button", name="Play", exact=True).click()
    query = (await next_update(scene)).callback_query
    assert query is not None
    await query.answer("This clip is gone from Blink.", show_alert=True)
    await expect(page.get_by_role("dialog")).to_contain_text("This clip is gone from Blink.")
    await page.get_by_role("button", name="OK", exact=True).click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_what_is_typed_reaches_the_bot(scene: Scene, page: Page) -> None:
    await page.get_by_label("Message", exact=True).fill("/arm home")
    await page.keyboard.press("Enter")
    update = await next_update(scene)
    assert update.message is not None
    assert update.message.text == "/arm home"
    await expect(page.locator(".own .bubble")).to_contain_text("/arm home")
    await expect(page.get_by_label("Message", exact=True)).to_have_value("")


async def test_a_command_is_picked_from_the_menu_with_the_keyboard(scene: Scene, page: Page) -> None:
    await scene.bot.set_my_commands([("arm", "arm the home"), ("snap", "take a picture"), ("status", "how it is")])
    await page.get_by_role("button", name="Commands").click()
    await expect(page.get_by_role("listbox", name="Commands").get_by_role("option")).to_have_text(
        ["/armarm the home", "/snaptake a picture", "/statushow it is"]
    )
    await page.keyboard.press("Escape")
    await page.get_by_label("Message", exact=True).fill("/s")
    await expect(page.get_by_role("listbox", name="Commands").get_by_role("option")).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    update = await next_update(scene)
    assert update.message is not None
    assert update.message.text == "/status"
    await expect(page.get_by_role("listbox")).not_to_be_visible()


async def test_what_the_bot_is_doing_stands_below_its_name(scene: Scene, page: Page) -> None:
    await scene.bot.send_chat_action(CHAT, "upload_video")
    await expect(page.locator("#bot-status")).to_have_text("sending a video")
    await scene.bot.send_message(CHAT, "Here it is.")
    await expect(page.locator("#bot-status")).to_have_text("bot")


async def test_a_reader_of_old_messages_is_not_scrolled_away(scene: Scene, page: Page) -> None:
    for number in range(40):
        scene.phone.say(f"line {number}")
    await expect(page.locator(".row").last).to_contain_text("line 39")
    await expect(page.locator(".row").last).to_be_in_viewport()
    await page.locator("#log-frame").evaluate("frame => frame.scrollTo(0, 0)")
    await expect(page.get_by_role("button", name="To the newest message")).to_be_visible()
    await scene.bot.send_message(CHAT, "Motion!")
    await page.get_by_role("button", name="1 new message").click()
    await expect(page.locator(".row").last).to_be_in_viewport()
    await expect(page.locator("#to-bottom")).not_to_be_visible()


async def test_the_group_is_another_chat_with_a_section_for_each_topic(scene: Scene, page: Page) -> None:
    threads = {}
    for name in ("Porch", CATS):
        threads[name] = (await scene.bot.create_forum_topic(FAMILY, name)).message_thread_id
        await scene.bot.send_message(FAMILY, f"News of {name}", message_thread_id=threads[name])
    await expect(page.locator(".bubble")).to_have_count(0)
    await page.get_by_role("group", name="Chats").get_by_role("button", name="The family 2 new").click()
    await expect(page.locator(".bubble")).to_have_count(2)
    await expect(page.locator("#bot-name")).to_have_text("The family")

    topics = page.get_by_role("group", name="Topics")
    await topics.get_by_role("button", name=CATS).click()
    await expect(page.locator(".bubble")).to_have_count(1)
    await expect(page.locator(".bubble")).to_contain_text(f"News of {CATS}")
    await page.get_by_label("Message", exact=True).fill("/snap")
    await page.keyboard.press("Enter")
    await expect(page.locator(".own .bubble")).to_contain_text("/snap")
    assert scene.telegram.view(FAMILY).messages[-1].thread_id == threads[CATS]

    await topics.get_by_role("button", name="Delete topic").click()
    await expect(topics.get_by_role("button")).to_have_text(["All", "Porch"])
    await expect(page.locator(".bubble")).to_have_count(1)


async def test_a_sight_that_rang_becomes_its_video_and_what_follows_answers_it_silently(
    scene: Scene, page: Page
) -> None:
    clip = await scene.cloud.motion("Porch", seconds=1)
    sent = await scene.bot.send_photo(CHAT, thumbnail(), caption="Porch: motion")
    await expect(page.get_by_role("button", name="Photo, show it large")).to_have_count(1)
    await expect(page.locator("#rings")).to_have_text("1")
    video = InputMediaVideo(clip.mp4, caption="Porch: motion, 2 clips", width=640, height=360, thumbnail=thumbnail())
    await scene.bot.edit_message_media(video, CHAT, sent.message_id)
    await scene.bot.send_video(
        CHAT, clip.mp4, width=640, height=360, reply_to_message_id=sent.message_id, disable_notification=True
    )

    await expect(page.get_by_role("button", name="Play the video")).to_have_count(2)
    head, answer = page.locator(".row").first, page.locator(".row").last
    await expect(head.locator(".meta:not(.room)")).to_contain_text("edited")
    await expect(answer.get_by_label("sent silently")).to_be_visible()
    quoted = answer.locator(".reply")
    await expect(quoted).to_have_text("BlinkbotPorch: motion, 2 clips")
    assert await quoted.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 320
    await quoted.click()
    await expect(head).to_have_class(re.compile("found"))
    await expect(page.locator("#rings")).to_have_text("1")


async def test_the_page_finds_its_way_back_to_a_demo_that_was_restarted(
    scene: Scene, page: Page, complaints: list[str]
) -> None:
    port = int(scene.page.url.rstrip("/").rpartition(":")[2])
    await scene.page.stop()
    await expect(page.locator("#bot-status")).to_have_text("connecting…")
    scene.phone.say("while you were away")
    await scene.page.start(port)
    await expect(page.locator(".bubble")).to_contain_text("while you were away", timeout=15_000)
    await expect(page.locator("#bot-status")).to_have_text("bot")
    assert all("ERR_CONNECTION" in text or "ERR_INCOMPLETE" in text for text in complaints)
    complaints.clear()


# -- the home


def camera_card(page: Page, name: str) -> Locator:
    return page.locator(".camera").filter(has=page.get_by_role("heading", name=name, exact=True))


async def test_the_home_is_shown_with_its_pictures(scene: Scene, page: Page) -> None:
    for camera in scene.cloud.home.cameras:
        scene.cloud.world.take_picture(camera)
    await expect(page.locator(".network h3")).to_have_text(["Home", "Cabin"])
    await expect(page.locator(".state")).to_have_text(["Armed", "Disarmed"])
    await expect(camera_card(page, CATS)).to_be_attached()
    await expect(page.locator(".picture img")).to_have_count(len(scene.cloud.home.cameras))
    for image in await page.locator(".picture img").all():
        assert await image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 640


async def test_walking_past_records_or_tells_why_not(scene: Scene, page: Page) -> None:
    await camera_card(page, "Forêt").get_by_role("button", name="Walk past").click()
    await expect(page.locator("#home-note")).to_have_text("Nothing recorded: Cabin is disarmed. Send /arm first.")
    await camera_card(page, "Porch").get_by_role("button", name="Walk past").click()
    await expect(page.locator("#home-note")).to_contain_text("Porch recorded a clip")
    assert [(clip.camera_name, clip.source) for clip in scene.cloud.clips] == [("Porch", "pir")]


async def test_something_is_let_happen_at_a_chosen_camera(scene: Scene, page: Page) -> None:
    await page.get_by_label("Camera", exact=True).select_option("Garage")
    await page.get_by_role("button", name="Burst of six").click()
    await expect(page.locator("#home-note")).to_contain_text("Garage recorded 6 clips")
    assert [clip.camera_name for clip in scene.cloud.clips] == ["Garage"] * 6
    await page.get_by_role("switch", name="Slow uploads").press("Space")
    await page.get_by_role("button", name="Battery low").click()
    await expect(camera_card(page, "Garage")).to_contain_text("Battery low")
    assert scene.telegram.upload_speed == 600_000


async def test_only_a_doorbell_can_be_rung(scene: Scene, page: Page) -> None:
    await expect(page.get_by_role("button", name="Ring")).to_have_count(1)
    await camera_card(page, "Front door").get_by_role("button", name="Ring").click()
    await expect(page.locator("#home-note")).to_contain_text("Somebody rang at Front door")
    assert [clip.source for clip in scene.cloud.clips] == ["button_press"]


async def test_the_home_follows_what_the_bot_does(scene: Scene, page: Page) -> None:
    scene.cloud.disarm("Home")
    await expect(page.locator(".state")).to_have_text(["Disarmed", "Disarmed"])


async def test_a_camera_is_taken_off_the_air_and_back(scene: Scene, page: Page) -> None:
    garage = scene.cloud.home.camera("Garage")
    await page.get_by_role("button", name="Take offline: Garage").click()
    await expect(camera_card(page, "Garage")).to_contain_text("Offline")
    assert not garage.online
    await page.get_by_role("button", name="Bring online: Garage").click()
    await expect(camera_card(page, "Garage")).not_to_contain_text("Offline")
    assert garage.online


async def test_motion_detection_is_a_switch(scene: Scene, page: Page) -> None:
    await camera_card(page, "Porch").get_by_role("switch").press("Space")
    await expect(camera_card(page, "Porch").get_by_role("switch")).not_to_be_checked()
    await expect(camera_card(page, "Porch")).not_to_contain_text("Watching")
    assert not scene.cloud.home.camera("Porch").motion_enabled


# -- sizes


async def test_on_a_phone_chat_and_home_are_tabs(scene: Scene, tab: Page, complaints: list[str]) -> None:
    async with opened(scene.page, tab, complaints, PHONE):
        await expect(tab.locator("#home")).not_to_be_visible()
        await expect(tab.locator("#newcomer")).to_be_visible()
        await tab.get_by_role("tab", name="Home").click()
        await expect(tab.locator("#chat")).not_to_be_visible()
        await scene.bot.send_message(CHAT, "Motion!")
        await tab.get_by_role("tab", name=re.compile("Chat 1")).click()
        await expect(tab.locator(".bubble")).to_contain_text("Motion!")


@pytest.mark.parametrize("size", [PHONE, (320, 568), DESK, (1440, 900)], ids=str)
async def test_nothing_sticks_out_and_everything_can_be_hit(
    scene: Scene, tab: Page, complaints: list[str], size: tuple[int, int]
) -> None:
    keys = InlineKeyboardMarkup.from_row(
        [InlineKeyboardButton(f"A long label {n}", callback_data=str(n)) for n in range(4)]
    )
    await scene.bot.send_message(CHAT, "W" * 300, reply_markup=keys)
    async with opened(scene.page, tab, complaints, size):
        for part in ("Chat", "Home"):
            if await tab.get_by_role("tab", name=part).is_visible():
                await tab.get_by_role("tab", name=part).click()
            assert await tab.evaluate(TOO_WIDE) == []
            assert await tab.evaluate(TOO_LOW) == []


TOO_WIDE = """() => [...document.querySelectorAll("body, .log-frame, .bubble, .keyboard, .home, .camera, .composer")]
    .filter(node => node.checkVisibility() && node.scrollWidth > node.clientWidth + 1).map(node => node.className)"""
TOO_LOW = """() => [...document.querySelectorAll("button:not(.command, .more, .spoiler), a.key, .switch")]
    .filter(node => node.checkVisibility() && node.getBoundingClientRect().height < 40).map(node => node.outerHTML)"""
