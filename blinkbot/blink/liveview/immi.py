"""The line of a live view: TLS, one introduction, then frames both ways, numbers big-endian (protocol §9)."""

import asyncio
import ssl
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from blinkbot.blink.liveview.certificates import StreamTrust
from blinkbot.blink.wire.live import StreamAddress
from blinkbot.errors import LiveViewEnd, LiveViewFailed

HEADER = struct.Struct(">BII")
VIDEO = 0x00
KEEP_ALIVE = 0x0A
LATENCY = 0x12
SYNC_BYTE = b"\x47"  # begins each packet of an MPEG transport stream; video frames with another start are not shown
LONGEST_PAYLOAD = 1024 * 1024  # bytes; frames of video have a few thousand
CONNECT_TIMEOUT = 15.0  # seconds for the connection and its TLS handshake

_MAGIC = b"\x00\x00\x00\x28"
_VERSION = b"\x01\x08"
_TRAILER = b"\x00\x00\x00\x01"
_SERIAL_LENGTH = 16
_TOKEN_LENGTH = 64
_CONNECTION_LENGTH = 16

LATENCY_STATISTICS = HEADER.pack(LATENCY, 1000, 24) + bytes(24)  # latencies, frames shown and dropped: none


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame from the server."""

    kind: int
    payload: bytes

    @property
    def is_video(self) -> bool:
        return self.kind == VIDEO and self.payload.startswith(SYNC_BYTE)


class BadFrame(ValueError):
    """What came cannot be a frame; nothing after it can be read."""


def introduction(address: StreamAddress) -> bytes:
    """The packet of 122 bytes that begins a session; without the token, which no server has been seen to want (§9)."""
    start = _MAGIC + _field(address.serial, _SERIAL_LENGTH) + address.client_id.to_bytes(4, "big") + _VERSION
    return start + _field("", _TOKEN_LENGTH) + _field(address.connection, _CONNECTION_LENGTH) + _TRAILER


def keep_alive(sequence: int) -> bytes:
    """The frame without which the server hangs up."""
    return HEADER.pack(KEEP_ALIVE, sequence, 0)


async def read_frame(reader: asyncio.StreamReader) -> Frame:
    """The next frame. Raises IncompleteReadError at the line's end, OSError, BadFrame for an impossible length."""
    kind, _, length = HEADER.unpack(await reader.readexactly(HEADER.size))
    if length > LONGEST_PAYLOAD:
        raise BadFrame(f"a frame of {length} bytes was announced")
    return Frame(kind, await reader.readexactly(length))


@asynccontextmanager
async def connected(
    address: StreamAddress, trust: StreamTrust
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A line on which the introduction has been sent, once the other end has proved who it is.

    Raises LiveViewFailed when it does not, or there is no getting through.
    """
    try:
        async with asyncio.timeout(CONNECT_TIMEOUT):
            context, name = await asyncio.to_thread(trust.of, address.host)
            reader, writer = await asyncio.open_connection(
                address.host, address.port, ssl=context, server_hostname=name
            )
    except ssl.SSLCertVerificationError as error:
        raise LiveViewFailed(LiveViewEnd.UNVERIFIED, error.verify_message) from error
    except OSError as error:
        raise LiveViewFailed(LiveViewEnd.UNREACHABLE, _reason(error)) from error
    try:
        writer.write(introduction(address))
        yield reader, writer
    finally:
        # Hung up at once: a closing handshake would wait for a server that may be gone.
        writer.transport.abort()


def _field(text: str, length: int) -> bytes:
    return length.to_bytes(4, "big") + text.encode("ascii")[:length].ljust(length, b"\0")


def _reason(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return "TLS failed" if isinstance(error, ssl.SSLError) else "no connection"
