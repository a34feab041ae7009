"""What the bot has in memory once it is loaded, seen in a process that imports it and does nothing else."""

import asyncio
import json
import sys
from collections import Counter
from dataclasses import dataclass

PROGRAM = """
import json, sys
import blinkbot.app
with open("/proc/self/status") as status:
    resident = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
print(json.dumps([resident, sorted(sys.modules)]))
"""
FEWEST = 4
"""Libraries of fewer modules are not worth a word."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """Resident memory, and the modules in it."""

    kilobytes: int
    modules: tuple[str, ...]

    def libraries(self) -> list[str]:
        """Each library with its number of modules, the largest first; without Python's own."""
        sizes = Counter(module.partition(".")[0] for module in self.modules)
        return [f"{name} {size}" for name, size in sizes.most_common() if size >= FEWEST and _is_library(name)]


async def footprint() -> Footprint:
    """Load the bot in a process of its own and look at that."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", PROGRAM, stdout=asyncio.subprocess.PIPE)
    stdout, _ = await process.communicate()
    kilobytes, modules = json.loads(stdout)
    return Footprint(kilobytes, tuple(modules))


def _is_library(name: str) -> bool:
    return name not in sys.stdlib_module_names and not name.startswith("_")
