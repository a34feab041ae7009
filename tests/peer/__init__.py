"""Other people's clients against the simulators, so that these do not just agree with our own client."""
