"""The Telegram side as it is shipped, put together for a test."""

import asyncio

from blinkbot.bot import ChatBot, ChatContext, OpenKeyboards, TelegramAnnouncer, Tools
from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.bot.client.message_quota import MessageQuota
from blinkbot.bot.client.polling import PollingBot
from blinkbot.bot.client.retry import Sleep
from blinkbot.bot.client.video_upload import UploadLimit, VideoUploads
from blinkbot.store import ChatRepository
from tests.bot.house import House, Videos
from tests.clock import FakeClock


def tools_for(
    announcer: TelegramAnnouncer, topics: ForumTopics, videos: Videos | None = None, quota: MessageQuota | None = None
) -> Tools:
    """What handlers work with."""
    videos, quota = videos or Videos(), quota or MessageQuota(FakeClock())
    return Tools(
        announcer=announcer,
        videos=videos,
        uploads=VideoUploads(videos, UploadLimit()),
        topics=topics,
        quota=quota,
        open_keyboards=OpenKeyboards(),
        live_seconds=10.0,
    )


def chatbot_of(
    bot: PollingBot,
    house: House,
    directory: ChatRepository,
    tools: Tools,
    *,
    time_zone: str = "Europe/Berlin",
    sleep: Sleep = asyncio.sleep,
) -> ChatBot:
    """The bot in front of a home in memory."""
    context = ChatContext(house.clock, time_zone, sleep)
    return ChatBot(bot, house.for_chat, directory, context, tools)
