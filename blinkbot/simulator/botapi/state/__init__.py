"""What the simulated Telegram knows: chats, messages, files, updates.

chats.py         chats as the server keeps them: members, messages, topics, and whether the bot may write
command_menu.py  the command menu: lists of commands by scope and language, and which of them a chat sees
content.py       the words of a message with their formatting, checked as Telegram checks them
entities.py      the entities of a text, and the way back to HTML
files.py         the files on "Telegram's servers"
html.py          HTML to text with entities
keyboards.py     inline keyboards, checked button by button
to_json.py       values as the Bot API writes them
updates.py       the queue of updates, and the one long poll that may wait on it
values.py        the values of chats, messages, files and calls
waiting.py       waiting for a condition, woken by every change that may have made it true
world.py         the state of the simulated Telegram: chats, messages, taps, and every event so far
"""
