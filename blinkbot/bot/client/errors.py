"""What Telegram's errors mean. The one module that knows their texts: the Bot API gives them no codes of their own."""

import re
from collections.abc import Callable

from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

_FORBIDDEN_MEDIA = re.compile(r"not enough rights to send (?!text)|CHAT_SEND_(?!PLAIN)\w+_FORBIDDEN", re.IGNORECASE)

_NOT_THE_FILE = ("chat", "rights", "deactivated", "message", "thread", "topic", "button", "reply")
"""Words of refusals that are about where something was to go; in another form it would fare no better."""

Meaning = Callable[[TelegramError], bool]
"""Whether an error means this."""


class NotSent(NetworkError):
    """The request never reached Telegram whole: nothing happened there."""


class AnswerLost(TimedOut):
    """The request went out and no answer came back: it may have been carried out."""


class TooBig(Exception):
    """A video is larger than Telegram takes; `size` and `limit` are in bytes."""

    def __init__(self, size: int, limit: int) -> None:
        self.size = size
        self.limit = limit
        super().__init__(f"{size} bytes, at most {limit}")


def _says(error: TelegramError, *phrases: str) -> bool:
    text = error.message.lower()
    return any(phrase in text for phrase in phrases)


def _saying(*phrases: str) -> Meaning:
    return lambda error: _says(error, *phrases)


# -- messages

is_unchanged = _saying("not modified", "not_modified")
"""Whether an edit was refused because the message, or the topic's name, is like that already."""

is_gone = _saying("message to edit not found", "message can't be edited", "message_id_invalid")
"""Whether an edit was refused because the message is not there any more."""


def is_moot(error: TelegramError) -> bool:
    """Whether an edit was refused with nothing left to do: the message is like that already, or is deleted."""
    return is_unchanged(error) or is_gone(error)


is_superseded = _saying("canceled by new")
"""Whether an edit lost against a later one of the same message."""

has_no_text = _saying("no text in the message")
"""Whether an edit of a text was refused because the message is a picture or a video by now."""

is_lost_reply = _saying("message to be replied not found", "replied message not found")
"""Whether a message was refused because of the one that it answers."""

is_late_answer = _saying("query is too old")
"""Whether a tapped button waited so long that Telegram takes no answer to the tap any more."""


# -- chats and topics

is_lost_chat = _saying("chat not found", "not enough rights", "have no rights", "user is deactivated")
"""Whether a refusal is about the chat, not about what was sent to it."""


def is_forbidden_media(error: TelegramError) -> bool:
    """Whether a group does not let the bot send this kind of media; words it may send all the same."""
    return isinstance(error, BadRequest) and _FORBIDDEN_MEDIA.search(error.message) is not None


is_lost_topic = _saying("thread not found", "topic_id_invalid", "topic_deleted")
"""Whether a refusal says that the topic is not there."""

is_closed_topic = _saying("topic_closed")
"""Whether a refusal says that only administrators may write in the topic."""


# -- files

is_stale_file = _saying("file identifier", "file_id", "file reference", "type of file mismatch")
"""Whether a file id is not good (any more), so that the file must be uploaded."""

is_too_large = _saying("entity too large", "(413)", "file is too big", "file too large")
"""Whether a file was refused for its size: 413, which the library takes for network trouble, or in words."""


def is_refused_video(error: TelegramError) -> bool:
    """Whether Telegram refuses a file as what it was sent, rather than the place it was sent to."""
    is_about_the_file = not _says(error, *_NOT_THE_FILE)
    return isinstance(error, BadRequest) and (is_about_the_file or is_forbidden_media(error))


def is_refused_file(error: TelegramError) -> bool:
    """Whether something was refused for its file, for whichever reason, so that another one may be taken."""
    return is_refused_video(error) or is_too_large(error)


def is_about_an_item(error: TelegramError) -> bool:
    """Whether an album was refused because of one of its videos, which Telegram tells only by a number, or its size."""
    if is_too_large(error):
        return True
    told = _says(error, "failed to send message #")
    return isinstance(error, BadRequest) and (is_stale_file(error) or is_refused_video(error) or told)
