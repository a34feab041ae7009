"""What the codes in Blink's bodies mean (protocol §11). They are not HTTP's: code 200 is a refusal."""

from collections.abc import Mapping

MEANINGS: Mapping[int, str] = {
    101: "Blink does not accept the session any more",
    103: "this app version is up to date",
    105: "Blink wants a newer app",
    200: "e-mail or password is wrong",
    211: "a new code was sent",
    212: "the video options are changed",
    213: "clips can be kept for 3, 7, 14, 30 or 60 days, nothing else",
    241: "the client is updated",
    242: "this client was deleted at Blink; sign in again",
    304: "armed, but no camera has motion detection on",
    307: "the sync module is busy with something else; try again in a moment",
    500: "there is no such camera",
    523: "the live view did not come about",
    700: "there is no such recording",
    706: "the list of recordings makes no sense to Blink",
    711: "the recordings are deleted",
    802: "the schedule is on",
    803: "the schedule is off",
    804: "the schedule is deleted",
    902: "the command is over",
    908: "the command succeeded",
    1621: "the code is wrong",
    1626: "the code is right",
    1630: "this kind of device cannot do that",
    2800: "a snooze lasts 1 to 1439 minutes",
    2801: "notifications are snoozed",
    2805: "there is nothing to snooze: motion detection is off",
}
"""Those of the protocol page, and those that real bodies carry beside a plain message."""


def meaning_of(code: int | None) -> str:
    """What a code means, as a part of a sentence; "" for one that nobody has explained."""
    return MEANINGS.get(code, "") if code is not None else ""
