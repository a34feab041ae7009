"""Deliveries and device alerts on their way to chats.

outbox.py            the deliveries, and what becomes of them
queue.py             which goes next
bursts.py            which belong together
delivery_mapping.py  deliveries as rows, for the two above
device_alerts.py     offline cameras and low batteries
forum_topics.py      a camera's topic in a supergroup
"""
