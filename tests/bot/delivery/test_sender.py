"""What counts as sent to a chat."""

import pytest
from telegram.error import NetworkError

from blinkbot.bot import Courier
from blinkbot.bot.client.message_quota import PRIVATE, MessageQuota
from blinkbot.domain.deliveries import Queue
from tests.bot.conftest import OWNER
from tests.bot.delivery.post import Post, Threads, alert


async def test_where_no_topic_can_be_made_nothing_counts_as_sent(
    courier: Courier, quota: MessageQuota, post: Post, threads: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unreachable(*_: object) -> int | None:
        raise NetworkError("no way to Telegram")

    monkeypatch.setattr(threads, "thread_for", unreachable)
    await post.choose(OWNER, topics=True)
    await post.put(alert(), chats=[OWNER])
    for _ in range(PRIVATE.most):
        await courier.deliver_next(Queue.ALERTS)
        post.clock.forward(31)
    # What the bot then answers is counted as it goes out.
    for _ in range(PRIVATE.most):
        quota.count(OWNER)
    assert quota.limited(Queue.ALERTS) == {OWNER}
