"""A bare live-view player for these tests, written from protocol §9 alone."""

import asyncio
import ssl
import struct
from urllib.parse import parse_qs, urlsplit

from blinkbot.simulator.blinkcloud.liveview.session import OTHER_FRAMES

LATENCY = bytes.fromhex("12000003E800000018") + bytes(24)


def keep_alive(sequence: int) -> bytes:
    return struct.pack(">BII", 0x0A, sequence, 0)


def authentication(server: str, serial: str, token: bytes = bytes(64)) -> bytes:
    address = urlsplit(server)
    client_id = int(parse_qs(address.query)["client_id"][0])
    connection = address.path.rpartition("/")[2].partition("__")[0][:16].encode()
    return b"".join(
        (
            bytes.fromhex("00000028"),
            struct.pack(">I16s", 16, serial.encode()),
            struct.pack(">I", client_id),
            b"\x01\x08",
            struct.pack(">I64s", 64, token),
            struct.pack(">I16s", 16, connection),
            bytes.fromhex("00000001"),
        )
    )


class Viewer:
    """One connection to a live view."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    @classmethod
    async def connect(cls, server: str) -> "Viewer":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        address = urlsplit(server)
        return cls(*await asyncio.open_connection(address.hostname, address.port, ssl=context))

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def frame(self) -> tuple[int, bytes]:
        kind, _, length = struct.unpack(">BII", await self.reader.readexactly(9))
        return kind, await self.reader.readexactly(length)

    async def watch(self, seconds_of_video: int) -> bytes:
        """Video until so many batches have come; each begins with frames that are not video."""
        video, batches = bytearray(), -1
        while batches < seconds_of_video:
            kind, payload = await self.frame()
            batches += kind == OTHER_FRAMES[-1][0]
            video += payload if kind == 0 else b""
        return bytes(video)

    async def is_turned_away(self) -> bool:
        try:
            return not await self.reader.read(1)
        except ConnectionError:
            return True

    def leave(self) -> None:
        self.writer.transport.abort()
