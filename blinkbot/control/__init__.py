"""From command to cloud: what an authorized chat may ask of the home, and the sign-in that it all rests on."""
