"""What a chat may choose and mute, over the real store and the simulated cloud."""

from datetime import timedelta

import pytest

from blinkbot.domain.preferences import EVERYTHING, ChatAlerts, Mute, Scope, Target
from blinkbot.errors import NotAllowed
from tests.watched_home import OWNER, WatchedHome

OTHER = 1002
PORCH = 301
HOUR = timedelta(hours=1)
PORCH_ONLY = Target(Scope.CAMERA, PORCH)


async def test_a_choice_is_the_chats_own(house: WatchedHome) -> None:
    await house.store.chats.authorize([OWNER, OTHER])
    quiet = ChatAlerts(loud=False, hidden_cameras=frozenset({PORCH}))
    await house.control(OWNER).preferences.choose_alerts(quiet)
    assert await house.control(OWNER).preferences.alerts() == quiet
    assert await house.control(OTHER).preferences.alerts() == ChatAlerts()


async def test_a_mute_is_the_chats_own(house: WatchedHome) -> None:
    await house.store.chats.authorize([OWNER, OTHER])
    now = house.clock()
    await house.control(OWNER).preferences.mute(PORCH_ONLY, now + HOUR)
    assert list(await house.control(OWNER).preferences.mutes()) == [Mute(PORCH_ONLY, now, now + HOUR)]
    assert not await house.control(OTHER).preferences.mutes()


async def test_a_mute_that_goes_on_still_covers_what_happened_since_its_beginning(house: WatchedHome) -> None:
    control, begun = house.control(OWNER), house.clock()
    await control.preferences.mute(PORCH_ONLY, begun + HOUR)
    house.clock.forward(600)
    await control.preferences.mute(PORCH_ONLY, begun + 3 * HOUR)
    assert list(await control.preferences.mutes()) == [Mute(PORCH_ONLY, begun, begun + 3 * HOUR)]


async def test_unmute_tells_what_it_ended(house: WatchedHome) -> None:
    control, now = house.control(OWNER), house.clock()
    await control.preferences.mute(PORCH_ONLY, now + HOUR)
    await control.preferences.mute(EVERYTHING, now + 2 * HOUR)
    assert [mute.target for mute in await control.preferences.unmute(EVERYTHING)] == [EVERYTHING]
    assert [mute.target for mute in await control.preferences.unmute(None)] == [PORCH_ONLY]
    assert not await control.preferences.mutes()


async def test_a_chat_that_lost_its_rights_may_do_none_of_it(house: WatchedHome) -> None:
    control, now = house.control(OWNER), house.clock()
    await house.store.chats.authorize([OTHER])
    for ask in (
        lambda: control.preferences.alerts(),
        lambda: control.preferences.choose_alerts(ChatAlerts(loud=False)),
        lambda: control.preferences.mutes(),
        lambda: control.preferences.mute(EVERYTHING, now + HOUR),
        lambda: control.preferences.unmute(None),
        lambda: control.cameras.snooze(EVERYTHING, 60),
    ):
        with pytest.raises(NotAllowed):
            await ask()
    assert not await house.store.preferences.for_chat(OWNER).mutes()
    assert house.cloud.count("/snooze") == 0
