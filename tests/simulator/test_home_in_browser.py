"""The home on the demo's page, in a real browser: what a person sees of it and lets happen there."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.simulator.browser import CATS, NEEDS_CHROMIUM
from tests.simulator.phone_scene import Scene

# One browser serves all tests here, and so they share one event loop.
pytestmark = [NEEDS_CHROMIUM, pytest.mark.asyncio(loop_scope="module")]


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


async def test_what_blink_serves_and_sees_is_chosen(scene: Scene, page: Page) -> None:
    serves = page.get_by_label("Blink serves")
    await expect(serves).to_have_value("new")
    await serves.select_option("no plan")
    await expect(page.locator("#home-note")).to_contain_text("keeps no videos")
    await page.get_by_role("button", name="A car").click()
    await expect(page.locator("#home-note")).to_contain_text("recorded a car")
    assert [(clip.kept, clip.labels) for clip in scene.cloud.clips] == [(False, ["vehicle"])]
    await page.get_by_role("button", name="An odd entry").click()
    await expect(page.locator("#home-note")).to_contain_text("makes no sense")
    scene.cloud.serve("old")
    await expect(serves).to_have_value("old")


async def test_what_takes_a_while_is_told_at_once_and_its_end_too(scene: Scene, page: Page) -> None:
    await page.evaluate(KEEP_NOTES)
    await page.get_by_role("button", name="Outage over").click()
    await expect(page.locator("#home-note")).to_contain_text("came at once", timeout=30_000)
    assert (await page.evaluate("notes"))[0] == "Outage over: 25 clips…"
    assert len(scene.cloud.clips) == 25


KEEP_NOTES = """() => {
    window.notes = [];
    const note = document.getElementById("home-note");
    new MutationObserver(() => window.notes.push(note.textContent)).observe(note, { childList: true });
}"""
"""Keeps what the home's note said, one after the other."""


async def test_only_a_doorbell_can_be_rung(scene: Scene, page: Page) -> None:
    await expect(page.get_by_role("button", name="Ring")).to_have_count(1)
    await camera_card(page, "Front door").get_by_role("button", name="Ring").click()
    await expect(page.locator("#home-note")).to_contain_text("A visitor rang at Front door")
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
