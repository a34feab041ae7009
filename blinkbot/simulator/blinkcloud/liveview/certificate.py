"""A self-signed certificate and its key, made with the standard library alone, for TLS that nobody verifies.

Live view speaks TLS to a host whose certificate does not match (protocol §9). Python has no call that makes one, so
this signs a minimal X.509 certificate with ECDSA over P-256. For loopback only: its arithmetic does not hide timing.
"""

import base64
import hashlib
import secrets
import ssl
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

PRIME = 2**256 - 2**224 + 2**192 + 2**96 - 1
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
BASE_POINT = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
"""The curve P-256 (FIPS 186-4, D.1.2.3); its coefficient a is -3."""

ECDSA_WITH_SHA256 = bytes.fromhex("06082a8648ce3d040302")
EC_PUBLIC_KEY = bytes.fromhex("06072a8648ce3d0201")
P256 = bytes.fromhex("06082a8648ce3d030107")
COMMON_NAME = bytes.fromhex("0603550403")
"""Object identifiers, DER-encoded."""

VALID_FOR = timedelta(days=30)

Point = tuple[int, int] | None
"""A point of the curve; None is the one at infinity."""


def server_context(name: str) -> ssl.SSLContext:
    """A TLS server context with a fresh certificate for a name that no client should trust."""
    private = secrets.randbelow(ORDER - 1) + 1
    with tempfile.TemporaryDirectory(prefix="certificate-") as folder:
        pem = Path(folder) / "server.pem"
        pem.touch(0o600)
        pem.write_text(key_pem(private) + certificate_pem(private, name, datetime.now(UTC)))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
    return context


def certificate_pem(private: int, name: str, now: datetime) -> str:
    """An X.509 v1 certificate, issuer and subject being the same."""
    algorithm = der(0x30, ECDSA_WITH_SHA256)
    whose = der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0C, name.encode()))))
    validity = der(0x30, utc_time(now - timedelta(days=1)), utc_time(now + VALID_FOR))
    public = der(0x30, der(0x30, EC_PUBLIC_KEY, P256), bit_string(public_bytes(private)))
    to_sign = der(0x30, integer(secrets.randbits(63)), algorithm, whose, validity, whose, public)
    return pem_of("CERTIFICATE", der(0x30, to_sign, algorithm, bit_string(signature(private, to_sign))))


def key_pem(private: int) -> str:
    """The private key as OpenSSL writes it (RFC 5915)."""
    public = der(0xA1, bit_string(public_bytes(private)))
    return pem_of(
        "EC PRIVATE KEY", der(0x30, integer(1), der(0x04, private.to_bytes(32, "big")), der(0xA0, P256), public)
    )


def signature(private: int, message: bytes) -> bytes:
    """An ECDSA signature over SHA-256."""
    digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
    while True:
        once = secrets.randbelow(ORDER - 1) + 1
        point = multiply(once, BASE_POINT)
        assert point is not None
        r = point[0] % ORDER
        s = pow(once, -1, ORDER) * (digest + r * private) % ORDER
        if r and s:
            return der(0x30, integer(r), integer(s))


def public_bytes(private: int) -> bytes:
    """The public key as an uncompressed point."""
    point = multiply(private, BASE_POINT)
    assert point is not None
    return b"\x04" + point[0].to_bytes(32, "big") + point[1].to_bytes(32, "big")


def multiply(factor: int, point: Point) -> Point:
    """A point added to itself so many times."""
    total: Point = None
    while factor:
        if factor & 1:
            total = add(total, point)
        point = add(point, point)
        factor >>= 1
    return total


def add(one: Point, other: Point) -> Point:
    """The sum of two points."""
    if one is None:
        return other
    if other is None:
        return one
    (x1, y1), (x2, y2) = one, other
    if x1 == x2 and (y1 + y2) % PRIME == 0:
        return None
    if one == other:
        slope = (3 * x1 * x1 - 3) * pow(2 * y1, -1, PRIME) % PRIME
    else:
        slope = (y2 - y1) * pow(x2 - x1, -1, PRIME) % PRIME
    x3 = (slope * slope - x1 - x2) % PRIME
    return x3, (slope * (x1 - x3) - y1) % PRIME


def der(tag: int, *parts: bytes) -> bytes:
    """A DER value of a tag and its contents."""
    content = b"".join(parts)
    if len(content) < 0x80:
        return bytes((tag, len(content))) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def integer(value: int) -> bytes:
    """A DER INTEGER, not negative."""
    return der(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def bit_string(content: bytes) -> bytes:
    """A DER BIT STRING of whole bytes."""
    return der(0x03, b"\x00" + content)


def utc_time(moment: datetime) -> bytes:
    """A DER UTCTime."""
    return der(0x17, moment.strftime("%y%m%d%H%M%SZ").encode())


def pem_of(label: str, content: bytes) -> str:
    """PEM around DER."""
    text = base64.b64encode(content).decode()
    lines = "\n".join(text[start : start + 64] for start in range(0, len(text), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n"
