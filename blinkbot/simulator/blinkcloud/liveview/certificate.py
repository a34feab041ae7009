"""The certificate of the live view server, which no client should trust: its name does not match (protocol §9)."""

import ssl

import trustme


def server_context(name: str) -> ssl.SSLContext:
    """A TLS server context with a fresh certificate for this name, of an authority that is known nowhere."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert(common_name=name).configure_cert(context)
    return context
