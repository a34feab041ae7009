"""What is said around every command: to strangers, to late requests, when the bot stops or something breaks."""

from collections.abc import Iterable

from blinkbot.bot.text.formatting import quoted
from blinkbot.translations import Sentence

HELLO = Sentence("👋 Hello!")
WHAT_I_DO = Sentence("Clips from your Blink cameras arrive in this chat. You can also send me:")
SHORT_NAMES = Sentence("Names can be short: <code>/snap front</code> finds Front Door.")
NOT_UNDERSTOOD = Sentence("I didn't get that. /help shows what I can do.")
NO_SUCH_COMMAND = Sentence("There's no command {name}. /help shows what I can do.")

LOOKING_AT_HOME = Sentence("⏳ Looking at your home…")
INTERRUPTED = Sentence("⏸ I was stopped before I could finish. When I'm back, check with /status.")
ANSWER_NOT_TAKEN = Sentence("⚠️ My answer didn't get through. Please ask again, or check with /status.")
OUTDATED_BUTTON = Sentence("This button is too old. Please send the command again.")
ALREADY_ON_IT = Sentence("Already on it.")
STILL_WANTED = Sentence("⏸ You asked for this while I was away. Do you still want it?")
YES = Sentence("Yes")

PRIVATE_BOT = Sentence("This bot is private. Your chat id is {chat_id}.")
PRIVATE_BOT_IN_GROUP = Sentence("This bot is private. This group's chat id is {chat_id}.")
CHAT_NOT_SERVED = Sentence("This bot doesn't serve this chat.")


def help_text(commands: Iterable[tuple[str, str]]) -> str:
    lines = "\n".join(f"/{name} — {what}" for name, what in commands)
    return f"{WHAT_I_DO()}\n\n{lines}\n\n{SHORT_NAMES()}"


def no_such_command(name: str) -> str:
    """What is said to a command that there is not; it is given without its slash."""
    return NO_SUCH_COMMAND(name=quoted(f"/{name}"))
