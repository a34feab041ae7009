"""The certificates of the live view server (protocol §9): such as Blink's prove themselves with, and others."""

import hashlib
import ssl
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import trustme
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

NAME = "*.immedia-semi.com"
KEY_OF = b"the live view server of blinkbot's simulated cloud"
"""What the authority's key is made of: no secret, as it counts on the own machine alone."""


class Certificate(StrEnum):
    """What the server shows: WRONG is of an authority that is known nowhere, MISNAMED is for another name."""

    PROPER = "proper"
    WRONG = "wrong"
    EXPIRED = "expired"
    MISNAMED = "misnamed"


def server_context(kind: Certificate = Certificate.PROPER) -> ssl.SSLContext:
    """A TLS server context with a fresh certificate."""
    authority = trustme.CA() if kind is Certificate.WRONG else _authority()
    name = "*.example.org" if kind is Certificate.MISNAMED else NAME
    ended = datetime(2020, 1, 1, tzinfo=UTC) if kind is Certificate.EXPIRED else None
    begun = datetime(2019, 1, 1, tzinfo=UTC) if kind is Certificate.EXPIRED else None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name, not_before=begun, not_after=ended).configure_cert(context)
    return context


def _authority() -> trustme.CA:
    """The authority that a client on this machine is to know (`authority.pem`)."""
    number = int.from_bytes(hashlib.sha256(KEY_OF).digest(), "big")
    key = ec.derive_private_key(number, ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    return trustme.CA.from_pem(Path(__file__).with_name("authority.pem").read_bytes(), key)
