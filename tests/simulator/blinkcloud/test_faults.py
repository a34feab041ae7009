"""What can be made to go wrong, and what is remembered of every request."""

import asyncio

import httpx
import pytest

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.simulator.blinkcloud.app import App


async def test_the_next_few_requests_fail_and_then_no_more(cloud: BlinkCloud, app: App) -> None:
    cloud.fail("/user", times=2, status=503, headers={"Retry-After": "7"})
    answers = [await app.get("/user") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert answers[0].headers["retry-after"] == "7"


async def test_a_fault_meets_only_what_matches(cloud: BlinkCloud, app: App) -> None:
    cloud.fail("POST /network/*/thumbnail")
    assert (await app.get("/user")).status_code == 200
    assert (await app.post("/network/512301/camera/301/thumbnail")).status_code == 500


async def test_a_page_can_come_where_json_should_be(cloud: BlinkCloud, app: App) -> None:
    cloud.fail("homescreen", status=200, body="<html>Sorry</html>", content_type="text/html")
    answer = await app.get(f"/api/v3/accounts/{cloud.account_id}/homescreen")
    assert (answer.status_code, answer.text) == (200, "<html>Sorry</html>")


async def test_an_answer_can_be_empty(cloud: BlinkCloud, app: App) -> None:
    cloud.fail("homescreen", status=200, body="")
    assert (await app.get(f"/api/v3/accounts/{cloud.account_id}/homescreen")).content == b""


async def test_the_line_can_drop_in_the_middle(cloud: BlinkCloud, app: App) -> None:
    cloud.cut_short("homescreen", keep=10)
    with pytest.raises(httpx.RemoteProtocolError):
        await app.homescreen()
    assert (await app.homescreen())["networks"]


async def test_an_answer_can_be_slow(cloud: BlinkCloud, app: App) -> None:
    cloud.slow("/user", 30)
    with pytest.raises(httpx.ReadTimeout):
        await app.http.get("/user", timeout=0.05)
    cloud.heal()
    assert (await app.get("/user")).status_code == 200


async def test_a_request_can_be_slow_and_then_fail(cloud: BlinkCloud, app: App) -> None:
    cloud.slow("/user", 0.01)
    cloud.fail("/user", status=502)
    assert (await app.get("/user")).status_code == 502


async def test_requests_are_remembered_with_status_and_query_but_no_bodies(cloud: BlinkCloud, app: App) -> None:
    await app.media(since="2026-01-01T00:00:00Z")
    last = cloud.requests[-1]
    assert (last.method, last.status) == ("GET", 200)
    assert last.path.endswith("/media/changed")
    assert "since=" in last.query


async def test_requests_are_counted(cloud: BlinkCloud, app: App) -> None:
    await app.media()
    await app.media()
    await app.homescreen()
    assert (cloud.count("media/changed"), cloud.count("GET /api/*/homescreen"), cloud.count("POST /api")) == (2, 1, 0)


async def test_a_request_can_be_waited_for(cloud: BlinkCloud, app: App) -> None:
    seen = len(cloud.requests)
    waiting = asyncio.create_task(cloud.wait_for_request("/user", after=seen, times=2))
    await app.get("/user")
    assert not waiting.done()
    await app.get("/user")
    assert (await waiting).path == "/user"


async def test_what_happened_before_does_not_count_when_waiting(cloud: BlinkCloud, app: App) -> None:
    await app.get("/user")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(cloud.wait_for_request("/user", after=len(cloud.requests)), 0.02)


async def test_an_unknown_path_is_remembered(cloud: BlinkCloud, app: App) -> None:
    answer = await app.get("/api/v9/everything")
    assert (answer.status_code, answer.json()) == (404, {"message": "Not found", "code": 404})
    assert cloud.unknown_requests == ["GET /api/v9/everything"]


async def test_a_missing_slash_or_the_wrong_method_is_unknown_too(cloud: BlinkCloud, app: App) -> None:
    await app.get("/api/v1/networks/512301/sirens")
    await app.post("/user")
    assert cloud.unknown_requests == ["GET /api/v1/networks/512301/sirens", "POST /user"]


async def test_a_taken_port_is_an_error(cloud: BlinkCloud) -> None:
    other = BlinkCloud()
    with pytest.raises(OSError, match="in use"):
        await other.start(int(cloud.url.rpartition(":")[2]))
    await other.stop()


async def test_the_simulators_own_errors_are_not_hidden() -> None:
    broken = BlinkCloud()
    await broken.start()
    app = App(broken)
    await app.sign_in()
    del broken.world.home.networks
    assert (await app.get(f"/api/v3/accounts/{broken.account_id}/homescreen")).status_code == 500
    await app.close()
    with pytest.raises(ExceptionGroup, match="broke down"):
        await broken.stop()


async def test_an_error_inside_a_command_is_not_hidden_either() -> None:
    broken = BlinkCloud(command_seconds=0)
    await broken.start()

    async def fail() -> None:
        raise RuntimeError("a bug")

    command = broken.world.commands.start("thumbnail", 512_301, effect=fail)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(command.finished.wait(), 0.05)
    with pytest.raises(ExceptionGroup, match="broke down"):
        await broken.stop()
