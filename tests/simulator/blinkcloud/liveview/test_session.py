"""Live view over TLS, from the first call to the last (protocol §9)."""

import io
from typing import Any

import av
import pytest

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.simulator.blinkcloud.app import App
from tests.simulator.blinkcloud.viewer import LATENCY, Viewer, authentication, keep_alive

HOME = 512_301
WANTED = {"intent": "liveview", "motion_event_start_time": None}
PORCH = f"/api/v6/accounts/4310077/networks/{HOME}/cameras/301/liveview"
SERIAL = "G8T10000SIM00301"


async def start(app: App, path: str = PORCH) -> dict[str, Any]:
    answer = await app.post(path, WANTED)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def join(answer: dict[str, Any]) -> Viewer:
    viewer = await Viewer.connect(answer["server"])
    await viewer.send(authentication(answer["server"], SERIAL))
    return viewer


async def test_the_stream_is_a_film(app: App) -> None:
    viewer = await join(await start(app))
    video = await viewer.watch(1)
    viewer.leave()
    assert video[0] == 0x47
    assert len(video) % 188 == 0
    with av.open(io.BytesIO(video), "r", format="mpegts") as film:
        assert film.streams.video[0].codec_context.name == "h264"
        assert len(list(film.decode(video=0))) >= 15


async def test_frames_may_come_in_pieces(cloud: BlinkCloud, app: App) -> None:
    cloud.live.split = True
    viewer = await join(await start(app))
    assert (await viewer.watch(1))[0] == 0x47
    viewer.leave()


@pytest.mark.parametrize(
    "path",
    [
        f"/api/v5/accounts/4310077/networks/{HOME}/cameras/301/liveview",
        f"/api/v2/accounts/4310077/networks/{HOME}/owls/304/liveview",
        f"/api/v2/accounts/4310077/networks/{HOME}/doorbells/303/liveview",
    ],
)
async def test_every_family_has_one(app: App, path: str) -> None:
    assert (await start(app, path))["server"].startswith("immis://127.0.0.1:")


async def test_a_mini_may_go_on_longer_without_asking(app: App) -> None:
    mini = await start(app, f"/api/v2/accounts/4310077/networks/{HOME}/owls/304/liveview")
    assert mini["continue_interval"] == 60


async def test_the_command_runs_while_somebody_watches_and_ends_when_they_leave(app: App) -> None:
    answer = await start(app)
    viewer = await join(answer)
    await viewer.watch(1)
    running = await app.body(f"/network/{HOME}/command/{answer['command_id']}")
    assert (running["complete"], running["commands"][0]["state_condition"]) == (False, "running")
    viewer.leave()
    status = await app.finished(HOME, answer["command_id"])
    assert (status["status"], status["commands"][0]["state_condition"]) == (0, "done")
    assert status["commands"][0]["debug"].endswith(",LV907")


async def test_done_ends_the_stream(app: App) -> None:
    answer = await start(app)
    viewer = await join(answer)
    await viewer.watch(1)
    await app.post(f"/network/{HOME}/command/{answer['command_id']}/done/")
    with pytest.raises((EOFError, ConnectionError)):
        await viewer.watch(100)
    viewer.leave()


async def test_the_module_is_busy_while_somebody_watches(app: App) -> None:
    await start(app)
    assert (await app.post(f"/network/{HOME}/camera/302/thumbnail")).status_code == 409


async def test_what_the_viewer_says_is_noted(cloud: BlinkCloud, app: App) -> None:
    viewer = await join(await start(app))
    move = bytes.fromhex("140000000300000008") + bytes((0, 0, 0, 0, 5, 0xFB, 0, 0))
    await viewer.send(keep_alive(1) + LATENCY + LATENCY + move)
    await viewer.watch(1)
    [session] = cloud.live.sessions
    assert (session.sent(0x0A), session.sent(0x12), session.sent(0x14)) == (1, 2, 1)
    viewer.leave()


async def test_nonsense_from_the_viewer_ends_it(cloud: BlinkCloud, app: App) -> None:
    answer = await start(app)
    viewer = await join(answer)
    await viewer.send(bytes.fromhex("630000000000000000"))
    await app.finished(HOME, answer["command_id"])
    assert cloud.live.sessions[0].refused == "a frame of type 0x63"
    viewer.leave()


async def test_a_viewer_who_never_keeps_it_alive_is_dropped(cloud: BlinkCloud, app: App) -> None:
    cloud.live.timeout = 0.3
    answer = await start(app)
    viewer = await join(answer)
    await viewer.send(LATENCY)
    await app.finished(HOME, answer["command_id"])
    assert cloud.live.sessions[0].refused == "no keep-alive"
    viewer.leave()


async def test_a_view_that_nobody_joins_fails(cloud: BlinkCloud, app: App) -> None:
    cloud.live.timeout = 0.05
    status = await app.finished(HOME, (await start(app))["command_id"])
    assert (status["complete"], status["status"], status["status_code"]) == (True, 1, 523)


async def test_a_view_can_be_refused(cloud: BlinkCloud, app: App) -> None:
    cloud.refuse_command("Home", "lv_relay")
    status = await app.finished(HOME, (await start(app))["command_id"])
    assert (status["status_code"], status["status_msg"]) == (523, "Live view failed")


@pytest.mark.parametrize(
    ("place", "byte", "complaint"),
    [
        (3, 0x29, "wrong magic"),
        (7, 17, "wrong serial length"),
        (10, 0x30, "another camera's serial"),
        (27, 9, "wrong client id"),
        (29, 9, "wrong version"),
        (33, 63, "wrong token length"),
        (40, 1, "wrong token"),
        (101, 15, "wrong connection length"),
        (105, 0x7A, "no such connection"),
        (121, 2, "wrong trailer"),
    ],
)
async def test_a_wrong_byte_in_the_authentication_is_turned_away(
    cloud: BlinkCloud, app: App, place: int, byte: int, complaint: str
) -> None:
    server = (await start(app))["server"]
    packet = bytearray(authentication(server, SERIAL))
    packet[place] = byte
    viewer = await Viewer.connect(server)
    await viewer.send(bytes(packet))
    assert await viewer.is_turned_away()
    viewer.leave()
    assert cloud.live.refusals == [complaint]


async def test_the_token_may_be_sent_in_place_of_zeros(app: App) -> None:
    answer = await start(app)
    viewer = await Viewer.connect(answer["server"])
    await viewer.send(authentication(answer["server"], SERIAL, answer["liveview_token"].encode()))
    assert (await viewer.watch(1))[0] == 0x47
    viewer.leave()


async def test_a_second_viewer_is_turned_away(cloud: BlinkCloud, app: App) -> None:
    answer = await start(app)
    first = await join(answer)
    await first.watch(1)
    second = await join(answer)
    assert await second.is_turned_away()
    assert cloud.live.refusals == ["this session has a viewer already"]
    first.leave()
    second.leave()


async def test_a_network_can_keep_what_was_watched(cloud: BlinkCloud, app: App) -> None:
    cloud.home.network("Home").lv_save = True
    answer = await start(app)
    viewer = await join(answer)
    await viewer.watch(1)
    viewer.leave()
    await app.finished(HOME, answer["command_id"])
    assert [entry["source"] for entry in await app.media()] == ["liveview"]


async def test_the_older_answer_is_an_rtsp_address(cloud: BlinkCloud, app: App) -> None:
    cloud.live.older = True
    answer = await start(app)
    assert answer["server"].startswith("rtsps://")
    assert "polling_interval" not in answer


async def test_the_polling_interval_may_be_missing(cloud: BlinkCloud, app: App) -> None:
    cloud.live.polling_interval = None
    assert "polling_interval" not in await start(app)


async def test_the_intent_must_be_told(app: App) -> None:
    assert (await app.post(PORCH, {})).status_code == 400
