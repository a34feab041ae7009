"""`blinkbot api` as it is typed, against a Blink cloud on loopback."""
