"""Libraries without the parts the bot does not need: a start in two thirds of the time, 20 MB less. Each is imported
first in a block of `lean`, by the one package that uses it; what is hidden there can be imported later."""

import gc
import importlib.metadata
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import cast


def _stand_in(name: str, /, **content: object) -> ModuleType:
    module = ModuleType(name)
    vars(module).update(content)
    return module


_HIDDEN: dict[str, dict[str, ModuleType | None]] = {
    # Its command line, with click, rich and pygments: 3.3 MB where they are installed.
    "httpx": {"httpx._main": None},
    # Telegram Passport's decryption, 7.5 MB; a job queue, in place of which there is scheduler.py.
    "telegram": {"cryptography": None, "apscheduler": None},
    # Types of columns that the store does not have, 12 MB; its command line's ways to read a date, 1 MB.
    "sqlite_utils": {"numpy": None, "pandas": None, "sqlite_utils.recipes": _stand_in("sqlite_utils.recipes")},
    # Pools of threads and processes, 0.5 MB; a search for plugins among all that is installed, 15 ms.
    "apscheduler": {
        "apscheduler.executors.pool": _stand_in("apscheduler.executors.pool", ThreadPoolExecutor=None),
        "importlib.metadata": _stand_in(
            "importlib.metadata", **{**vars(importlib.metadata), "entry_points": lambda group: ()}
        ),
    },
    "pydantic": {},
}


@contextmanager
def lean(library: str) -> Iterator[None]:
    """Import a library as if its unneeded parts were not installed; without garbage collection, a sixth of the time."""
    hidden = _HIDDEN[library]
    before = {name: sys.modules[name] for name in hidden if name in sys.modules}
    collecting = gc.isenabled()
    gc.disable()
    # None in there makes an import fail as for a module that is not installed.
    sys.modules.update(cast(dict[str, ModuleType], hidden))
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
        sys.modules.update(before)
        if collecting:
            gc.enable()
