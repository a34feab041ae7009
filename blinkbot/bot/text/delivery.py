"""What a chat is told about a video on its way: how far it is, and why it does not come. In plain text."""

from blinkbot.translations import Sentence

TOO_BIG = Sentence("Telegram takes at most {limit} MB from a bot, and this has {size} MB.")


def too_big(size: int, limit: int) -> str:
    """Of a file that is larger than Telegram takes; both in bytes."""
    return TOO_BIG(size=f"{size / 1e6:.0f}", limit=f"{limit / 1e6:.0f}")
