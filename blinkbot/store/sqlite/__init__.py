"""The database itself.

data_folder.py    the data folder's modes and its lock
database.py       the thread, transactions, opening
migrations.py     the tables, append-only
old_sentences.py  sentences of earlier versions, as codes
mapping.py        domain values as rows, and back
repository.py     what every repository stands on
"""
