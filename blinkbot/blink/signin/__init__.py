"""Signing in to Blink.

oauth.py   step by step: start → Tokens | PinRequest; finish(pin); page.py reads the sign-in page
legacy.py  the same, the older way
"""

from blinkbot.blink.http.budget import RequestBudget
from blinkbot.blink.http.clock import Timing
from blinkbot.blink.http.hosts import BlinkUrls
from blinkbot.blink.signin.legacy import LegacySignIn
from blinkbot.blink.signin.oauth import OAuthSignIn
from blinkbot.domain import SessionKind


def new_sign_in(
    kind: SessionKind,
    urls: BlinkUrls,
    email: str,
    password: str,
    hardware_id: str,
    timing: Timing | None = None,
    budget: RequestBudget | None = None,
) -> OAuthSignIn | LegacySignIn:
    """The way of signing in that the settings choose (`blink.signin`)."""
    way = LegacySignIn if kind is SessionKind.LEGACY else OAuthSignIn
    return way(urls, email, password, hardware_id, timing, budget)
