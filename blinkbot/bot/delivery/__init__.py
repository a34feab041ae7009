"""Clips and device alerts on their way into chats.

courier.py          from the outbox into the chats, in three queues
first_message.py    an alert's first message
doorbell.py         fresh pictures: of a visitor, of what has no video
video_message.py    the video in its place, and what Blink says late
backlog.py          what an outage left, as albums
bursts.py           clips that belong together
device_alerts.py    offline cameras and low batteries
composer.py         what a message says and how it arrives
sender.py           messages sent and changed
clip_videos.py      a clip's video as Telegram has it, or uploaded
pictures.py         thumbnails, first frames and contact sheets
downloads.py        clips from Blink
upload_line.py      whose turn the line is, and its speed
failure_policy.py   what is tried again, and what is given up
failure_message.py  what the chat reads of it
"""
