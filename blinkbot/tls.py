"""Whose word is taken for who a server is, for the whole program."""

import functools
import ssl

from blinkbot.lean_imports import lean

with lean("httpx"):
    import httpx


def authorities() -> ssl.SSLContext:
    """The certificate authorities, read anew: for lines that speak no HTTP, as clients of that say so in it."""
    return httpx.create_ssl_context()


@functools.cache
def trusted() -> ssl.SSLContext:
    """The certificate authorities, for every HTTP client.

    Read once: each reading takes 25-40 ms of a desktop's time, several times that of a Raspberry Pi's, and 0.8 MB.
    """
    return authorities()
