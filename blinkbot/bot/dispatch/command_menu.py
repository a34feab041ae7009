"""The commands: their names and what they do, for Telegram's menu and for /help."""

MENU = (
    ("status", "how the home is"),
    ("arm", "arm a network, or all"),
    ("disarm", "disarm a network, or all"),
    ("snap", "a new picture, by one camera or all"),
    ("live", "ten seconds of live view"),
    ("light", "a camera's light, on and off"),
    ("siren", "let a siren sound, or silence it"),
    ("clips", "watch clips again"),
    ("mute", "show nothing for a while"),
    ("unmute", "show it again"),
    ("snooze", "mute, in Blink's app too"),
    ("quiet", "hours without a sound"),
    ("alerts", "what this chat is told"),
    ("topics", "a topic per camera, in groups"),
    ("stats", "how busy it was, and how fast I am"),
    ("schedule", "Blink's own schedules, on and off"),
    ("signin", "sign in to Blink"),
    ("pin", "the code that Blink sent you"),
    ("help", "what I can do"),
)
