"""Logging without secrets: chatty libraries are held at WARNING, and each line is redacted, tracebacks included."""

import json
import logging
import re
import sys
from typing import TextIO
from urllib.parse import quote, quote_plus

_CHATTY = ("httpx", "httpcore", "telegram", "apscheduler", "asyncio", "uvicorn", "multipart", "PIL", "libav")

# By shape, for secrets that were not registered: what stands in a URL, a header, a form or a JSON body.
_SHAPES = (
    (re.compile(r"\b(bot)?\d{3,}:[A-Za-z0-9_-]{20,}"), "…token…"),
    (re.compile(r"(/bot)[^/\s]+(/)"), r"\1…token…\2"),
    (re.compile(r"(?i)(bearer\s+|token[_-]auth['\"]?\s*[:=]\s*b?['\"]?)[^\s'\",}]+"), r"\1…"),
    (
        re.compile(
            r"(?i)(['\"]?(?:password|2fa_code|pin|access_token|refresh_token|csrf-token|code_verifier)"
            r"['\"]?\s*[:=]\s*b?['\"]?)[^\s'\",&}]+"
        ),
        r"\1…",
    ),
    # python-telegram-bot prints all updates where it cannot read one: a message with a PIN may be among them.
    (re.compile(r"(Received data was \[).*"), r"\1…]"),
    # People write a code in groups: "/pin 123 456".
    (re.compile(r"(?i)(/pin(?:@\w+)?\s+)\S+(?:[ -]\d+\b)*"), r"\1…"),
)
# A secret this short would blank out half of the log.
_SHORTEST = 4
# A session gets new tokens six times a day: these are those of the last week. Settings are added again with each.
_MOST = 100


class Redactor:
    """Replaces secrets in text. Values are added as they become known (a refreshed token, say)."""

    def __init__(self) -> None:
        self._secrets: dict[str, None] = {}

    def add(self, *secrets: str) -> None:
        """Never show these again; the oldest of very many are forgotten."""
        for secret in secrets:
            if len(secret) >= _SHORTEST:
                for form in _forms(secret):
                    self._secrets.pop(form, None)
                    self._secrets[form] = None
        while len(self._secrets) > _MOST:
            del self._secrets[next(iter(self._secrets))]

    def clean(self, text: str) -> str:
        # Longest first, so that a secret inside another leaves no rest behind.
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, "…")
        for shape, replacement in _SHAPES:
            text = shape.sub(replacement, text)
        return text


def _forms(secret: str) -> tuple[str, ...]:
    """How a secret is written in plain text, in a form or URL, and in JSON."""
    return (secret, quote_plus(secret), quote(secret, safe=""), json.dumps(secret)[1:-1])


class RedactingFormatter(logging.Formatter):
    """Redacts a whole record, traceback included."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s", datefmt="%Y-%m-%d %H:%M:%S%z")
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        return self._redactor.clean(super().format(record))


def set_up(redactor: Redactor, *, verbose: bool = False, stream: TextIO | None = None) -> logging.Handler:
    """Log to stderr: INFO, or our own DEBUG when verbose. Returns the handler, so that it can be removed again."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(RedactingFormatter(redactor))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("blinkbot").setLevel(logging.DEBUG if verbose else logging.INFO)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    return handler
