"""The demo as a newcomer meets it: one command, and a page in a real browser."""

import asyncio
import re
import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, async_playwright, expect

from blinkbot.simulator.demopage.actions import CONFIRMED_LATER
from blinkbot.watch.device_health import LASTS
from blinkbot.watch.home_watch import HOME_EVERY
from tests.simulator.browser import CHROMIUM, DESK, FLAGS
from tests.test_process import blinkbot, stopped_by

FIRST_CLIP_WITHIN = 10_000
"""Milliseconds, from the page's opening: what the demo promises a newcomer."""
ENCODED_WITHIN = 90_000
"""Milliseconds for a film of 60 MB to be encoded twice, while other tests want the processor, too."""

ANSWER_WITHIN = 20_000
PLAYS = """video => new Promise(done => {
    if (video.currentTime > 0) done();
    video.addEventListener("timeupdate", () => video.currentTime > 0 && done());
})"""
"""Ends when a video is seen to play."""


# One browser serves all tests here, and so they share one event loop.
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def tab() -> AsyncIterator[Page]:
    """The one tab in which each test opens a demo of its own."""
    if CHROMIUM is None:
        pytest.skip("needs Debian's chromium in the PATH")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield await browser.new_page(viewport={"width": DESK[0], "height": DESK[1]})
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(tmp_path: Path, tab: Page) -> AsyncIterator[Page]:
    """The page of a running demo, open in Chromium."""
    async with blinkbot(tmp_path, "demo", "--no-browser") as demo:
        assert demo.stdout is not None
        async with asyncio.timeout(30):
            told = await demo.stdout.readuntil(b"/\n")
        address = re.search(rb"http://[^\s]+", told)
        assert address is not None
        await tab.goto(address[0].decode())
        yield tab
        await tab.goto("about:blank")
        end = await stopped_by(demo, signal.SIGINT)
        assert end.code == 0
        assert "Traceback" not in end.err


async def say(page: Page, words: str) -> None:
    await page.get_by_label("Message", exact=True).fill(words)
    await page.keyboard.press("Enter")


def clips(page: Page) -> Locator:
    """The videos in the chat that wait to be played."""
    return page.get_by_role("log").get_by_role("button", name=re.compile("Play the video"))


async def test_a_newcomer_sees_a_clip_and_gets_answers(page: Page) -> None:
    log = page.get_by_role("log")
    await expect(clips(page)).to_have_count(1, timeout=FIRST_CLIP_WITHIN)
    await expect(log).to_contain_text("Front door")
    await clips(page).click()
    await log.locator("video").evaluate(PLAYS)

    await say(page, "/arm cabin")
    await expect(log).to_contain_text("Cabin is armed", timeout=ANSWER_WITHIN)

    await say(page, "/snap porch")
    await expect(log.locator("li", has_text="Porch").locator("img")).to_have_count(1, timeout=ANSWER_WITHIN)

    await say(page, "/schedule")
    await expect(log).to_contain_text("Nights", timeout=ANSWER_WITHIN)

    await say(page, "/clips")
    button = log.locator("li").last.get_by_role("button").first
    await expect(button).to_contain_text("Front door", timeout=ANSWER_WITHIN)
    await button.click()
    await expect(clips(page)).to_have_count(1, timeout=ANSWER_WITHIN)


async def test_walking_past_a_camera_brings_its_clip(page: Page) -> None:
    await expect(clips(page)).to_have_count(1, timeout=FIRST_CLIP_WITHIN)
    await page.locator("#home").get_by_role("button", name=re.compile("Walk past")).first.click()
    await expect(clips(page)).to_have_count(2, timeout=ANSWER_WITHIN)


async def test_a_windy_tree_rings_once_and_the_rest_answers_silently(page: Page) -> None:
    log = page.get_by_role("log")
    await expect(clips(page)).to_have_count(1, timeout=FIRST_CLIP_WITHIN)
    await page.get_by_label("Camera", exact=True).select_option("Porch")
    await page.get_by_role("button", name="Burst of six").click()
    await expect(clips(page)).to_have_count(7, timeout=ANSWER_WITHIN)
    await expect(page.locator("#rings")).to_have_text("2")  # the bell before, and the tree
    await expect(log.locator(".reply")).to_have_count(5)
    await expect(log.locator(".meta:not(.room)").get_by_label("sent silently")).to_have_count(5)
    await expect(log).to_contain_text("6 clips", timeout=ANSWER_WITHIN)


async def test_a_film_too_large_for_telegram_is_seen_to_become_smaller(page: Page) -> None:
    log = page.get_by_role("log")
    await expect(clips(page)).to_have_count(1, timeout=FIRST_CLIP_WITHIN)
    await page.get_by_role("switch", name="50 MB upload limit").press("Space")
    await page.get_by_role("button", name="60 MB clip").click()
    await expect(log).to_contain_text("small enough for Telegram…", timeout=ANSWER_WITHIN)
    await expect(clips(page)).to_have_count(2, timeout=ENCODED_WITHIN)


async def test_the_page_tells_how_long_a_trouble_must_last() -> None:
    assert timedelta(minutes=4) == LASTS
    assert timedelta(minutes=5) == HOME_EVERY
    assert "four minutes apart" in CONFIRMED_LATER
    assert "four minutes apart" in CONFIRMED_LATER


@pytest.mark.parametrize("offset", [0, 2])
async def test_a_taken_port_is_said(tmp_path: Path, offset: int) -> None:
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1] - offset
        async with blinkbot(tmp_path, "demo", "--no-browser", "--port", str(port)) as demo:
            _, err = await demo.communicate()
    assert demo.returncode == 1
    assert f"3 free ports from {port} on".encode() in err
    assert b"--port" in err
    assert b"Traceback" not in err
