"""The commands, a file each.

routers.py   every command's file, in the order of the menu
start.py status.py arm.py snap.py live.py light.py siren.py schedule.py signin.py stats.py alerts.py topics.py
clips/       /clips and the buttons under clips
muting/      /mute, /unmute, /snooze and /quiet
"""
