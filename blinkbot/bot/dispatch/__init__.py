"""From an update to a request and its reply.

access.py            the gate before every handler
update_processor.py  one update at a time within a chat, chats side by side
dispatcher.py        updates become requests, handlers become tasks
request.py           what a handler is handed
reply.py             the one message that answers a command
handler_task.py      a handler at work, and how it ended
languages.py         the language of each chat
callback_query.py    ends the wait of a tap
unknown_camera.py    buttons whose camera was not known when they were made
error_handler.py     when a handler fails
announcer.py         what the bot says by itself
router.py            what a command's file declares
choices.py           which thing is meant by a name
"""
