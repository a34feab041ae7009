"""The account's lists: one odd entry holds up none of the others."""

from typing import Any

import pytest

from blinkbot.blink.wire import account, devices
from blinkbot.errors import BlinkResponseError
from tests.blink.aside import anything_aside

ODD: list[Any] = [None, "x", 7, [], {}, {"id": 0}, {"id": "x", "network_id": 1}]


@pytest.mark.parametrize("odd", ODD)
class TestOneHoldsUpNoOther:
    def test_clients(self, odd: object) -> None:
        good = {"id": 1, "client_type": "ios"}
        assert [client.id for client in account.clients({"clients": [odd, good, odd]}, anything_aside)] == [1]

    def test_networks(self, odd: object) -> None:
        good = {"id": 1, "name": "Home", "armed": True}
        assert [network.id for network in devices.networks({"networks": [odd, good, odd]}, anything_aside)] == [1]

    def test_sirens(self, odd: object) -> None:
        good = {"id": 1, "network_id": 2, "name": "Hall"}
        for body in ([odd, good, odd], {"sirens": [odd, good, odd]}):
            assert [siren.id for siren in devices.sirens(body, anything_aside)] == [1]

    def test_usage(self, odd: object) -> None:
        good = {"network_id": 1, "cameras": [odd, {"id": 3, "name": "Porch"}, odd]}
        assert [
            camera.camera_id for camera in devices.usage({"networks": [odd, good, odd]}, anything_aside).cameras
        ] == [3]


@pytest.mark.parametrize("odd", [None, "x", 7, []])
def test_an_odd_plan_or_region_holds_up_no_other(odd: object) -> None:
    assert [plan.name for plan in account.plans({"subscriptions": [odd, {"name": "Plus"}, odd]}, anything_aside)] == [
        "Plus"
    ]
    regions = {"a": odd, "b": {"friendly_name": "Here", "dns": "e001"}}
    assert [region.label for region in account.regions({"regions": regions})] == ["Here"]


@pytest.mark.parametrize("odd", [None, "maybe", 7, [], {}])
def test_an_odd_flag_holds_up_no_other(odd: object) -> None:
    assert account.notifications({"notifications": {"motion": True, "odd": odd, "wifi": False}}) == {
        "motion": True,
        "wifi": False,
    }


@pytest.mark.parametrize("body", [{}, {"clients": "none"}, {"clients": {}}, None])
def test_a_list_that_is_none_is_an_error(body: object) -> None:
    with pytest.raises(BlinkResponseError):
        account.clients(body, anything_aside)


def test_how_long_clips_are_kept() -> None:
    found = account.media_settings({"ttl_period": "30", "ttl_period_options": [3, "x", None, 30]})
    assert (found.days, found.offered) == (30, (3, 30))
