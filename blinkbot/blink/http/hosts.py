"""Where Blink is, and which hosts may see a token (protocol §2)."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from blinkbot.errors import UnsafeHost

OAUTH_URL = "https://api.oauth.blink.com"
REST_DOMAIN = "immedia-semi.com"
FIRST_TIER = "prod"  # the tier to ask before one's own is known
OTHER_FIRST_TIERS = ("prde", "prsg", "a001")  # those to ask then where the first is another region's

_TIER = re.compile(r"[a-z0-9][a-z0-9-]{0,30}", re.ASCII)
_DEFAULT_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class BlinkUrls:
    """Blink's two origins; a given `rest` serves every tier. Raises UnsafeHost for plain http off the own machine.

    `tiers` are origins of single tiers, for tests: nothing that Blink answers gets in there.
    """

    oauth: str = OAUTH_URL
    rest: str | None = None
    tiers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "oauth", safe_origin(self.oauth))
        if self.rest is not None:
            object.__setattr__(self, "rest", safe_origin(self.rest))
        object.__setattr__(self, "tiers", {tier: safe_origin(url) for tier, url in self.tiers.items()})

    @property
    def on_loopback(self) -> bool:
        """Whether the REST host is configured to be this machine."""
        return self.rest is not None and is_loopback(urlsplit(self.rest).hostname or "")

    def rest_for(self, tier: str) -> str:
        """The REST origin of a tier such as "u014". Raises UnsafeHost when the tier would lead to another host."""
        if not _TIER.fullmatch(tier):
            raise UnsafeHost(f"unusable server tier: {tier[:40]!r}")
        return self.tiers.get(tier) or self.rest or f"https://rest-{tier}.{REST_DOMAIN}"

    @property
    def first(self) -> tuple[str, ...]:
        """The REST origins to ask for one's own tier, in this order: the next where one is another region's (406)."""
        return tuple(dict.fromkeys(self.rest_for(tier) for tier in (FIRST_TIER, *OTHER_FIRST_TIERS)))


def origin_of(url: str) -> str:
    """scheme://host[:port] of a URL, default ports left out. Raises UnsafeHost for what is not a plain web URL."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UnsafeHost(f"unusable address: {url[:80]!r}") from error
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc or "\\" in url:
        raise UnsafeHost(f"unusable address: {_without_secrets(parts)!r}")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    shown_port = "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{shown_port}"


def safe_origin(url: str) -> str:
    """The origin of a configured URL, refused when a secret would travel in the clear."""
    origin = origin_of(url)
    if origin.startswith("http://") and not is_loopback(urlsplit(origin).hostname or ""):
        raise UnsafeHost(f"{origin} must be https: plain http is accepted on the own machine only")
    return origin


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _without_secrets(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"[:80]
