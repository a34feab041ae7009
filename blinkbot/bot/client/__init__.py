"""What speaks the Bot API.

bot.py            the bot: its requests, its limits, its defaults
polling.py        asking Telegram for updates
errors.py         what Telegram's errors mean
retry.py          which calls are made again
concurrency.py    waiting for several things, and finishing what is begun
attachments.py    pictures, videos and words as messages
albums.py         many videos as albums
video_upload.py   videos made fit for Telegram
forum_topics.py   a topic a camera
message_quota.py  Telegram's limits on messages
diagnostics.py    what `blinkbot check` asks Telegram
"""
