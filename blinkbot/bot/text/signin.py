"""Signing in to Blink: the question for the code, and how a sign-in stands."""

from blinkbot.bot.text.formatting import escaped, truncate
from blinkbot.domain import PinRequest, SignInState
from blinkbot.translations import Plural, Sentence

SIGN_IN = Sentence("Sign in to Blink")
SEND_NEW_CODE = Sentence("✉️ Send a new code")
ENTERING_CODE = Sentence("⏳ Entering the code…")
WATCHING = Sentence("✅ Signed in to Blink. I'm watching.")
NO_PRIVATE_CHAT = Sentence(
    "✉️ Blink has sent a code. I only take it in a private chat, and none is set up. Write to me in private: I'll answer"
    " with your chat id. Add it to telegram.chats, restart me and send /signin."
)

STATES = {
    SignInState.SIGNED_IN: Sentence("✅ Signed in to Blink."),
    SignInState.SIGNED_OUT: Sentence("⚠️ Not signed in to Blink. /signin does that."),
    SignInState.SIGNING_IN: Sentence("⏳ Signing in to Blink…"),
    SignInState.PIN_NEEDED: Sentence("✉️ Blink has sent a code. Send it to me in a private chat."),
}

NOT_IN_A_GROUP = Sentence("Please send me the code privately.")
DELETE_IT_YOURSELF = Sentence("Please send me the code privately, and delete your message here: I can't.")
OPEN_CHAT = Sentence("Open chat")
NOT_A_CODE = Sentence("A code has 4 to 8 digits. Send it like this: <code>/pin 123456</code>")
NOT_AWAITED = Sentence("I'm not waiting for a code. /signin starts a sign-in.")

_SENT_TO = Sentence("✉️ Blink has sent a code by {channel} to {destination}.")
_SENT_BY = Sentence("✉️ Blink has sent a code by {channel}.")
_SENT_SOMEWHERE_TO = Sentence("✉️ Blink has sent a code to {destination}.")
_SENT = Sentence("✉️ Blink has sent a code.")
_SEND_IT_HERE = Sentence("Send it here; I'll delete your message.")
_NEW_ONE_AFTER = Plural("You can ask for a new one in {n} second.", "You can ask for a new one in {n} seconds.")


def pin_question(request: PinRequest) -> str:
    channel, destination = escaped(truncate(request.channel, 20)), escaped(truncate(request.destination))
    if channel and destination:
        sent = _SENT_TO(channel=channel, destination=destination)
    elif channel:
        sent = _SENT_BY(channel=channel)
    else:
        sent = _SENT_SOMEWHERE_TO(destination=destination) if destination else _SENT()
    again = [_NEW_ONE_AFTER(request.resend_after)] if request.resend_after else []
    return " ".join([sent, _SEND_IT_HERE(), *again])
