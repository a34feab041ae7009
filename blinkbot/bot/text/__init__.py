"""What people read.

formatting.py      times, lengths and names in sentences
times.py           ends to come, windows, and what is wrong with times that were typed
names.py           names as people type them, labels that tell namesakes apart
locale.py          the home, the present, the zones and the language that words are said with
delivery.py        how far a video is, and why it does not come
device_alerts.py   offline cameras and low batteries
captions.py        what stands under a clip
alerts.py          the words of /alerts, /quiet and /topics
muting.py          the words of /mute, /unmute and /snooze
clips.py           the words of /clips, and the buttons under a clip
devices.py         orders to networks, cameras, lights, sirens and schedules, and how they ended
status.py          the texts of /status and /stats, and the words in the picture
dispatch.py        what is said around every command
signin.py          signing in to Blink
error_messages.py  what went wrong, in words
"""
