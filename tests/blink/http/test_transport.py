"""One request: what is sent, what is tried again and what is not, and where the token never goes."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from blinkbot.blink.http.auth import Session
from blinkbot.blink.http.hosts import BlinkUrls
from blinkbot.blink.http.transport import RETRY_DELAYS, Call, Transport
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.domain import Family
from blinkbot.errors import (
    AppUpdateRequired,
    BlinkError,
    BlinkResponseError,
    BlinkUnreachable,
    CutShort,
    NotFound,
    ServerError,
    Throttled,
    UnsafeHost,
)
from tests.blink.helpers import HARDWARE_ID, FakeTime, Loopback, MemoryTokens, Seen, in_order, reply, session

HOMESCREEN = Call(OPERATIONS["homescreen"])
ARM = Call(OPERATIONS["arm"], {"network": 100})
SNAP = Call(OPERATIONS["new-thumbnail"], {"network": 100, "camera": 301}, Family.CAMERA)
VIDEO = Call(OPERATIONS["video"], {"path": "/api/v2/accounts/7/media/clip/9.mp4"})
PICTURES = bytes(range(256)) * 3000
MP4 = (
    b"\0\0\0\x18ftypisom"
    + bytes(12)
    + b"\0\0\0\x10moov"
    + bytes(8)
    + (len(PICTURES) + 8).to_bytes(4, "big")
    + b"mdat"
    + PICTURES
)


def names_in(folder: Path) -> list[str]:
    """What is in a folder, hidden files too."""
    return [file.name for file in folder.iterdir()]


class Line:
    """A transport to a server that a test has given its answers."""

    def __init__(self, server: Loopback) -> None:
        self.server = server
        self.time = FakeTime()
        urls = BlinkUrls(oauth=server.url, rest=server.url)
        keeper = Session(urls, MemoryTokens(session()), HARDWARE_ID, self.time.timing)
        self.transport = Transport(urls, keeper, self.time.timing)

    def says(self, *answers: bytes) -> None:
        """What the server answers, in order; the last one repeats."""
        self.server.answer = in_order(*answers)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with Loopback(in_order(reply({}))) as server:
        line = Line(server)
        yield line
        await line.transport.aclose()


class TestWhatIsSent:
    async def test_a_request_carries_token_content_type_and_account(self, line: Line) -> None:
        await line.transport.request(HOMESCREEN)
        seen = line.server.seen[0]
        assert (seen.method, seen.target) == ("GET", "/api/v3/accounts/7/homescreen")
        assert seen.headers["authorization"] == "Bearer first-access"
        assert seen.headers["content-type"] == "application/json"

    async def test_a_body_is_json(self, line: Line) -> None:
        call = Call(OPERATIONS["disable-motion"], {"network": 100, "camera": 401}, Family.MINI)
        await line.transport.request(call)
        assert line.server.seen[0].body == b'{"enabled": false}'
        assert line.server.seen[0].headers["content-type"] == "application/json"

    async def test_open_operations_carry_no_token(self, line: Line) -> None:
        await line.transport.request(Call(OPERATIONS["version"]))
        assert "authorization" not in line.server.seen[0].headers

    async def test_an_argument_that_does_not_fit_is_no_request(self, line: Line) -> None:
        with pytest.raises(ValueError, match="arm needs network"):
            await line.transport.request(Call(OPERATIONS["arm"]))
        assert line.server.seen == []


class TestRetries:
    @pytest.mark.parametrize("trouble", [reply(status=500), reply(b"<html>", 503), reply(status=429), b"", b"HTTP/1.1"])
    async def test_reading_is_tried_again_after_trouble(self, line: Line, trouble: bytes) -> None:
        line.says(trouble, trouble, reply({"networks": []}))
        assert (await line.transport.request(HOMESCREEN)).body == {"networks": []}
        assert line.time.slept == list(RETRY_DELAYS[:2])

    async def test_an_answer_cut_off_by_the_line_is_tried_again(self, line: Line) -> None:
        line.says(reply(b'{"networks"', headers={"Content-Length": "500"}), reply({"networks": []}))
        assert (await line.transport.request(HOMESCREEN)).body == {"networks": []}

    async def test_retries_have_a_limit(self, line: Line) -> None:
        line.says(reply(status=502))
        with pytest.raises(ServerError):
            await line.transport.request(HOMESCREEN)
        assert len(line.server.seen) == 1 + len(RETRY_DELAYS)

    async def test_retry_after_is_honoured(self, line: Line) -> None:
        line.says(reply(status=429, headers={"Retry-After": "20"}), reply({}))
        await line.transport.request(HOMESCREEN)
        assert line.time.slept == [20.0]

    async def test_a_far_retry_after_is_left_to_the_caller(self, line: Line) -> None:
        line.says(reply(status=429, headers={"Retry-After": "600"}))
        with pytest.raises(Throttled) as raised:
            await line.transport.request(HOMESCREEN)
        assert (raised.value.retry_after, line.time.slept) == (600.0, [])

    @pytest.mark.parametrize("status", [400, 403, 404, 409, 426])
    async def test_a_decision_of_blink_is_not_questioned(self, line: Line, status: int) -> None:
        line.says(reply(status=status))
        with pytest.raises(BlinkError):
            await line.transport.request(HOMESCREEN)
        assert len(line.server.seen) == 1

    @pytest.mark.parametrize("trouble", [reply(status=500), b""])
    async def test_a_picture_is_not_taken_twice(self, line: Line, trouble: bytes) -> None:
        line.says(trouble)
        with pytest.raises((ServerError, BlinkUnreachable)):
            await line.transport.request(SNAP)
        assert len(line.server.seen) == 1

    async def test_a_picture_that_was_throttled_was_not_taken_and_is_asked_for_again(self, line: Line) -> None:
        line.says(reply(status=429), reply({"id": 5}))
        assert (await line.transport.request(SNAP)).body == {"id": 5}

    async def test_arming_may_be_said_twice(self, line: Line) -> None:
        line.says(b"", reply({"id": 5}))
        assert (await line.transport.request(ARM)).body == {"id": 5}

    async def test_the_caller_may_do_the_retrying(self, line: Line) -> None:
        line.says(reply(status=500))
        with pytest.raises(ServerError):
            await line.transport.request(HOMESCREEN, retry=False)
        assert line.time.slept == []

    async def test_a_server_that_is_not_there_is_unreachable_and_tried_again(self) -> None:
        async with Loopback(in_order(reply({}))) as server:
            line = Line(server)
        with pytest.raises(BlinkUnreachable, match="no connection"):
            await line.transport.request(SNAP)
        assert line.time.slept == list(RETRY_DELAYS)
        await line.transport.aclose()

    async def test_broken_compression_is_an_answer_that_makes_no_sense(self, line: Line) -> None:
        line.says(reply(b"not gzip", headers={"Content-Encoding": "gzip"}))
        with pytest.raises(BlinkResponseError, match="homescreen"):
            await line.transport.request(HOMESCREEN)


class TestWhereTheTokenGoes:
    @pytest.mark.parametrize(
        "address",
        [
            "https://evil.example/clip.mp4",
            "http://127.0.0.1:1/clip.mp4",
            "//evil.example/clip.mp4",
            "@evil.example/clip.mp4",
            ".evil.example/clip.mp4",
            "ftp://evil.example/",
            "media/clip.mp4",
            "https://[evil/",
            "\\\\evil.example\\clip.mp4",
        ],
    )
    async def test_an_address_out_of_a_body_does_not_take_it_elsewhere(
        self, line: Line, tmp_path: Path, address: str
    ) -> None:
        async with Loopback(in_order(reply(MP4))) as elsewhere:
            call = Call(OPERATIONS["video"], {"path": address.replace("http://127.0.0.1:1", elsewhere.url)})
            with pytest.raises(UnsafeHost):
                await line.transport.download(call, tmp_path / "clip.mp4")
            assert elsewhere.seen == []
            assert line.server.seen == []

    async def test_an_absolute_address_on_the_own_host_is_fine(self, line: Line) -> None:
        line.says(reply(b"\xff\xd8picture"))
        call = Call(OPERATIONS["thumbnail"], {"path": f"{line.server.url}/a.jpg"})
        assert await line.transport.fetch(call) == b"\xff\xd8picture"

    @pytest.mark.parametrize("status", [301, 302, 307, 308])
    async def test_a_redirect_is_not_followed(self, line: Line, status: int) -> None:
        async with Loopback(in_order(reply({}))) as elsewhere:
            line.says(reply(b"", status, {"Location": f"{elsewhere.url}/"}))
            with pytest.raises(BlinkResponseError, match="points elsewhere"):
                await line.transport.request(HOMESCREEN)
            assert elsewhere.seen == []


class TestDownloads:
    async def test_a_clip_arrives_byte_for_byte(self, line: Line, tmp_path: Path) -> None:
        line.says(reply(MP4))
        assert await line.transport.download(VIDEO, tmp_path / "clip.mp4") == len(MP4)
        assert (tmp_path / "clip.mp4").read_bytes() == MP4
        assert names_in(tmp_path) == ["clip.mp4"]

    async def test_a_clip_without_an_announced_length_arrives_too(self, line: Line, tmp_path: Path) -> None:
        line.says(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + MP4)
        assert await line.transport.download(VIDEO, tmp_path / "clip.mp4") == len(MP4)

    async def test_a_clip_that_was_packed_on_the_way_arrives_unpacked(self, line: Line, tmp_path: Path) -> None:
        line.says(reply(gzip.compress(MP4), headers={"Content-Encoding": "gzip"}))
        assert await line.transport.download(VIDEO, tmp_path / "clip.mp4") == len(MP4)
        assert (tmp_path / "clip.mp4").read_bytes() == MP4

    async def test_only_the_owner_may_read_it(self, line: Line, tmp_path: Path) -> None:
        line.says(reply(MP4))
        await line.transport.download(VIDEO, tmp_path / "clip.mp4")
        assert (tmp_path / "clip.mp4").stat().st_mode & 0o077 == 0

    @pytest.mark.parametrize(
        ("answer", "error"),
        [
            (reply(b"<html>Sorry</html>"), BlinkResponseError),
            (reply(b"\0\0\0\x18mdatisom" + bytes(500)), BlinkResponseError),
            (reply(b""), BlinkResponseError),
            (reply(b"\0\0\0\x18fty"), BlinkResponseError),
            (reply(MP4[:20]), CutShort),
            (reply(MP4[:24]), CutShort),
            (reply(MP4[: len(MP4) * 6 // 10]), CutShort),
            (reply({"message": "Media not found", "code": 700}), NotFound),
            (reply({"message": "An app update is required"}), AppUpdateRequired),
            (reply(status=404), NotFound),
            (reply(MP4, 206), BlinkResponseError),
            (reply(MP4, 403), Throttled),
            (reply(MP4, 302, {"Location": "https://evil.example/"}), BlinkResponseError),
        ],
    )
    async def test_what_is_no_clip_leaves_nothing_behind(
        self, line: Line, tmp_path: Path, answer: bytes, error: type[BlinkError]
    ) -> None:
        line.says(answer)
        with pytest.raises(BlinkError) as raised:
            await line.transport.download(VIDEO, tmp_path / "clip.mp4")
        assert type(raised.value) is error
        assert names_in(tmp_path) == []

    async def test_a_clip_cut_short_is_fetched_again(self, line: Line, tmp_path: Path) -> None:
        cut = reply(MP4)[:-1000]
        line.says(cut, cut, reply(MP4))
        assert await line.transport.download(VIDEO, tmp_path / "clip.mp4") == len(MP4)
        assert names_in(tmp_path) == ["clip.mp4"]

    async def test_a_clip_that_stays_cut_leaves_nothing_behind(self, line: Line, tmp_path: Path) -> None:
        line.says(reply(MP4)[:-1000])
        with pytest.raises(BlinkUnreachable):
            await line.transport.download(VIDEO, tmp_path / "clip.mp4")
        assert names_in(tmp_path) == []

    async def test_an_older_file_stays_until_the_new_one_is_whole(self, line: Line, tmp_path: Path) -> None:
        (tmp_path / "clip.mp4").write_bytes(b"older")
        line.says(reply(b"<html>"))
        with pytest.raises(BlinkResponseError):
            await line.transport.download(VIDEO, tmp_path / "clip.mp4")
        assert (tmp_path / "clip.mp4").read_bytes() == b"older"

    async def test_a_folder_that_is_not_there_is_the_callers_affair(self, line: Line, tmp_path: Path) -> None:
        line.says(reply(MP4))
        with pytest.raises(FileNotFoundError):
            await line.transport.download(VIDEO, tmp_path / "gone" / "clip.mp4")

    async def test_a_cancelled_download_leaves_nothing_behind(self, tmp_path: Path) -> None:
        async with HalfSent() as server:
            line = Line(server)
            download = asyncio.create_task(line.transport.download(VIDEO, tmp_path / "clip.mp4"))
            await server.half_sent.wait()
            download.cancel()
            with pytest.raises(asyncio.CancelledError):
                await download
            assert names_in(tmp_path) == []
            await line.transport.aclose()


class HalfSent(Loopback):
    """Sends half a clip, and then nothing until the client goes away."""

    def __init__(self) -> None:
        super().__init__(self.half)
        self.half_sent = asyncio.Event()

    async def half(self, seen: Seen) -> bytes:
        """Announce more than is sent; `_serve` is told to wait."""
        return reply(MP4)[: len(MP4) // 2]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(await self.half(Seen("GET", "/", {}, b"")))
            await writer.drain()
            self.half_sent.set()
            await reader.read()
        finally:
            writer.close()
