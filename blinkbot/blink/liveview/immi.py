"""The line of a live view: TLS, one packet that says who we are, then frames both ways (protocol §9).

All numbers are big-endian. A frame is one byte of type, four of sequence, four of length, and the payload.
"""

import asyncio
import ssl
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from blinkbot.blink.wire.live import StreamAddress
from blinkbot.errors import LiveViewEnd, LiveViewFailed

HEADER = struct.Struct(">BII")
VIDEO = 0x00
KEEP_ALIVE = 0x0A
LATENCY = 0x12
SYNC_BYTE = b"\x47"
"""What every packet of an MPEG transport stream begins with; video frames with another start are not shown."""

LONGEST_PAYLOAD = 1024 * 1024
"""Bytes. Frames of video have a few thousand; more was never announced by a server in its right mind."""

CONNECT_TIMEOUT = 15.0
"""Seconds for the connection and its TLS handshake."""

_MAGIC = b"\x00\x00\x00\x28"
_VERSION = b"\x01\x08"
_TRAILER = b"\x00\x00\x00\x01"
_SERIAL_LENGTH = 16
_TOKEN_LENGTH = 64
_CONNECTION_LENGTH = 16

LATENCY_STATISTICS = HEADER.pack(LATENCY, 1000, 24) + bytes(24)
"""Average and greatest latencies, frames shown and dropped, for sound and picture: nothing to report."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the server sends."""

    kind: int
    payload: bytes

    @property
    def is_video(self) -> bool:
        """Whether it carries a piece of the transport stream."""
        return self.kind == VIDEO and self.payload.startswith(SYNC_BYTE)


class BadFrame(ValueError):
    """What came cannot be a frame; nothing after it can be read."""


def introduction(address: StreamAddress) -> bytes:
    """The packet of 122 bytes that begins a session.

    The place of the token stays empty, even where the answer had one: servers take it so from every client that works
    today, and a token has no business on a line whose other end cannot be verified.
    """
    return b"".join(
        (
            _MAGIC,
            _field(address.serial, _SERIAL_LENGTH),
            address.client_id.to_bytes(4, "big"),
            _VERSION,
            _field("", _TOKEN_LENGTH),
            _field(address.connection, _CONNECTION_LENGTH),
            _TRAILER,
        )
    )


def keep_alive(sequence: int) -> bytes:
    """The frame without which the server hangs up."""
    return HEADER.pack(KEEP_ALIVE, sequence, 0)


async def read_frame(reader: asyncio.StreamReader) -> Frame:
    """The next frame, however many pieces it comes in.

    Raises asyncio.IncompleteReadError at the end of the line, OSError when it breaks, BadFrame for an impossible
    length.
    """
    kind, _, length = HEADER.unpack(await reader.readexactly(HEADER.size))
    if length > LONGEST_PAYLOAD:
        raise BadFrame(f"a frame of {length} bytes was announced")
    return Frame(kind, await reader.readexactly(length))


@asynccontextmanager
async def connected(address: StreamAddress) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A line on which the introduction has been sent. Raises LiveViewFailed when there is no getting through."""
    try:
        async with asyncio.timeout(CONNECT_TIMEOUT):
            reader, writer = await asyncio.open_connection(address.host, address.port, ssl=unverified())
    except OSError as error:
        raise LiveViewFailed(LiveViewEnd.UNREACHABLE, _reason(error)) from error
    try:
        writer.write(introduction(address))
        yield reader, writer
    finally:
        # Hung up at once: a closing handshake would wait for a server that may be gone.
        writer.transport.abort()


def unverified() -> ssl.SSLContext:
    """TLS that takes any certificate.

    Blink's stream servers show one that does not match their address (protocol §9), often a bare IP address, so there
    is nothing to check it against. What may go over such a line is only what the answer to `liveview` held, which came
    from Blink's verified REST host together with this address: the connection's name, good for this one session, and
    the camera's serial. No token, cookie or password of the account ever does.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _field(text: str, length: int) -> bytes:
    return length.to_bytes(4, "big") + text.encode("ascii")[:length].ljust(length, b"\0")


def _reason(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return "TLS failed" if isinstance(error, ssl.SSLError) else "no connection"
