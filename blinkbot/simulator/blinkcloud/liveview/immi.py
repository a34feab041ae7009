"""The packets of a live view session (protocol §9)."""

import asyncio
import struct
from dataclasses import dataclass

AUTH_LENGTH = 122
FIXED_PARTS = {
    "magic": (0, bytes.fromhex("00000028")),
    "version": (28, b"\x01\x08"),
    "trailer": (118, bytes.fromhex("00000001")),
    "serial length": (4, struct.pack(">I", 16)),
    "token length": (30, struct.pack(">I", 64)),
    "connection length": (98, struct.pack(">I", 16)),
}
VIDEO = 0x00
KEEP_ALIVE = 0x0A
LATENCY = 0x12
MOVE = 0x14
LATENCY_SEQUENCE = 1000
LATENCY_LENGTH = 24
LARGEST_PAYLOAD = 4096
"""A viewer has nothing longer to say."""


@dataclass(frozen=True, slots=True)
class Hello:
    """What the authentication packet says."""

    serial: str
    client_id: int
    token: bytes
    connection: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame, either way."""

    kind: int
    number: int
    payload: bytes = b""

    def encoded(self) -> bytes:
        """The nine bytes of header, and the payload."""
        return struct.pack(">BII", self.kind, self.number, len(self.payload)) + self.payload


def read_hello(packet: bytes) -> Hello:
    """Take an authentication packet apart. Raises ValueError that says where it differs from the documented layout."""
    if len(packet) != AUTH_LENGTH:
        raise ValueError(f"{len(packet)} bytes instead of {AUTH_LENGTH}")
    for name, (start, wanted) in FIXED_PARTS.items():
        if packet[start : start + len(wanted)] != wanted:
            raise ValueError(f"wrong {name}")
    return Hello(
        serial=packet[8:24].rstrip(b"\0").decode("ascii"),
        client_id=int.from_bytes(packet[24:28], "big"),
        token=packet[34:98],
        connection=packet[102:118].rstrip(b"\0").decode("ascii"),
    )


async def read_frame(reader: asyncio.StreamReader) -> Frame:
    """The viewer's next frame. Raises IncompleteReadError when the viewer is gone, ValueError for what none sends."""
    kind, number, length = struct.unpack(">BII", await reader.readexactly(9))
    if length > LARGEST_PAYLOAD:
        raise ValueError(f"a frame of {length} bytes")
    frame = Frame(kind, number, await reader.readexactly(length))
    if kind == KEEP_ALIVE and length:
        raise ValueError("a keep-alive has no payload")
    if kind == LATENCY and (number, length) != (LATENCY_SEQUENCE, LATENCY_LENGTH):
        raise ValueError("latency statistics have sequence 1000 and 24 bytes")
    if kind not in (KEEP_ALIVE, LATENCY, MOVE):
        raise ValueError(f"a frame of type {kind:#04x}")
    return frame
