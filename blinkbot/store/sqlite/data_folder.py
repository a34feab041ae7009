"""The data folder: made for one user alone, and held by one running bot at a time."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from blinkbot.errors import AlreadyRunning, DataFolderError, FolderProblem

FOLDER_MODE = 0o700
FILE_MODE = 0o600
LOCK_NAME = "blinkbot.lock"


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can read; one that is already there keeps its mode.

    Raises DataFolderError where that is impossible.
    """
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise DataFolderError(folder, FolderProblem.NOT_MADE, error.strerror) from error


def open_private(path: Path) -> int:
    """Open a file for reading and writing that only its owner can read, from its first moment on.

    Returns the file descriptor. A file that is there already and stands open to others is closed to them.
    Raises DataFolderError where it cannot be opened for writing.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
    except OSError as error:
        raise DataFolderError(path, FolderProblem.NOT_WRITABLE, error.strerror) from error
    try:
        if os.fstat(descriptor).st_mode & 0o777 != FILE_MODE:
            os.fchmod(descriptor, FILE_MODE)
    except OSError as error:
        os.close(descriptor)
        raise DataFolderError(path, FolderProblem.EXPOSED, error.strerror) from error
    return descriptor


class DataFolderLock:
    """Holds a data folder for this process: a lock that ends with the process, however that ends.

    Use it as a context manager around everything that runs on the folder. The lock file stays behind and means
    nothing by itself; only the kernel's lock on it counts.
    """

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def acquire(self) -> None:
        """Take the folder. Raises AlreadyRunning when another process has it, DataFolderError when it is unusable."""
        make_folder(self._data_dir)
        descriptor = open_private(self._data_dir / LOCK_NAME)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = _holder(descriptor)
            os.close(descriptor)
            raise AlreadyRunning(self._data_dir, holder) from error
        except OSError as error:
            os.close(descriptor)
            raise DataFolderError(self._data_dir, FolderProblem.NOT_LOCKABLE, error.strerror) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor

    def release(self) -> None:
        """Let the folder go. Does nothing when it is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _holder(descriptor: int) -> int | None:
    """The process that holds the lock, None in the instant before it has written its number."""
    pid = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip()
    return int(pid) if pid.isdigit() else None
