"""The English sentences that earlier versions kept in `deliveries.told`, as the codes that took their place.

A part of the migration `failure_codes`, and like it never changed. Codes and errors are named as in `domain.failures`.
"""

import json
import re
from typing import Any

_MEGABYTE = 1_000_000

_FIXED: dict[str, dict[str, Any]] = {
    "this group does not let me send videos. Whoever runs it can allow that.": {"code": "forbidden"},
    "Telegram does not take the file.": {"code": "refused"},
    "it may be above, or not: the connection to Telegram broke twice. /clips has it.": {"code": "uncertain"},
    "it is larger than Telegram takes from a bot.": {"code": "too large"},
    "the clip was deleted at Blink before it could be fetched.": {"code": "deleted"},
    "Blink has deleted the clip, or never had it whole.": {"code": "missing"},
    "what Blink gives out for it is not a video.": {"code": "not a video"},
    "Something went wrong inside the bot. It is in the bot's log; try again, please.": {"code": "error"},
}

_TOO_BIG = re.compile(r"it has (\d+) MB, and Telegram takes at most (\d+) from a bot\.")
_UNAVAILABLE = "it could not be had for two days. "

_ERRORS: dict[str, str] = {
    "Blink pointed to an unknown server, so I did not go there. The bot's log has the details.": "UnsafeHost",
    "The file cannot be read. Try again in a minute.": "MediaError",
    "This chat may not do that. Ask whoever runs the bot.": "NotAllowed",
    "Blink does not answer. Check the bot's internet connection, or try again in a minute.": "BlinkUnreachable",
    "Blink wants us to slow down. Try again in some minutes.": "Throttled",
    "The sync module is busy with something else. Try again in a moment.": "Busy",
    "Blink's servers have trouble. Try again in some minutes.": "ServerError",
    "Blink asks for a newer app version. Look for an update of this bot.": "AppUpdateRequired",
    "Blink did not do it. Try again in a minute.": "BlinkError",
    "Blink did not accept that code. Send me the newest one.": "WrongPin",
    "Blink did not accept the e-mail or password in the bot's settings. Correct them there.": "WrongCredentials",
    "Blink does not let this program in. Nothing to try here: look into the bot's log.": "ClientRefused",
    "Blink refused the sign-in. Try /signin again in some minutes.": "SignInRefused",
    "This camera sends its live view in an older way that I cannot record. /snap works.": "LiveViewUnsupported",
    "The camera may be offline, or somebody is watching already. Try again in a minute.": "LiveViewFailed",
}

_REFUSED = re.compile(r"Blink refused: (.*) Try again in a minute\.", re.DOTALL)

_TOO_MANY_SIGN_INS: tuple[tuple[str, str, int], ...] = (
    # A pattern with `wait` and `attempts`, the limit that it tells of, and the seconds that its `wait` is counted in.
    (r"A code is on its way\. A new one can be sent in (?P<wait>\d+) seconds\.", "CODE_SENT", 1),
    (r"Blink sends a new code in (?P<wait>\d+) seconds at the earliest; ask then", "CODE_SENT", 1),
    (r"I have signed in (?P<attempts>\d+) times within an hour;.* in (?P<wait>\d+) minutes\.", "ATTEMPTS", 60),
    (r"Blink has locked the account; try again in (?P<wait>\d+) seconds", "LOCKED", 1),
    (r"Too many sign-ins.* in a short time; try again in (?P<wait>\d+) seconds", "THROTTLED", 1),
    (r"Too many sign-ins.* in a short time[.;].*", "THROTTLED", 1),
)


def code_of(sentence: str) -> str:
    """The code for a sentence, as JSON; of one that is not known, the sentence is kept."""
    found = _FIXED.get(sentence) or _too_big(sentence) or _unavailable(sentence) or _error(sentence, "error")
    return json.dumps(found or {"code": "other", "message": sentence}, ensure_ascii=False)


def _too_big(sentence: str) -> dict[str, Any] | None:
    found = _TOO_BIG.fullmatch(sentence)
    if found is None:
        return None
    size, limit = (int(number) * _MEGABYTE for number in found.groups())
    return {"code": "too big", "size": size, "limit": limit}


def _unavailable(sentence: str) -> dict[str, Any] | None:
    return _error(sentence[len(_UNAVAILABLE) :], "unavailable") if sentence.startswith(_UNAVAILABLE) else None


def _error(sentence: str, code: str) -> dict[str, Any] | None:
    if sentence in _ERRORS:
        return {"code": code, "error": _ERRORS[sentence]}
    if refused := _REFUSED.fullmatch(sentence):
        return {"code": code, "error": "BlinkRefused", "message": refused[1]}
    for pattern, limit, unit in _TOO_MANY_SIGN_INS:
        if found := re.fullmatch(pattern, sentence):
            numbers = {name: int(number) for name, number in found.groupdict().items()}
            if "wait" in numbers:
                numbers["wait"] *= unit
            return {"code": code, "error": "TooManySignIns", "limit": limit, **numbers}
    return None
