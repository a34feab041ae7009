"""What the tests of the demo's page in a real browser share: which browser, how large, and the page open in it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import ConsoleMessage, Error, Page, expect

from blinkbot.simulator.demopage.server import PhonePage

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
"""A camera's name, and one that has all that must be escaped."""
NEEDS_CHROMIUM = pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium in the PATH")


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
