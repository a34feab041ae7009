"""/mute, /unmute, /snooze and /quiet: fewer notifications.

mute.py           /mute and /unmute, and the Mute button
mute_targets.py   what can be muted or snoozed
snooze.py         Blink's own notifications
quiet.py          the quiet hours
"""
