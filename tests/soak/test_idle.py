"""What a bot costs that has nothing to do: run by hand, figures printed (`pytest -m soak -n 0 -s`)."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.evening import Evening
from tests.test_process import blinkbot

SECONDS = 30

pytestmark = pytest.mark.soak


def resident_megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) / 1000


async def test_idle_and_after_clips(evening: Evening, tmp_path: Path) -> None:
    evening.cloud.home.sync_modules[0].usb_active = False
    begun = time.monotonic()
    async with blinkbot(tmp_path, "run", env=evening.environment()) as bot:
        await evening.cloud.wait_for_request("/media?start_time")
        print(f"\nfirst poll after {time.monotonic() - begun:.2f} s")
        await evening.telegram.wait_for_poll()
        before = len(evening.cloud.requests)
        await asyncio.sleep(SECONDS)
        asked = [request.path.rpartition("/")[2] for request in evening.cloud.requests[before:]]
        print(
            f"idle for {SECONDS} s: {len(asked)} requests {set(asked)}, {resident_megabytes(bot.pid):.1f} MB resident"
        )
        for number in range(20):
            clip = await evening.cloud.motion("Porch", seconds=4)
            await evening.phone.wait_for(lambda message, clip=clip: message.video == clip.mp4, timeout=30)  # type: ignore[misc]
            if number in (0, 9, 19):
                print(f"after {number + 1} clips: {resident_megabytes(bot.pid):.1f} MB resident")
    assert set(asked) == {"changed"}
