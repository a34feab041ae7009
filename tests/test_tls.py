"""The certificate authorities, which cost a small machine a part of its start."""

import ssl
from pathlib import Path
from typing import Any

import pytest

from blinkbot import tls
from tests.evening import Evening


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes each reading of the authorities; none was made before."""
    made: list[str] = []
    create = ssl.create_default_context

    def counted(*arguments: Any, **more: Any) -> ssl.SSLContext:
        made.append("read")
        return create(*arguments, **more)

    monkeypatch.setattr(ssl, "create_default_context", counted)
    tls.trusted.cache_clear()
    return made


async def test_a_bot_that_signs_in_and_renews_its_session_reads_them_once(tmp_path: Path, readings: list[str]) -> None:
    async with Evening(tmp_path) as evening:
        await evening.start_watching()
        evening.cloud.expire_tokens()
        await evening.watched()
    assert readings == ["read"]
