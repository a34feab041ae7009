"""The demo's page in a real browser: what a person sees and taps in the chats, and on screens of all sizes."""

import re

import pytest
from playwright.async_api import FloatRect, Locator, Page, expect
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, InputMediaVideo, Update

from tests.simulator.browser import CATS, DESK, NEEDS_CHROMIUM, PHONE, opened
from tests.simulator.phone_scene import CHAT, FAMILY, Scene, thumbnail

# One browser serves all tests here, and so they share one event loop.
pytestmark = [NEEDS_CHROMIUM, pytest.mark.asyncio(loop_scope="module")]


async def next_update(scene: Scene) -> Update:
    """The next thing that the bot is told."""
    [update] = await scene.bot.get_updates(timeout=10, limit=1)
    await scene.bot.get_updates(offset=update.update_id + 1, timeout=0)
    return update


async def box_of(node: Locator) -> FloatRect:
    """Where it is on the page."""
    box = await node.bounding_box()
    assert box is not None
    return box


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
    close, large = await box_of(page.get_by_role("button", name="Close")), await box_of(page.locator("#viewer img"))
    assert close["y"] + close["height"] <= large["y"]
    await page.keyboard.press("Escape")
    await expect(page.locator("#viewer")).not_to_be_visible()


async def test_an_album_is_one_bubble(scene: Scene, page: Page) -> None:
    album = [InputMediaPhoto(thumbnail(), caption="Last night" if number == 0 else None) for number in range(3)]
    await scene.bot.send_media_group(CHAT, album)
    await expect(page.locator(".album .photo")).to_have_count(3)
    await expect(page.locator(".bubble")).to_have_count(1)
    await expect(page.locator(".bubble")).to_contain_text("Last night")


async def test_videos_without_a_picture_fill_their_tiles(scene: Scene, page: Page) -> None:
    clip = await scene.cloud.motion("Porch", seconds=1)
    await scene.bot.send_media_group(CHAT, [InputMediaVideo(clip.mp4, width=640, height=360) for _ in range(2)])
    await expect(page.locator(".album .still video")).to_have_count(2)
    for tile in await page.locator(".album .still video").all():
        await expect(tile).to_have_css("object-fit", "cover")


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


async def test_of_topic_headings_only_one_can_be_read_at_a_time(scene: Scene, page: Page) -> None:
    for name in ("Porch", CATS):
        thread = (await scene.bot.create_forum_topic(FAMILY, name)).message_thread_id
        for _ in range(2):
            await scene.bot.send_message(FAMILY, "News", message_thread_id=thread)
            await scene.bot.send_message(FAMILY, "\n".join(["Something else"] * 12))
    await page.get_by_role("group", name="Chats").get_by_role("button", name="The family").click()
    await expect(page.locator(".bubble")).to_have_count(8)
    await page.locator("#log-frame").evaluate("frame => frame.scrollTo(0, frame.scrollHeight)")
    stuck = await page.evaluate(STUCK_HEADINGS)
    assert len(stuck) > 2
    assert len({(each["left"], each["right"], each["height"]) for each in stuck}) == 1
    assert all(re.fullmatch(r"rgb\(.*\)", each["colour"]) for each in stuck)


STUCK_HEADINGS = """() => {
    const boxes = [...document.querySelectorAll(".topic-heading span")].map(node =>
        ({ ...node.getBoundingClientRect().toJSON(), colour: getComputedStyle(node).backgroundColor }));
    const top = Math.min(...boxes.map(box => box.top));
    return boxes.filter(box => box.top === top);
}"""
"""Those that lie over one another at the chat's upper edge."""


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
