"""Signing in, step by step, and all the ways to do it wrong (protocol §3)."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.simulator.blinkcloud.app import App


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def cloud(clock: Clock) -> AsyncIterator[BlinkCloud]:
    running = BlinkCloud(clock=clock)
    await running.start()
    yield running
    await running.stop()


async def test_the_whole_way_ends_with_a_token_that_opens_the_home(cloud: BlinkCloud, visitor: App) -> None:
    await visitor.sign_in()
    assert visitor.tokens["expires_in"] == 14_400
    assert visitor.tokens["token_type"] == "Bearer"
    assert await visitor.body("/api/v1/users/tier_info") == {"tier": cloud.tier, "account_id": cloud.account_id}
    assert (await visitor.homescreen())["account"]["id"] == cloud.account_id


@pytest.mark.parametrize("name", ["app_brand", "code_challenge", "hardware_id", "redirect_uri", "scope"])
async def test_authorize_wants_every_parameter(visitor: App, name: str) -> None:
    params = visitor.authorize_params()
    del params[name]
    answer = await visitor.http.get("/oauth/v2/authorize", params=params)
    assert answer.status_code == 400
    assert name in answer.json()["error_description"]


async def test_authorize_takes_only_s256(visitor: App) -> None:
    params = {**visitor.authorize_params(), "code_challenge_method": "plain"}
    assert (await visitor.http.get("/oauth/v2/authorize", params=params)).status_code == 400


async def test_a_lost_cookie_jar_is_told(visitor: App) -> None:
    await visitor.open_signin_page()
    visitor.http.cookies.clear()
    answer = await visitor.post_password()
    assert (answer.status_code, answer.json()["error"]) == (400, "empty_cookies")


@pytest.mark.parametrize("header", ["Origin", "Referer"])
async def test_the_form_must_come_from_its_page(visitor: App, header: str) -> None:
    await visitor.open_signin_page()
    form = {"username": "x", "password": "x", "csrf-token": visitor.csrf}
    assert (await visitor.post_page("/oauth/v2/signin", form, **{header: ""})).status_code == 400


async def test_a_wrong_csrf_token_is_refused(visitor: App) -> None:
    await visitor.open_signin_page()
    assert (await visitor.post_password(**{"csrf-token": "guess"})).json()["error"] == "invalid_csrf_token"


async def test_a_wrong_password_is_401(visitor: App) -> None:
    await visitor.open_signin_page()
    assert (await visitor.post_password(password="wrong")).status_code == 401


async def test_the_email_may_be_written_in_capitals(cloud: BlinkCloud, visitor: App) -> None:
    await visitor.open_signin_page()
    assert (await visitor.post_password(username=cloud.email.upper())).status_code == 302


@pytest.mark.parametrize("hardware_id", ["Blinkpy", "Home Assistant", "my-raspberry"])
async def test_shared_or_made_up_hardware_ids_are_406(cloud: BlinkCloud, hardware_id: str) -> None:
    app = App(cloud, hardware_id)
    await app.open_signin_page()
    assert (await app.post_password()).status_code == 406
    await app.close()


async def test_many_sign_ins_lock_the_account_for_a_while(cloud: BlinkCloud, clock: Clock, visitor: App) -> None:
    await visitor.open_signin_page()
    for _ in range(cloud.world.account.sign_in_limit):
        await visitor.post_password(password="wrong")
    locked = await visitor.post_password()
    assert locked.status_code == 429
    assert locked.headers["retry-after"] == "600"
    clock.advance(600)
    assert (await visitor.post_password()).status_code == 302


async def test_a_code_is_asked_for_with_412(cloud: BlinkCloud, visitor: App) -> None:
    cloud.require_pin()
    await visitor.open_signin_page()
    assert (await visitor.post_password()).status_code == 412


async def test_or_a_code_is_asked_for_with_202_and_where_it_went(cloud: BlinkCloud, visitor: App) -> None:
    cloud.require_pin()
    cloud.world.account.pin_answer = 202
    await visitor.open_signin_page()
    answer = await visitor.post_password()
    assert answer.status_code == 202
    told = answer.json()
    assert (told["tsv_state"], told["next_time_in_secs"], told["phone"]) == ("sms", 60, "+1******4477")
    assert "sms" in told["tsv_methods"]


async def test_the_right_code_signs_in(cloud: BlinkCloud, visitor: App) -> None:
    cloud.require_pin()
    await visitor.open_signin_page()
    await visitor.post_password()
    verified = await visitor.post_pin(cloud.pin)
    assert (verified.status_code, verified.json()) == (201, {"status": "auth-completed"})
    assert (await visitor.exchange(await visitor.authorization_code())).status_code == 200


async def test_a_wrong_code_can_be_tried_again(cloud: BlinkCloud, visitor: App) -> None:
    cloud.require_pin()
    await visitor.open_signin_page()
    await visitor.post_password()
    wrong = await visitor.post_pin("000000" if cloud.pin != "000000" else "111111")
    assert (wrong.status_code, wrong.json()["error"]) == (400, "invalid_2fa_code")
    assert (await visitor.post_pin(cloud.pin)).status_code == 201


async def test_without_the_code_there_is_no_authorization_code(cloud: BlinkCloud, visitor: App) -> None:
    cloud.require_pin()
    await visitor.open_signin_page()
    await visitor.post_password()
    answer = await visitor.http.get("/oauth/v2/authorize")
    assert answer.headers["location"] == "/oauth/v2/signin"


async def test_a_second_code_is_sent_only_after_the_pause(cloud: BlinkCloud, clock: Clock, visitor: App) -> None:
    cloud.require_pin()
    await visitor.open_signin_page()
    await visitor.post_password()
    clock.advance(59)
    await visitor.post_password()
    assert cloud.world.account.codes_sent == 1
    clock.advance(1)
    await visitor.post_password()
    assert cloud.world.account.codes_sent == 2


async def test_known_hardware_needs_no_second_code(cloud: BlinkCloud, visitor: App) -> None:
    cloud.require_pin()
    await visitor.open_signin_page()
    await visitor.post_password()
    await visitor.post_pin(cloud.pin)
    again = App(cloud)
    await again.sign_in()
    await again.close()


async def test_a_wrong_verifier_gets_no_tokens(visitor: App) -> None:
    await visitor.open_signin_page()
    await visitor.post_password()
    answer = await visitor.exchange(await visitor.authorization_code(), code_verifier="x" * 43)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


async def test_an_authorization_code_belongs_to_its_hardware(visitor: App) -> None:
    await visitor.open_signin_page()
    await visitor.post_password()
    other = "00000000-0000-4000-8000-000000000000"
    answer = await visitor.exchange(await visitor.authorization_code(), hardware_id=other)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


async def test_an_authorization_code_works_once(visitor: App) -> None:
    await visitor.open_signin_page()
    await visitor.post_password()
    code = await visitor.authorization_code()
    assert (await visitor.exchange(code)).status_code == 200
    assert (await visitor.exchange(code)).json()["error"] == "invalid_grant"


async def test_an_authorization_code_goes_stale(clock: Clock, visitor: App) -> None:
    await visitor.open_signin_page()
    await visitor.post_password()
    code = await visitor.authorization_code()
    clock.advance(60)
    assert (await visitor.exchange(code)).json()["error"] == "invalid_grant"


async def test_another_redirect_address_is_refused(visitor: App) -> None:
    await visitor.open_signin_page()
    await visitor.post_password()
    answer = await visitor.exchange(await visitor.authorization_code(), redirect_uri="https://example.com/")
    assert answer.json()["error"] == "invalid_request"


async def test_a_refresh_kills_the_old_refresh_token(visitor: App) -> None:
    await visitor.sign_in()
    old = visitor.tokens["refresh_token"]
    fresh = await visitor.refresh(old)
    assert fresh.status_code == 200
    stale = await visitor.refresh(old)
    assert (stale.status_code, stale.json()["error"]) == (400, "invalid_grant")
    assert (await visitor.refresh(fresh.json()["refresh_token"])).status_code == 200


async def test_a_refresh_token_belongs_to_its_hardware(visitor: App) -> None:
    await visitor.sign_in()
    other = "00000000-0000-4000-8000-000000000000"
    assert (await visitor.refresh(visitor.tokens["refresh_token"], hardware_id=other)).status_code == 400


async def test_access_ends_when_it_said_it_would(clock: Clock, visitor: App) -> None:
    await visitor.sign_in()
    clock.advance(visitor.tokens["expires_in"] - 1)
    assert (await visitor.get("/user")).status_code == 200
    clock.advance(1)
    late = await visitor.get("/user")
    assert (late.status_code, late.json()) == (401, {"message": "Unauthorized Access", "code": 101})


async def test_expired_access_can_be_refreshed(cloud: BlinkCloud, visitor: App) -> None:
    await visitor.sign_in()
    cloud.expire_tokens()
    assert (await visitor.get("/user")).status_code == 401
    visitor.use((await visitor.refresh(visitor.tokens["refresh_token"])).json())
    assert (await visitor.get("/user")).status_code == 200


async def test_a_revoked_refresh_token_leaves_access_until_it_expires(cloud: BlinkCloud, visitor: App) -> None:
    await visitor.sign_in()
    cloud.revoke_refresh()
    assert (await visitor.get("/user")).status_code == 200
    assert (await visitor.refresh(visitor.tokens["refresh_token"])).status_code == 400


async def test_another_accounts_home_is_401(visitor: App) -> None:
    await visitor.sign_in()
    assert (await visitor.get("/api/v3/accounts/1/homescreen")).json()["code"] == 101


async def test_secrets_are_not_shown_by_accident(cloud: BlinkCloud, visitor: App) -> None:
    await visitor.sign_in()
    shown = repr(cloud.world.account) + repr(cloud.world.tokens.grants) + repr(cloud.requests)
    for secret in (cloud.password, cloud.pin, visitor.tokens["access_token"], visitor.tokens["refresh_token"]):
        assert secret not in shown


async def test_a_wrong_password_says_so_by_its_cause(visitor: App) -> None:
    await visitor.open_signin_page()
    answer = await visitor.post_password(password="wrong")
    assert answer.status_code == 401
    assert (answer.json()["error"], answer.json()["error_cause"]) == ("unauthorized", "invalid_user_credentials")


@pytest.mark.parametrize("wrong", [{"hardware_id": "another"}, {"scope": "all"}])
async def test_what_a_refresh_says_beside_its_token_has_to_be_right(app: App, wrong: dict[str, str]) -> None:
    assert (await app.refresh(app.tokens["refresh_token"], **wrong)).status_code == 400
