"""What it costs to load the bot: `python -m tests.bench.start [RUNS]`. Not a test: it prints a table.

Resident memory and processor time of `python -c "import …"` over so many runs, and which libraries are loaded. Times
depend on what else the machine does: compare those that were measured together.
"""

import asyncio
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass

from blinkbot.cli.footprint import footprint, libraries

STATEMENTS = ("pass", "import blinkbot.cli.main", "import blinkbot.config", "import blinkbot.app")
RUNS = 7


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    kilobytes: int
    milliseconds: float


def cost(statement: str) -> Cost:
    """Run a statement in a process of its own."""
    told = "\nimport os; os.write(1, open('/proc/self/status', 'rb').read().split(b'VmRSS:')[1].split()[0])"
    before = os.times()
    out = subprocess.run([sys.executable, "-c", statement + told], check=True, capture_output=True).stdout
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(int(out), spent * 1000)


async def main(runs: int) -> None:
    """Measure and print."""
    print(f"{'':28} {'resident, kB':>14} {'CPU, ms: least':>16} {'middle':>8}")
    for statement in STATEMENTS:
        costs = [cost(statement) for _ in range(runs)]
        memory = statistics.median(each.kilobytes for each in costs)
        spent = sorted(each.milliseconds for each in costs)
        print(f"{statement:28} {memory:14.0f} {spent[0]:16.0f} {statistics.median(spent):8.0f}")
    _, modules = await footprint()
    print(f"\nmodules of the bot: {len(modules)}; libraries: {', '.join(libraries(modules))}")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else RUNS))
