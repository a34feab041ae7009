"""The certificate that live view shows: real TLS, and nobody should trust it."""

import asyncio
import ssl

import pytest

from blinkbot.simulator.blinkcloud.liveview.certificate import server_context


async def handshake(client: ssl.SSLContext) -> bytes:
    """Greet a server with a fresh certificate, and return the certificate it showed."""

    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1", 0, ssl=server_context())
    async with server:
        port = server.sockets[0].getsockname()[1]
        _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=client, server_hostname="127.0.0.1")
        shown: bytes = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        writer.transport.abort()
    return shown


async def test_a_client_that_checks_nothing_can_speak_tls() -> None:
    careless = ssl.create_default_context()
    careless.check_hostname = False
    careless.verify_mode = ssl.CERT_NONE
    first, second = await handshake(careless), await handshake(careless)
    assert first != second


async def test_a_client_that_checks_is_warned() -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match="unable to get local issuer"):
        await handshake(ssl.create_default_context())
