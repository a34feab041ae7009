"""Clips and device alerts on their way into chats.

courier.py          from the outbox into the chats, in three lanes
first_message.py    an alert's first message; doorbell.py the fresh picture of a visitor
video_message.py    the video in its place
backlog.py          what an outage left, as albums
bursts.py           clips that belong together
device_alerts.py    offline cameras and low batteries
failure_policy.py   what becomes of a delivery that failed; failure_message.py what the chat is told
downloads.py        clips from Blink; upload_speed.py the line's speed
context.py          what all of these work with
"""
