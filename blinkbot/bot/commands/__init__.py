"""The commands, a file each.

routers.py       every command's file, in the order of the menu
start.py status.py arm.py snap.py live.py light.py siren.py schedule.py signin.py stats.py alerts.py quiet.py topics.py
mute.py          /mute and /unmute; mute_targets.py what can be muted, for /snooze, too
snooze.py        Blink's own notifications
clips/           /clips and the buttons under clips
"""
