"""What is said around every command: to strangers, to late requests, when the bot stops or something breaks."""

from blinkbot.translations import Sentence

LOOKING_AT_HOME = Sentence("⏳ Looking at your home…")
INTERRUPTED = Sentence("⏸ I was stopped before this was finished. Once I'm back, /status tells how the home is.")
ANSWER_NOT_TAKEN = Sentence("⚠️ Telegram didn't take my answer. Ask again, please; /status tells how the home is.")
OUTDATED_BUTTON = Sentence("This button is out of date. Send the command again, please.")
ALREADY_ON_IT = Sentence("Already on it.")
STILL_WANTED = Sentence("⏸ You asked for this while I was away. Do you still want it?")
YES = Sentence("Yes")
SIGN_IN = Sentence("Sign in to Blink")

PRIVATE_BOT = Sentence("This bot is private. Your chat id is {chat_id}.")
PRIVATE_BOT_IN_GROUP = Sentence("This bot is private. This group's chat id is {chat_id}.")
CHAT_NOT_SERVED = Sentence("This bot doesn't serve this chat.")
