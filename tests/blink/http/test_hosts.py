"""Which hosts may see a password or a token."""

import pytest

from blinkbot.blink.http.hosts import BlinkUrls, origin_of
from blinkbot.errors import UnsafeHost


def test_each_tier_has_its_own_host() -> None:
    assert BlinkUrls().rest_for("u014") == "https://rest-u014.immedia-semi.com"


def test_a_configured_rest_origin_serves_every_tier() -> None:
    urls = BlinkUrls(rest="http://127.0.0.1:8080/")
    assert urls.rest_for("u014") == urls.rest_for("prod") == "http://127.0.0.1:8080"


def test_a_new_account_is_looked_for_in_the_regions_in_their_order() -> None:
    assert BlinkUrls().first == (
        "https://rest-prod.immedia-semi.com",
        "https://rest-prde.immedia-semi.com",
        "https://rest-prsg.immedia-semi.com",
        "https://rest-a001.immedia-semi.com",
    )
    assert BlinkUrls(rest="http://127.0.0.1:8080").first == ("http://127.0.0.1:8080",)


def test_single_tiers_can_have_origins_of_their_own_which_are_no_less_safe() -> None:
    urls = BlinkUrls(rest="http://127.0.0.1:8080", tiers={"prde": "http://127.0.0.1:8081/"})
    assert (urls.rest_for("prde"), urls.rest_for("u014")) == ("http://127.0.0.1:8081", "http://127.0.0.1:8080")
    with pytest.raises(UnsafeHost):
        BlinkUrls(tiers={"prde": "http://blink.example"})


@pytest.mark.parametrize("tier", ["evil.example/", "x@evil.example", "", "a" * 40, "U 14", "u014.\n", "-"])
def test_a_tier_cannot_lead_to_another_host(tier: str) -> None:
    with pytest.raises(UnsafeHost):
        BlinkUrls().rest_for(tier)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "http://127.8.0.1", "http://localhost:8080", "http://[::1]:80"])
def test_plain_http_is_fine_on_the_own_machine(url: str) -> None:
    assert BlinkUrls(oauth=url).oauth.startswith("http://")


@pytest.mark.parametrize(
    "url",
    [
        "http://blink.example",
        "http://192.168.1.4",
        "http://localhost.evil.example",
        "ftp://127.0.0.1",
        "https://user:word@blink.example",
        "https://",
        "blink.example",
        "https://127.0.0.1:port",
        "https://a.example\\@b.example",
    ],
)
def test_anything_else_than_https_is_refused_elsewhere(url: str) -> None:
    with pytest.raises(UnsafeHost):
        BlinkUrls(oauth=url)


def test_a_refused_address_shows_no_password() -> None:
    with pytest.raises(UnsafeHost) as refused:
        origin_of("https://user:hunter2@blink.example")
    assert "hunter2" not in str(refused.value)


def test_origins_are_compared_in_one_form() -> None:
    assert origin_of("HTTPS://Blink.Example:443/path?x=1") == "https://blink.example"
