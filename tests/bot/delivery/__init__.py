"""Clips on their way into the chats."""
