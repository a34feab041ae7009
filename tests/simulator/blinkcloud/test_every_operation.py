"""The simulated cloud serves every operation that there is, for every camera family that has it."""

import pytest

from blinkbot.blink.protocol.operation import WHOLE_PATH, Argument, ArgumentKind
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.domain import Family
from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.simulator.blinkcloud.app import App

CAMERAS = {Family.CAMERA: 301, Family.MINI: 304, Family.DOORBELL: 303, None: 301}
NUMBERS = {"network": 512_301, "sync_module": 730_118, "program": 88_123, "siren": 61_004}
TEXTS = {"manifest": "8978", "clip": "1", "since": "2026-01-01T00:00:00+0000", "state": "on"}

EVERY = [
    (name, family)
    for name, operation in OPERATIONS.items()
    for family, route in operation.routes.items()
    if route.path != WHOLE_PATH
]


def some_value(argument: Argument, family: Family | None) -> object:
    """A value that fits the argument."""
    if argument.name == "camera":
        return CAMERAS[family]
    if argument.choices:
        return argument.choices[0]
    some = {
        ArgumentKind.INTEGER: 1,
        ArgumentKind.TEXT: "x",
        ArgumentKind.FLAG: True,
        ArgumentKind.INTEGERS: [1],
        ArgumentKind.JSON: [],
        ArgumentKind.PATH: "/",
    }
    return {**NUMBERS, **TEXTS}.get(argument.name, some[argument.kind])


@pytest.mark.parametrize(("name", "family"), EVERY, ids=[f"{name} {family or ''}".strip() for name, family in EVERY])
async def test_it_knows_the_address(cloud: BlinkCloud, app: App, name: str, family: Family | None) -> None:
    operation = OPERATIONS[name]
    values = {argument.name: some_value(argument, family) for argument in operation.arguments(family)}
    prepared = operation.prepare({**values, "account": cloud.account_id, "client": 1}, family)
    await app.http.request(prepared.method, prepared.path, json=prepared.body)
    assert cloud.unknown_requests == []
