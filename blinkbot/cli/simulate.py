"""`blinkbot simulate`: both simulators alone, for other programs."""

import asyncio
import json
import signal

from blinkbot.cli.terminal import ports_taken
from blinkbot.simulator.simulation import Simulation


async def run_simulators(port: int) -> None:
    """Run both until SIGINT or SIGTERM. The first line on stdout is JSON: `Simulation.facts`. Raises CommandFailed."""
    simulation = Simulation()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    try:
        await simulation.start(port)
    except OSError as error:
        raise ports_taken(port, 2, error) from error
    try:
        print(json.dumps(simulation.facts()), flush=True)
        await stop.wait()
    finally:
        await simulation.stop()
