"""/clips, and what the buttons under clips do.

command.py   the command; query.py what is asked for
lists.py     the lists of clips
play.py      one clip; play_all.py all of a list; file.py a clip's file
delete.py    deleting clips from Blink
actions.py   what the further buttons under a clip do
"""
