"""A topic for each camera."""

from pathlib import Path

from blinkbot import ports
from blinkbot.domain.deliveries import ForumTopic
from blinkbot.store import Store
from tests.clock import FakeClock
from tests.store.things import FAMILY, OWNER

PORCH = ForumTopic(FAMILY, 301, 7, "Porch 🏡")


async def test_a_camera_has_no_topic_at_first(store: Store) -> None:
    book: ports.TopicStore = store.forum_topics
    assert await book.topic(FAMILY, 301) is None
    assert await book.topics(FAMILY) == ()


async def test_a_topic_is_remembered_across_restarts(store: Store, data_dir: Path, clock: FakeClock) -> None:
    await store.forum_topics.save_topic(PORCH)
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert await reopened.forum_topics.topic(FAMILY, 301) == PORCH
    assert await reopened.forum_topics.topic(OWNER, 301) is None
    await reopened.close()


async def test_a_topic_takes_the_place_of_the_cameras_earlier_one(store: Store) -> None:
    renamed, garden = ForumTopic(FAMILY, 301, 8, "Front"), ForumTopic(FAMILY, 302, 9, "Garden")
    for topic in (garden, PORCH, renamed):
        await store.forum_topics.save_topic(topic)
    assert await store.forum_topics.topics(FAMILY) == (renamed, garden)


async def test_a_topic_that_was_deleted_is_forgotten(store: Store) -> None:
    await store.forum_topics.save_topic(PORCH)
    await store.forum_topics.forget_topic(FAMILY, 301)
    assert await store.forum_topics.topic(FAMILY, 301) is None


async def test_topics_stay_behind_when_a_group_moves(store: Store) -> None:
    await store.forum_topics.save_topic(PORCH)
    await store.chats.migrate(FAMILY, -77)
    assert await store.forum_topics.topics(-77) == await store.forum_topics.topics(FAMILY) == ()
