"""What the simulated Telegram knows: chats, messages, files, updates.

chats.py         chats as the server keeps them: members, messages, topics, and whether the bot may write
command_menu.py  the command menu: lists of commands by scope and language, and which of them a chat sees
content.py       what goes into a message: words with formatting, checked as Telegram checks them
entities.py      formatted stretches of a text: what Telegram marks by itself, and the way back to HTML
files.py         the files on "Telegram's servers"
html.py          HTML to text with entities
keyboards.py     inline keyboards, checked button by button
to_json.py       values as the Bot API writes them
updates.py       the queue of updates, and the one long poll that may wait on it
values.py        what a person with a phone sees, and what the server remembers of a call: frozen values
waiting.py       waiting for a condition, woken by every change that may have made it true
world.py         what is so at the moment: chats, messages, taps, and everything that happened
"""
