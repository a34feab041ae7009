"""What the bot has in memory once it is loaded, seen in a process that imports it and does nothing else."""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterable

PROGRAM = """
import json, sys
import blinkbot.app
with open("/proc/self/status") as status:
    resident = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
print(json.dumps([resident, sorted(sys.modules)]))
"""
FEWEST = 4  # Libraries of fewer modules are not worth a word


async def footprint() -> tuple[int, list[str]]:
    """The bot's resident memory in kB, and its modules."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", PROGRAM, stdout=asyncio.subprocess.PIPE)
    stdout, _ = await process.communicate()
    kilobytes, modules = json.loads(stdout)
    return kilobytes, modules


def libraries(modules: Iterable[str]) -> list[str]:
    """Each library with its number of modules, the largest first; without Python's own."""
    sizes = Counter(module.partition(".")[0] for module in modules)
    return [
        f"{name} {size}"
        for name, size in sizes.most_common()
        if size >= FEWEST and name not in sys.stdlib_module_names and not name.startswith("_")
    ]
