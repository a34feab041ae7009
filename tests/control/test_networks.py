"""Arming, disarming, sirens and schedules of a simulated home."""

import pytest

from blinkbot.domain import Outcome, SignInState
from blinkbot.errors import BlinkRefused, BlinkResponseError, DataFolderError, NotFound
from tests.watched_home import OWNER, WatchedHome


def network_id(house: WatchedHome, name: str) -> int:
    return house.cloud.home.network(name).id


async def disk_full(*_: object, **__: object) -> None:
    raise DataFolderError("database or disk is full")


async def test_arming_is_done_when_blink_says_so_and_makes_the_watch_hurry(house: WatchedHome) -> None:
    result = await house.control(OWNER).networks.arm(network_id(house, "Cabin"))
    assert result.done
    assert house.cloud.home.network("Cabin").armed
    assert house.armed_calls == 1


async def test_after_a_command_the_home_as_last_seen_is_fresh(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.home()
    await control.networks.disarm(network_id(house, "Home"))
    seen = (await control.home()).network(network_id(house, "Home"))
    assert seen is not None
    assert not seen.armed


async def test_a_refused_command_tells_why(house: WatchedHome) -> None:
    house.cloud.refuse_command("Home", code=909, message="Sync module is offline")
    result = await house.control(OWNER).networks.disarm(network_id(house, "Home"))
    assert (result.outcome, result.message) == (Outcome.REFUSED, "Sync module is offline")


async def test_a_command_without_an_end_is_unknown(house: WatchedHome) -> None:
    house.cloud.stall_commands()
    result = await house.control(OWNER).networks.disarm(network_id(house, "Home"))
    assert result.outcome is Outcome.UNKNOWN


async def test_an_unknown_end_is_cleared_up_by_the_home(house: WatchedHome) -> None:
    house.cloud.stall_commands()
    house.cloud.disarm("Home")
    result = await house.control(OWNER).networks.disarm(network_id(house, "Home"))
    assert result.outcome is Outcome.DONE


async def test_a_command_whose_answer_was_lost_is_done_where_the_home_says_so(house: WatchedHome) -> None:
    house.cloud.disarm("Home")
    house.cloud.fail("POST */state/disarm", times=10, status=200, body="<html>oops</html>", content_type="text/html")
    result = await house.control(OWNER).networks.disarm(network_id(house, "Home"))
    assert result.outcome is Outcome.DONE


async def test_a_command_whose_answer_was_lost_failed_where_the_home_says_so(house: WatchedHome) -> None:
    house.cloud.fail("POST */state/disarm", times=10, status=200, body="<html>oops</html>", content_type="text/html")
    with pytest.raises(BlinkResponseError):
        await house.control(OWNER).networks.disarm(network_id(house, "Home"))


async def test_a_command_into_an_outage_is_unknown_and_not_denied(house: WatchedHome) -> None:
    house.cloud.fail("*", times=100, status=503)
    result = await house.control(OWNER).networks.disarm(network_id(house, "Home"))
    assert result.outcome is Outcome.UNKNOWN


async def test_a_command_that_blink_carried_out_is_done_also_on_a_full_disk(
    house: WatchedHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = house.control(OWNER)
    await control.home()
    monkeypatch.setattr(house.store.home, "save", disk_full)
    result = await control.networks.disarm(network_id(house, "Home"))
    assert result.done
    seen = (await control.home()).network(network_id(house, "Home"))
    assert seen is not None
    assert not seen.armed


async def test_schedules_come_with_their_networks_and_a_usable_zone(house: WatchedHome) -> None:
    house.cloud.home.network("Cabin").time_zone = "Europe/New York"
    found = {each.network.name: each for each in await house.control(OWNER).networks.schedules()}
    assert [schedule.name for schedule in found["Home"].schedules] == ["Nights", "Week-ends & holidays"]
    assert str(found["Home"].zone) == "America/Chicago"
    assert str(found["Cabin"].zone) == "Europe/Berlin"


async def test_a_session_that_ends_after_a_command_was_accepted_denies_nothing(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.home()
    house.cloud.stall_commands()
    house.cloud.fail("*/command/", times=1, status=401, body='{"message": "Unauthorized Access", "code": 101}')
    house.cloud.revoke_refresh()
    result = await control.networks.disarm(network_id(house, "Home"))
    assert result.outcome is Outcome.UNKNOWN
    assert control.sign_in.state is SignInState.SIGNED_OUT
    assert house.heard.said[-1] == "sign in: SessionEnded"


async def test_one_network_whose_schedules_cannot_be_read_hides_no_other(house: WatchedHome) -> None:
    cabin = network_id(house, "Cabin")
    house.cloud.fail(f"GET */networks/{cabin}/programs", times=10, status=500)
    found = {each.network.name: each for each in await house.control(OWNER).networks.schedules()}
    assert len(found["Home"].schedules) == 2
    assert found["Cabin"].error


async def test_schedules_that_cannot_be_read_at_all_are_an_error(house: WatchedHome) -> None:
    house.cloud.fail("GET */programs", times=100, status=500)
    with pytest.raises(BlinkRefused):
        await house.control(OWNER).networks.schedules()


async def test_a_schedule_of_a_network_that_is_not_ours_is_not_touched(house: WatchedHome) -> None:
    with pytest.raises(NotFound):
        await house.control(OWNER).networks.switch_schedule(99_999, 31, on=True)
    assert house.cloud.count("POST */programs/") == 0


async def test_a_siren_sounds_and_falls_silent(house: WatchedHome) -> None:
    control = house.control(OWNER)
    assert (await control.networks.sound_siren(network_id(house, "Home"), 30)).done
    (siren,) = house.cloud.home.sirens
    assert siren.sounding_until is not None
    assert (await control.networks.silence_sirens(network_id(house, "Home"))).done
    assert siren.sounding_until is None


async def test_a_network_without_a_siren_is_not_asked(house: WatchedHome) -> None:
    control = house.control(OWNER)
    with pytest.raises(NotFound):
        await control.networks.sound_siren(network_id(house, "Cabin"), 30)
    with pytest.raises(NotFound):
        await control.networks.silence_sirens(network_id(house, "Cabin"))
    assert house.cloud.count("/sirens/") == 0


async def test_a_siren_is_known_after_a_restart(house: WatchedHome) -> None:
    await house.control(OWNER).home()
    remembered = await house.store.home.load()
    assert remembered is not None
    assert remembered.siren_networks == {network_id(house, "Home")}
