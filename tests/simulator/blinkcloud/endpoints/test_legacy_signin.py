"""The older way to sign in (protocol §3)."""

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.simulator.blinkcloud.app import App


async def login(app: App, **changes: str) -> dict[str, object]:
    body = {"email": app.cloud.email, "password": app.cloud.password, "unique_id": app.hardware_id, **changes}
    answer = await app.post("/api/v5/account/login", body)
    found: dict[str, object] = answer.json()
    if answer.status_code == 200:
        app.http.headers["TOKEN_AUTH"] = answer.json()["auth"]["token"]
    return found


def client_path(app: App) -> str:
    return f"/api/v4/account/{app.cloud.account_id}/client/{app.cloud.world.tokens.clients[0].id}"


async def test_the_token_in_its_header_opens_the_home(visitor: App) -> None:
    await login(visitor)
    assert (await visitor.homescreen())["networks"]


async def test_wrong_credentials_are_code_200(visitor: App) -> None:
    assert await login(visitor, password="wrong") == {"message": "Invalid credentials", "code": 200}


async def test_until_the_pin_is_entered_the_token_opens_nothing_else(cloud: BlinkCloud, visitor: App) -> None:
    cloud.require_pin()
    account = (await login(visitor))["account"]
    assert isinstance(account, dict)
    assert account["client_verification_required"] is True
    assert (await visitor.get("/user")).status_code == 401
    verified = await visitor.post(client_path(visitor) + "/pin/verify", {"pin": cloud.pin})
    assert (verified.json()["valid"], verified.json()["code"]) == (True, 1626)
    assert (await visitor.get("/user")).status_code == 200


async def test_a_wrong_pin_is_1621(cloud: BlinkCloud, visitor: App) -> None:
    cloud.require_pin()
    await login(visitor)
    answer = await visitor.post(client_path(visitor) + "/pin/verify", {"pin": "12"})
    assert (answer.json()["valid"], answer.json()["code"]) == (False, 1621)


async def test_another_pin_is_sent_only_after_the_pause(cloud: BlinkCloud, visitor: App) -> None:
    cloud.require_pin()
    await login(visitor)
    early = await visitor.post(client_path(visitor) + "/pin/resend")
    assert early.status_code == 429
    cloud.world.account.pin_resend_seconds = 0
    assert (await visitor.post(client_path(visitor) + "/pin/resend")).json()["code"] == 211
    assert cloud.world.account.codes_sent == 2


async def test_todays_servers_may_ask_for_an_update(cloud: BlinkCloud, visitor: App) -> None:
    cloud.world.account.update_required = True
    body = {"email": cloud.email, "password": cloud.password}
    answer = await visitor.post("/api/v5/account/login", body)
    assert (answer.status_code, answer.json()["message"]) == (426, "An app update is required")


async def test_signing_out_ends_all_tokens(visitor: App) -> None:
    await login(visitor)
    assert (await visitor.post(client_path(visitor) + "/logout")).json() == {"message": "logout"}
    assert (await visitor.get("/user")).status_code == 401


async def test_nobody_signs_out_somebody_else(cloud: BlinkCloud, visitor: App) -> None:
    await login(visitor)
    answer = await visitor.post(f"/api/v4/account/{cloud.account_id}/client/1/logout")
    assert answer.json()["code"] == 101
