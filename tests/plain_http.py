"""Plain HTTP on loopback, which needs no certificates, and the library's own bot over it, without ours."""

import ssl

from telegram import Bot
from telegram.request import HTTPXRequest

from blinkbot.simulator.botapi import TelegramServer

NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Plain HTTP needs none, and loading the usual ones takes longer than most tests."""


def plain_bot(server: TelegramServer) -> Bot:
    """A bot of this server: no quota counts what it sends, and it waits for no room."""
    return Bot(
        server.token,
        base_url=f"{server.url}/bot",
        base_file_url=f"{server.url}/file/bot",
        request=HTTPXRequest(httpx_kwargs={"verify": NO_CERTIFICATES}),
        get_updates_request=HTTPXRequest(httpx_kwargs={"verify": NO_CERTIFICATES}),
    )
