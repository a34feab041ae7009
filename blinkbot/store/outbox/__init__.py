"""Deliveries and device alerts on their way to chats.

delivery_rows.py  deliveries as rows, for the three below
queue.py          which delivery goes next
results.py        what becomes of it
bursts.py         which deliveries belong together
device_alerts.py  offline cameras and low batteries
forum_topics.py   a camera's topic in a supergroup
"""
