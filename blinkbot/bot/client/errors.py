"""What Telegram's errors mean. The one module that knows their texts: the Bot API gives them no codes of their own."""

import re

from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

_FORBIDDEN_MEDIA = re.compile(r"not enough rights to send (?!text)|CHAT_SEND_(?!PLAIN)\w+_FORBIDDEN", re.IGNORECASE)

_NOT_THE_FILE = ("chat", "rights", "deactivated", "message", "thread", "topic", "button", "reply")
"""Words of refusals that are about where something was to go; in another form it would fare no better."""


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


# -- messages


def is_unchanged(error: TelegramError) -> bool:
    """Whether an edit was refused because the message, or the topic's name, is like that already."""
    return _says(error, "not modified", "not_modified")


def is_gone(error: TelegramError) -> bool:
    """Whether an edit was refused because the message is not there any more."""
    return _says(error, "message to edit not found", "message can't be edited", "message_id_invalid")


def is_moot(error: TelegramError) -> bool:
    """Whether an edit was refused with nothing left to do: the message is like that already, or is deleted."""
    return is_unchanged(error) or is_gone(error)


def is_superseded(error: TelegramError) -> bool:
    """Whether an edit lost against a later one of the same message."""
    return _says(error, "canceled by new")


def has_no_text(error: TelegramError) -> bool:
    """Whether an edit of a text was refused because the message is a picture or a video by now."""
    return _says(error, "no text in the message")


def is_lost_reply(error: TelegramError) -> bool:
    """Whether a message was refused because of the one that it answers."""
    return _says(error, "message to be replied not found", "replied message not found")


def is_late_answer(error: TelegramError) -> bool:
    """Whether a tapped button waited so long that Telegram takes no answer to the tap any more."""
    return _says(error, "query is too old")


# -- chats and topics


def is_lost_chat(error: TelegramError) -> bool:
    """Whether a refusal is about the chat, not about what was sent to it."""
    return _says(error, "chat not found", "not enough rights", "have no rights", "user is deactivated")


def is_forbidden_media(error: TelegramError) -> bool:
    """Whether a group does not let the bot send this kind of media; words it may send all the same."""
    return isinstance(error, BadRequest) and _FORBIDDEN_MEDIA.search(error.message) is not None


def is_lost_topic(error: TelegramError) -> bool:
    """Whether a refusal says that the topic is not there."""
    return _says(error, "thread not found", "topic_id_invalid", "topic_deleted")


def is_closed_topic(error: TelegramError) -> bool:
    """Whether a refusal says that only administrators may write in the topic."""
    return _says(error, "topic_closed")


# -- files


def is_stale_file(error: TelegramError) -> bool:
    """Whether a file id is not good (any more), so that the file must be uploaded."""
    return _says(error, "file identifier", "file_id", "file reference", "type of file mismatch")


def is_too_large(error: TelegramError) -> bool:
    """Whether a file was refused for its size: 413, which the library takes for network trouble, or in words."""
    return _says(error, "entity too large", "(413)", "file is too big", "file too large")


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


def _says(error: TelegramError, *phrases: str) -> bool:
    text = error.message.lower()
    return any(phrase in text for phrase in phrases)
