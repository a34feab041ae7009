"""The demo: the shipped bot against both simulators, and a page in the browser that is its owner's phone."""

import asyncio
import signal
import tempfile
import webbrowser
from pathlib import Path

from blinkbot.app import App
from blinkbot.cli.terminal import ports_taken
from blinkbot.config import Settings
from blinkbot.logs import Redactor
from blinkbot.simulator.botapi import LOCAL_UPLOAD_LIMIT, TelegramServer
from blinkbot.simulator.demopage import PhonePage
from blinkbot.simulator.simulation import FAMILY_CHAT, OWNER_CHAT, Simulation
from blinkbot.translations import ENGLISH, Sentence, speaking

INTERVAL = 1.0
# What a newcomer sees first: a ring at the door of the simulated home.
FIRST_VISIT = "Front door"

ADDRESS = Sentence("The demo is at {address}")
END = Sentence("Ctrl-C ends it; nothing is kept.")


async def run_demo(redactor: Redactor, *, port: int = 0, browser: bool = True) -> None:
    """Run everything until SIGINT or SIGTERM. Raises BlinkbotErrors."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    # The simulated account asks for no code, which no phone would show here.
    # Its address is not Telegram's own, so the bot takes it for a Bot API server of one's own; such a one it is.
    telegram = TelegramServer(upload_limit=LOCAL_UPLOAD_LIMIT, download_limit=None)
    simulation = Simulation(pin_required=False, telegram=telegram)
    with tempfile.TemporaryDirectory(prefix="blinkbot-demo-") as folder:
        try:
            await simulation.start(port + 1 if port else 0)
            page = PhonePage(simulation.telegram, [simulation.phone, simulation.group], simulation.cloud)
            await page.start(port)
        except OSError as error:
            await simulation.stop()
            raise ports_taken(port, 3, error) from error
        app = App(_settings(simulation, Path(folder)), redactor)
        # The bot speaks each chat's language, and English where no chat is meant.
        with speaking(ENGLISH):
            running = asyncio.create_task(app.run())
        visit = asyncio.create_task(_first_visit(simulation))
        print(f"\n  {ADDRESS(address=page.url)}\n  {END()}\n", flush=True)
        if browser:
            await asyncio.to_thread(webbrowser.open, page.url)
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            visit.cancel()
            app.stop()
            try:
                await running
            finally:
                await page.stop()
                await simulation.stop()


async def _first_visit(simulation: Simulation) -> None:
    """Ring at the door once the bot has been told what is there already, so that it is news."""
    await simulation.cloud.wait_for_request("/media?start_time")
    await simulation.cloud.press(FIRST_VISIT)


def _settings(simulation: Simulation, folder: Path) -> Settings:
    """Not from file or environment: a newcomer's own settings must not lead the demo to real servers."""
    return Settings.model_validate(
        {
            "telegram": {
                "api_url": simulation.telegram.url,
                "token": simulation.telegram.token,
                "chats": [OWNER_CHAT, FAMILY_CHAT],
            },
            "blink": {
                "email": simulation.cloud.email,
                "password": simulation.cloud.password,
                "oauth_url": simulation.cloud.url,
                "rest_url": simulation.cloud.url,
            },
            "watch": {"interval": INTERVAL},
            "data_dir": folder,
        },
        context={"interval_floor": INTERVAL},
    )
