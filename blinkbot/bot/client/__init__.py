"""What speaks the Bot API.

polling.py        asking Telegram for updates
retry.py          which calls are made again
attachments.py    pictures and videos as messages
video_upload.py   videos made fit for Telegram
forum_topics.py   a topic a camera
message_quota.py  Telegram's limits on messages
diagnostics.py    what `blinkbot check` asks Telegram
"""
