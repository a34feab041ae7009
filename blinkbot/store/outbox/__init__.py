"""Deliveries and device alerts on their way to chats.

outbox.py            the outbox, as the bot is handed it
queue.py             which delivery goes next
results.py           what becomes of it
bursts.py            which deliveries belong together
delivery_mapping.py  deliveries as rows, for the three above
device_alerts.py     offline cameras and low batteries
forum_topics.py      a camera's topic in a supergroup
"""
