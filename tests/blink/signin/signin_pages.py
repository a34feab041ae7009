"""The sign-in pages of a Blink in this process, and a client of theirs."""

from collections.abc import Callable

from blinkbot.blink.http.hosts import BlinkUrls
from blinkbot.blink.signin.oauth import OAuthSignIn
from tests.blink.helpers import HARDWARE_ID, FakeTime, Loopback, Seen, reply

EMAIL, PASSWORD, PIN = "anna@example.com", "pass&word=ü", "482915"
PAGE = b"""<!doctype html><script id="other" type="application/json">{"csrf-token": "not this"}</script>
<script type='application/json' id='oauth-args'>{"csrf-token": "page-token", "x": "\\u003c"}</script><form></form>"""
PIN_BODY = {"tsv_state": "whatsapp", "tsv_methods": ["sms"], "next_time_in_secs": 60, "phone": "+1 *** 77"}
CALLBACK = "immedia-blink://applinks.blink.com/signin/callback?code=the-code&state=x"
PAIR = {"access_token": "first-access", "refresh_token": "first-refresh", "expires_in": 14400, "token_type": "Bearer"}

Answers = dict[str, Callable[[Seen], bytes]]


class Blink:
    """The sign-in pages, answering as told: `answers["POST /oauth/v2/signin"]` and so on."""

    def __init__(self) -> None:
        self.pin_needed = False
        self.pin_entered = False
        self.answers: Answers = {}

    async def answer(self, seen: Seen) -> bytes:
        """The loopback server's answer."""
        step = f"{seen.method} {seen.path}"
        if step in self.answers:
            return self.answers[step](seen)
        return getattr(self, STEPS[step])(seen)  # type: ignore[no-any-return]

    def authorize(self, seen: Seen) -> bytes:
        """Steps 1 and 5."""
        if seen.query:
            return reply(b"", 302, {"Location": "/oauth/v2/signin", "Set-Cookie": "jar=1; Path=/oauth"})
        signed_in = not self.pin_needed or self.pin_entered
        return reply(b"", 302, {"Location": CALLBACK if signed_in else "/oauth/v2/signin"})

    def page(self, seen: Seen) -> bytes:
        """Step 2."""
        return reply(PAGE, headers={"Content-Type": "text/html"}) if "jar=1" in seen.headers["cookie"] else lost()

    def password(self, seen: Seen) -> bytes:
        """Step 3."""
        if "jar=1" not in seen.headers.get("cookie", ""):
            return lost()
        return reply(PIN_BODY, 202) if self.pin_needed else reply(b"", 303, {"Location": "/oauth/v2/authorize"})

    def pin(self, seen: Seen) -> bytes:
        """Step 4."""
        if seen.form["2fa_code"] != PIN:
            return reply({"error": "invalid_2fa_code"}, 400)
        self.pin_entered = True
        return reply({"status": "auth-completed"}, 201)

    def token(self, seen: Seen) -> bytes:
        """Step 6."""
        return reply(PAIR)

    def tier(self, seen: Seen) -> bytes:
        """Step 7."""
        return reply({"tier": "u014", "account_id": 7})


STEPS = {
    "GET /oauth/v2/authorize": "authorize",
    "GET /oauth/v2/signin": "page",
    "POST /oauth/v2/signin": "password",
    "POST /oauth/v2/2fa/verify": "pin",
    "POST /oauth/token": "token",
    "GET /api/v1/users/tier_info": "tier",
}


def lost() -> bytes:
    return reply({"error": "empty_cookies"}, 400)


class Client:
    """A sign-in and the pages it talks to."""

    def __init__(self, blink: Blink, loopback: Loopback) -> None:
        self.blink = blink
        self.loopback = loopback
        self.time = FakeTime()
        urls = BlinkUrls(oauth=loopback.url, rest=loopback.url)
        self.sign_in = OAuthSignIn(urls, EMAIL, PASSWORD, HARDWARE_ID, self.time.timing)

    def refuse(self, step: str, answer: bytes) -> None:
        """Answer a step with this from now on."""
        self.blink.answers[step] = lambda seen: answer

    def sent(self, step: str) -> list[Seen]:
        """The requests of a step so far."""
        return [seen for seen in self.loopback.seen if f"{seen.method} {seen.path}" == step]
