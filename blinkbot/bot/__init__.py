"""The Telegram side: requests in, answers and clips out."""
