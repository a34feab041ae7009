"""Deliveries and device alerts on their way to chats.

enqueue.py           clips become deliveries
outbox.py            the deliveries, and what becomes of them
queue.py             which goes next
bursts.py            which belong together
late_words.py        which do not say what is known by now
delivery_mapping.py  deliveries as rows, for the two above
device_alerts.py     offline cameras and low batteries
forum_topics.py      a camera's topic in a supergroup
"""
