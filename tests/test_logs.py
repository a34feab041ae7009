"""Nothing secret in any log at any level."""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from blinkbot.logs import RedactingFormatter, Redactor, set_up
from tests.evening import Evening

TOKEN = "123456789:AAHsecretsecretsecretsecretsecretsec"


class Log:
    """What a person reading stderr sees."""

    def __init__(self) -> None:
        self.redactor = Redactor()
        self.stream = io.StringIO()
        self.handler = set_up(self.redactor, verbose=True, stream=self.stream)

    @property
    def text(self) -> str:
        return self.stream.getvalue()


@pytest.fixture
def log() -> Iterator[Log]:
    names = ("", "blinkbot", "httpx", "httpcore", "telegram", "telegram.ext.ExtBot")
    levels = {name: logging.getLogger(name).level for name in names}
    # A bot that was built before in this process has silenced it.
    logging.getLogger("telegram.ext.ExtBot").setLevel(logging.NOTSET)
    made = Log()
    yield made
    logging.getLogger().removeHandler(made.handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_a_known_secret_is_blanked_wherever_it_stands(log: Log) -> None:
    log.redactor.add("hunter2hunter2")
    logging.getLogger("blinkbot.x").warning("the password is %s", "hunter2hunter2")
    assert "hunter2" not in log.text
    assert "the password is" in log.text


@pytest.mark.parametrize("told", ["p%26ss+w%C3%B6rd", "p%26ss%20w%C3%B6rd", r'{"x": "p&ss w\u00f6rd"}', "p&ss wörd"])
def test_a_known_secret_is_blanked_however_it_is_written(log: Log, told: str) -> None:
    log.redactor.add("p&ss wörd")
    logging.getLogger("blinkbot.x").info("sent %s", told)
    assert "rd" not in log.text


def test_updates_that_a_library_prints_are_not_shown(log: Log) -> None:
    data = [{"update_id": 1, "message": {"text": "482915"}}]
    logging.getLogger("telegram.ext.ExtBot").critical("Error while parsing updates! Received data was %r", data)
    assert "Error while parsing updates" in log.text
    assert "482915" not in log.text


def test_a_traceback_is_cleaned_too(log: Log) -> None:
    log.redactor.add("hunter2hunter2")
    try:
        raise ValueError("cannot log in with hunter2hunter2")
    except ValueError:
        logging.getLogger("blinkbot.x").exception("oh")
    assert "hunter2" not in log.text
    assert "ValueError" in log.text


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        (f"POST https://api.telegram.org/bot{TOKEN}/getMe", "AAHsecret"),
        ("GET http://127.0.0.1:1/botodd-token/getMe", "odd-token"),
        ("Authorization: Bearer eyJhbGciOi.x.y", "eyJhbGciOi"),
        ("headers {'TOKEN_AUTH': 'abcdefg'}", "abcdefg"),
        ('{"access_token": "tok-1", "refresh_token": "tok-2"}', "tok-"),
        ("username=a&password=hunter2&x=1", "hunter2"),
        ("2fa_code=123456&remember_me=false", "123456"),
        ("message '/pin 123456'", "123456"),
        ("message '/pin 123 456'", "456"),
        ("message '/pin@my_bot 12-34 56'", "56"),
    ],
)
def test_secrets_are_known_by_their_shape(log: Log, line: str, secret: str) -> None:
    logging.getLogger("blinkbot.x").info(line)
    # What stands before it is the time, which may be any number.
    _, name, told = log.text.partition("blinkbot.x: ")
    assert name
    assert secret not in told


@pytest.mark.parametrize("name", ["httpx", "httpcore.http11", "telegram.ext.Application", "apscheduler"])
def test_chatty_libraries_stay_quiet_even_when_verbose(log: Log, name: str) -> None:
    logging.getLogger(name).info("GET /bot…")
    logging.getLogger(name).debug("update with a PIN")
    assert log.text == ""


def test_an_ordinary_line_is_left_alone(log: Log) -> None:
    logging.getLogger("blinkbot.watch").info("new clip cloud:77 from camera 301 (motion) at 18:34:05")
    assert "new clip cloud:77 from camera 301 (motion) at 18:34:05" in log.text


async def test_the_running_bot_keeps_its_secrets_out_of_the_log(log: Log, tmp_path: Path) -> None:
    """The password, the bot's token, and the session's tokens: those it began with, and those that were renewed."""
    async with Evening(tmp_path) as evening:
        log.handler.setFormatter(RedactingFormatter(evening.redactor))
        await evening.start_watching()
        evening.cloud.expire_tokens()
        await evening.watched()
        grants = evening.cloud.world.tokens.grants
        assert len(grants) > 1
        tokens = [token for grant in grants for token in (grant.access, grant.refresh)]
        for secret in (evening.cloud.password, evening.telegram.token, *tokens):
            logging.getLogger("blinkbot.x").warning("it is <%s>", secret)
            assert secret not in log.text
    assert log.text.count("it is <…") == 2 + len(tokens)
