"""What a chat may ask of the home."""

from collections.abc import Awaitable, Callable

import pytest

from blinkbot.domain import SignInState
from blinkbot.domain.preferences import EVERYTHING
from blinkbot.errors import (
    NotAllowed,
    NotFound,
    NotSignedIn,
    SessionEnded,
)
from blinkbot.ports import ChatControl
from tests.bot.house import clip
from tests.watched_home import OWNER, WatchedHome

PORCH = 301


def network_id(house: WatchedHome, name: str) -> int:
    return house.cloud.home.network(name).id


async def test_a_stranger_gets_no_control(house: WatchedHome) -> None:
    with pytest.raises(NotAllowed):
        house.control(6666)


async def test_a_chat_that_lost_its_rights_loses_them_at_once(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await house.store.chats.authorize([4711])
    with pytest.raises(NotAllowed):
        await control.networks.arm(network_id(house, "Home"))
    with pytest.raises(NotAllowed):
        await control.sign_in.enter_pin("123456")
    assert house.cloud.count("/state/") == 0


async def test_a_clip_nobody_knows_is_not_found(house: WatchedHome) -> None:
    with pytest.raises(NotFound):
        await house.control(OWNER).clips.get("cloud:4711")


async def test_status_asks_blink_once_for_two_taps(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.overview()
    await control.overview()
    assert house.cloud.count("homescreen") == 1


async def test_status_comes_from_memory_while_blink_is_down(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.overview()
    house.cloud.fail("*", times=100, status=503)
    house.clock.forward(60)
    overview = await control.overview()
    assert len(overview.home.cameras) == len(house.cloud.home.cameras)


async def test_a_session_that_ends_during_a_command_is_told(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.home()
    house.cloud.revoke_refresh()
    house.cloud.expire_tokens()
    with pytest.raises(NotSignedIn):
        await control.networks.arm(network_id(house, "Home"))
    assert control.sign_in.state is SignInState.SIGNED_OUT
    assert house.heard.said[-1] == "sign in: SessionEnded"
    with pytest.raises(NotSignedIn):
        await control.cameras.take_picture(PORCH)
    assert house.cloud.sign_ins == 1


DEMANDS: list[Callable[[ChatControl], Awaitable[object]]] = [
    lambda control: control.cameras.record_live(PORCH, 1),
    lambda control: control.cameras.switch_light(PORCH, on=True),
    lambda control: control.networks.sound_siren(1, 30),
    lambda control: control.networks.silence_sirens(1),
]


FURTHER: list[Callable[[ChatControl], Awaitable[object]]] = [
    lambda control: control.networks.arm(1),
    lambda control: control.networks.disarm(1),
    lambda control: control.networks.schedules(),
    lambda control: control.networks.switch_schedule(1, 31, on=True),
    lambda control: control.cameras.take_picture(PORCH),
    lambda control: control.cameras.snooze(EVERYTHING, 60),
    lambda control: control.recordings.fetch(clip()),
    lambda control: control.recordings.thumbnail(clip()),
    lambda control: control.recordings.delete([clip()]),
]


@pytest.mark.parametrize("demand", [*DEMANDS, *FURTHER])
async def test_a_chat_that_lost_its_rights_asks_nothing_of_blink(
    house: WatchedHome, demand: Callable[[ChatControl], Awaitable[object]]
) -> None:
    control = house.control(OWNER)
    await house.store.chats.authorize([4711])
    before = len(house.cloud.requests)
    with pytest.raises(NotAllowed):
        await demand(control)
    assert len(house.cloud.requests) == before


@pytest.mark.parametrize("demand", [*DEMANDS, *FURTHER])
async def test_without_a_session_nothing_is_asked(
    house: WatchedHome, demand: Callable[[ChatControl], Awaitable[object]]
) -> None:
    await house.sign_in_service.lost(SessionEnded("it ended"))
    with pytest.raises(NotSignedIn):
        await demand(house.control(OWNER))


@pytest.mark.parametrize("demand", DEMANDS)
async def test_what_has_left_the_home_is_not_found(
    house: WatchedHome, demand: Callable[[ChatControl], Awaitable[object]]
) -> None:
    control = house.control(OWNER)
    house.cloud.home.cameras.clear()
    house.cloud.home.sirens.clear()
    with pytest.raises(NotFound):
        await demand(control)
