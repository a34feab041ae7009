"""From cloud to outbox: when Blink is asked, what of its answers is news, and how the watch stands."""
