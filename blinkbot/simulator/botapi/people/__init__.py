"""Chats as people see them.

group.py    a group as its members use it
history.py  a chat as a person reads it
phone.py    a chat as a person uses it: writing, tapping, and waiting for the bot
views.py    a chat as JSON for a page that shows it
"""
