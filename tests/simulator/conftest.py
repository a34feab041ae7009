"""The demo's page, open in a browser. One browser serves all tests of a file, and so they share one event loop."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from tests.simulator.browser import CHROMIUM, DESK, FLAGS, opened
from tests.simulator.phone_scene import Scene, running_scene


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
