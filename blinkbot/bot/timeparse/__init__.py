"""Words about time, in any language that has a vocabulary: from text to codes and values, without a sentence.

vocabulary.py  the words that people type, read from words/, a file for each language
tokens.py      from text to tokens: words and numbers
scanner.py     from tokens to pieces, by rules
pieces.py      days, clock times, lengths: what times are made of
past.py        "yesterday evening": when something was
future.py      "until 7:00", "2 h": how long something is to last
quiet.py       "22:00-07:00": hours of each day
instants.py    from local times to instants, over a change of the clocks
problems.py    why words mean no time
"""
