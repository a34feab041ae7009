"""Asking Telegram for updates, and noticing when that will not get better by itself."""

import logging
from collections.abc import Callable, Sequence
from typing import Any

import telegram.error
from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from blinkbot.bot.text.formatting import truncate
from blinkbot.errors import TelegramError, TelegramProblem

logger = logging.getLogger(__name__)

NEWCOMER = 5.0
"""Seconds after its start within which a first conflict means: the other copy was there before. Both see conflicts in
turns from then on. The older one loses its long poll and asks again a second later, so the newcomer meets its first
conflict at once, and the older one at any age."""

SETTLED = 60.0
"""Seconds without a conflict after which an earlier one was about something else."""

CONFLICTS = 3
"""Conflicts in a row that mean another copy: a single one may be a connection Telegram has not yet seen end."""

Alarm = Callable[[TelegramError], None]
"""Told, at most once, what only a person can mend."""


class TokenRefused(NetworkError):
    """A refused token in the shape that does not end the library's polling loop: a proxy's 404 looks the same."""


class PollingWatch:
    """Counts how polling goes and raises the alarm. `monotonic` is a clock in seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._alarm: Alarm | None = None
        self._started = 0.0
        self._conflicts = 0
        self._refusals = 0
        self._heard = False
        self._newcomer: bool | None = None
        self._last_conflict = 0.0

    def begin(self, alarm: Alarm) -> None:
        """Polling begins now."""
        self._alarm, self._started = alarm, self._monotonic()
        self._conflicts = self._refusals = 0
        self._heard = False
        self._newcomer = None

    def went_well(self) -> None:
        """Telegram gave updates, or none."""
        if self._conflicts or self._refusals:
            logger.info("Telegram gives updates again")
        if self._monotonic() - self._last_conflict > SETTLED:
            self._newcomer = None
        self._conflicts = self._refusals = 0
        self._heard = True

    def conflicted(self) -> None:
        """Another program took over the polling."""
        self._conflicts += 1
        self._last_conflict = self._monotonic()
        if self._newcomer is None:
            self._newcomer = self._last_conflict - self._started <= NEWCOMER
        if self._conflicts == CONFLICTS:
            logger.error(TelegramProblem.SECOND_COPY)
        if self._conflicts >= CONFLICTS and self._newcomer:
            self._raise(TelegramProblem.SECOND_COPY)

    def refused(self) -> None:
        """The token was refused. After good polls that is more likely a proxy: it is only logged."""
        self._refusals += 1
        if self._refusals == 1:
            logger.error(TelegramProblem.BAD_TOKEN)
        if not self._heard:
            self._raise(TelegramProblem.BAD_TOKEN)

    def _raise(self, why: TelegramProblem) -> None:
        alarm, self._alarm = self._alarm, None
        if alarm is not None:
            alarm(TelegramError(why))


class UpdatesRequest(HTTPXRequest):
    """Keeps the last answer as it came, for the updates in it that the library cannot make sense of."""

    received: Sequence[Any] = ()

    def parse_json_payload(self, payload: bytes) -> Any:  # type: ignore[override]
        """The answer."""
        answer = HTTPXRequest.parse_json_payload(payload)
        found = answer.get("result") if isinstance(answer, dict) else None
        self.received = found if isinstance(found, list) else ()
        return answer


class PollingBot(ExtBot[int]):
    """An ExtBot that tells a PollingWatch how asking for updates went."""

    __slots__ = ("_updates", "_watch")

    def __init__(self, watch: PollingWatch, updates: UpdatesRequest, **settings: Any) -> None:
        super().__init__(get_updates_request=updates, **settings)
        self._watch = watch
        self._updates = updates

    def __repr__(self) -> str:
        """The library's own holds the token."""
        return f"<{type(self).__name__}>"

    @property
    def watch(self) -> PollingWatch:
        """What is told how polling goes."""
        return self._watch

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        """See telegram.Bot.get_updates. Raises TokenRefused where that raises InvalidToken."""
        try:
            updates = await super().get_updates(*args, **kwargs)
        except Conflict:
            self.watch.conflicted()
            raise
        except InvalidToken as error:
            self.watch.refused()
            raise TokenRefused(error.message) from error
        except telegram.error.TelegramError:
            raise
        except Exception as error:
            if not self._updates.received:
                raise
            logger.warning("not all updates can be read (%s)", type(error).__name__)
            # Else the library would read the same updates again and again, without a pause.
            updates = tuple(self._read(update) for update in self._updates.received)
        self.watch.went_well()
        return updates

    def _read(self, update: Any) -> Update:
        """An update; in the place of one that cannot be read, one of no content, which the gate drops."""
        try:
            return Update.de_json(update, self)
        except Exception as error:  # any error is about this update alone
            # Not what is in it: it may be a PIN.
            logger.warning("update %d is passed over (%s)", update["update_id"], type(error).__name__)
            return Update(update["update_id"])


def log_polling_error(error: telegram.error.TelegramError) -> None:
    """For Updater.start_polling: one line, not a traceback for each second of an outage."""
    if not isinstance(error, Conflict | TokenRefused):
        logger.warning("asking Telegram for updates failed: %s", truncate(str(error), 200))
