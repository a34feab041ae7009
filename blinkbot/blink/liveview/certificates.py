"""Whose word is taken for who a live view's server is (protocol §9)."""

import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path

from blinkbot.blink.http.hosts import REST_DOMAIN, is_loopback
from blinkbot.tls import authorities

BLINK_AUTHORITY = Path(__file__).with_name("immi-authority.pem")  # Blink's own, for servers that an IP names

# That of the simulated cloud. Its key is no secret: it counts for streams on this machine alone, and only where the
# REST host is configured to be this machine, too.
LOOPBACK_AUTHORITY = Path(__file__).with_name("loopback-authority.pem")

SERVER_NAME = f"immi.{REST_DOMAIN}"
"""What servers that an IP names are called: their certificate is for any name there."""


@dataclass(frozen=True, slots=True)
class StreamTrust:
    """`on_loopback`: the configured REST host is this machine. `unverified`: the owner allows any server."""

    on_loopback: bool = False
    unverified: bool = False

    def of(self, host: str) -> tuple[ssl.SSLContext, str]:
        """How to connect to a server, and the name that it has to prove. Reads files."""
        if self.unverified:
            return _anyone(), host
        if self.on_loopback and is_loopback(host):
            return _signed_by(LOOPBACK_AUTHORITY), SERVER_NAME
        if _is_ip(host):
            return _signed_by(BLINK_AUTHORITY), SERVER_NAME
        return authorities(), host


def _signed_by(authority: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.hostname_checks_common_name = True  # a certificate as old as Blink's may have no other name
    context.load_verify_locations(authority)
    return context


def _anyone() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
