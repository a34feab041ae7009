"""Chats as people see them.

group.py    A group, as its members see it, and what they can do to it
history.py  what can be read in a chat with a phone in the hand
phone.py    chats as people see them: what can be done and waited for with a phone in the hand
views.py    A chat as JSON for a page that shows it: what a message looks like, not how the Bot API writes it
"""
