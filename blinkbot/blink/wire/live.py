"""JSON → live view: the answer that starts one, and how it stands (protocol §9)."""

from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, urlsplit

from blinkbot.blink.wire.commands import command_status
from blinkbot.blink.wire.fields import Fields
from blinkbot.errors import BlinkResponseError, LiveViewUnsupported

OPERATION = "liveview"

POLLING_INTERVAL = 15.0  # seconds between looks where the answer does not say; what Blink says when it does
MOST_SECONDS = 24 * 3600.0  # more than any live view lasts: a larger number in an answer says nothing

_IMMI = "immis"
_RTSP = ("rtsp", "rtsps")
_IMMI_PORT = 443
_GOING_ON = ("new", "running")


@dataclass(frozen=True, slots=True)
class StartedLiveView:
    """What starts a live view, with the stream's address as it came, usable or not. Times in seconds."""

    command_id: int
    server: str = field(repr=False)
    longest: float | None
    polling_interval: float


@dataclass(frozen=True, slots=True)
class StreamAddress:
    """Where a stream is, and what its server wants to be told first."""

    host: str
    port: int
    connection: str = field(repr=False)
    serial: str
    client_id: int


@dataclass(frozen=True, slots=True)
class LiveViewStatus:
    """How a live view stands. `succeeded` and `message` say something only once it is not `running`."""

    running: bool
    succeeded: bool
    message: str


def started_live_view(body: object) -> StartedLiveView:
    top = Fields(OPERATION, body)
    command_id = top.optional_id("command_id")
    if command_id is None:
        raise top.wrong("command_id", "it is missing")
    return StartedLiveView(
        command_id=command_id,
        server=top.text("server"),
        longest=_seconds(top, "duration"),
        polling_interval=max(1.0, _seconds(top, "polling_interval") or POLLING_INTERVAL),
    )


def live_view_status(body: object, command_id: int) -> LiveViewStatus:
    """A look at the command of a live view: it is over when its condition is neither new nor running (protocol §9)."""
    status = command_status(body, command_id)
    running = status.condition in _GOING_ON if status.condition else not status.complete
    return LiveViewStatus(running, status.succeeded, status.message)


def stream_address(server: str) -> StreamAddress:
    """immis://host:port/CONNECTION__IMDS_SERIAL?client_id=N. Raises LiveViewUnsupported, BlinkResponseError."""
    parts, port = _split(server)
    if parts.scheme in _RTSP:
        raise LiveViewUnsupported("the live view is streamed over RTSP")
    if parts.scheme != _IMMI:
        raise _wrong("it is of no known kind")
    if not parts.hostname or "@" in parts.netloc:
        raise _wrong("it names no host")
    connection, _, rest = parts.path.rpartition("/")[2].partition("__")
    if not connection:
        raise _wrong("it names no connection")
    return StreamAddress(parts.hostname, port, connection, rest.removeprefix("IMDS_"), _client_id(parts.query))


def _split(server: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(server)
        port = parts.port
    except ValueError as error:
        raise _wrong("it cannot be read") from error
    if not server.isascii() or not server.isprintable() or " " in server:
        raise _wrong("it cannot be read")
    return parts, _IMMI_PORT if port is None else port


def _client_id(query: str) -> int:
    told = parse_qs(query).get("client_id", ["0"])[0]
    if not told.isascii() or not told.isdigit() or len(told) > 10 or int(told) >= 2**32:
        raise _wrong("its client id is impossible")
    return int(told)


def _wrong(problem: str) -> BlinkResponseError:
    """The error, without the address, which is all it takes to watch."""
    return BlinkResponseError(OPERATION, f"the stream's address was expected, but {problem}", "server")


def _seconds(top: Fields, name: str) -> float | None:
    value = top.number(name)
    return value if value is not None and 0 < value <= MOST_SECONDS else None
