"""Tests of blinkbot.bot."""
