"""A topic per camera: how it is made and found again, and /topics from the group's side."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram.error import NetworkError

from blinkbot.bot.application import ChatBot
from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.bot.client.polling import PollingBot
from blinkbot.domain.preferences import ChatAlerts
from blinkbot.simulator.botapi import Group, Phone, TelegramServer
from blinkbot.store import Store
from tests.bot.conftest import FAMILY
from tests.bot.house import KITCHEN, PORCH, House, home


@pytest.fixture
def group(server: TelegramServer, phone: Phone) -> Group:
    """A supergroup with topics, in which the bot may do everything."""
    return server.group(FAMILY, "Family", [phone], bot_is_admin=True, forum=True)


@pytest.fixture
async def alone(bot: PollingBot, store: Store) -> AsyncIterator[ForumTopics]:
    """ForumTopics of a bot that serves no updates."""
    async with bot:
        yield ForumTopics(bot, store.forum_topics)


async def test_a_camera_gets_one_topic_and_keeps_it(alone: ForumTopics, group: Group) -> None:
    thread_id = await alone.thread_for(FAMILY, PORCH.id, "Porch")
    assert group.topics == {thread_id: "Porch"}
    assert await alone.thread_for(FAMILY, PORCH.id, "Porch") == thread_id
    assert len(group.topics) == 1


async def test_two_at_the_same_time_get_the_same_topic(alone: ForumTopics, group: Group) -> None:
    found = await asyncio.gather(*(alone.thread_for(FAMILY, PORCH.id, "Porch") for _ in range(3)))
    assert len(set(found)) == len(group.topics) == 1


async def test_a_camera_that_is_renamed_keeps_its_topic_under_the_new_name(alone: ForumTopics, group: Group) -> None:
    thread_id = await alone.thread_for(FAMILY, PORCH.id, "Porch")
    assert await alone.thread_for(FAMILY, PORCH.id, "Garden") == thread_id
    assert group.topics == {thread_id: "Garden"}


async def test_a_topic_that_people_rename_keeps_their_name(alone: ForumTopics, group: Group) -> None:
    thread_id = await alone.thread_for(FAMILY, PORCH.id, "Porch")
    group.rename_topic("Porch", "Cats")
    assert await alone.thread_for(FAMILY, PORCH.id, "Porch") == thread_id
    assert group.topics == {thread_id: "Cats"}


async def test_a_name_that_people_gave_before_us_is_no_trouble(alone: ForumTopics, group: Group) -> None:
    thread_id = await alone.thread_for(FAMILY, PORCH.id, "Porch")
    group.rename_topic("Porch", "Garden")
    assert await alone.thread_for(FAMILY, PORCH.id, "Garden") == thread_id


async def test_a_topic_that_was_found_deleted_is_made_again(alone: ForumTopics, group: Group) -> None:
    first = await alone.thread_for(FAMILY, PORCH.id, "Porch")
    group.delete_topic("Porch")
    assert first is not None
    await alone.lost(FAMILY, PORCH.id, first)
    second = await alone.thread_for(FAMILY, PORCH.id, "Porch")
    assert second != first
    assert group.topics == {second: "Porch"}


async def test_two_messages_that_find_a_topic_deleted_make_one_anew(alone: ForumTopics, group: Group) -> None:
    first = await alone.thread_for(FAMILY, PORCH.id, "Porch")
    assert first is not None
    group.delete_topic("Porch")

    async def found_out() -> int | None:
        await alone.lost(FAMILY, PORCH.id, first)
        return await alone.thread_for(FAMILY, PORCH.id, "Porch")

    threads = [await found_out() for _ in range(2)]
    assert threads[0] == threads[1]
    assert list(group.topics.values()) == ["Porch"]


async def test_a_topic_is_taken_for_granted_unless_it_is_to_be_verified(alone: ForumTopics, group: Group) -> None:
    first = await alone.thread_for(FAMILY, PORCH.id, "Porch")
    group.delete_topic("Porch")
    assert await alone.thread_for(FAMILY, PORCH.id, "Porch") == first
    assert group.topics == {}
    second = await alone.thread_for(FAMILY, PORCH.id, "Porch", verified=True)
    assert group.topics == {second: "Porch"}


async def test_a_topic_deleted_before_its_camera_is_renamed_is_made_again(alone: ForumTopics, group: Group) -> None:
    await alone.thread_for(FAMILY, PORCH.id, "Porch")
    group.delete_topic("Porch")
    thread_id = await alone.thread_for(FAMILY, PORCH.id, "Garden")
    assert group.topics == {thread_id: "Garden"}


async def test_where_the_bot_may_not_make_topics_there_is_none(alone: ForumTopics, group: Group) -> None:
    group.add_bot(as_admin=False)
    assert await alone.thread_for(FAMILY, PORCH.id, "Porch") is None


async def test_trouble_that_passes_is_raised(alone: ForumTopics, group: Group, server: TelegramServer) -> None:
    server.fail("createForumTopic", status=502)
    with pytest.raises(NetworkError):
        await alone.thread_for(FAMILY, PORCH.id, "Porch")
    assert await alone.thread_for(FAMILY, PORCH.id, "Porch")


@pytest.mark.parametrize(("name", "shown"), [("x" * 200, "x" * 127 + "…"), ("", "Camera 101"), ("a\nb", "a b")])
async def test_any_name_becomes_one_that_a_topic_can_bear(
    alone: ForumTopics, group: Group, name: str, shown: str
) -> None:
    await alone.thread_for(FAMILY, PORCH.id, name)
    assert list(group.topics.values()) == [shown]


async def test_clips_of_cameras_that_nobody_knows_share_no_topic(alone: ForumTopics, group: Group) -> None:
    assert await alone.thread_for(FAMILY, 0, "Somewhere") is None
    assert group.topics == {}


# -- /topics


async def test_topics_are_made_for_every_camera(chatbot: ChatBot, group: Group, house: House) -> None:
    house.now = home(cameras=[PORCH, KITCHEN])
    group.say("/topics on")
    await group.wait_for("each camera has its own topic (Front Porch and Kitchen).")
    assert sorted(group.topics.values()) == ["Front Porch", "Kitchen"]
    assert (await house.alerts(FAMILY)).topics
    assert not (await house.alerts()).topics


async def test_switching_them_on_again_makes_none_twice(chatbot: ChatBot, group: Group) -> None:
    group.say("/topics on")
    await group.wait_for("each camera has its own topic (")
    made = group.topics
    group.say("/topics on")
    await group.wait_for("each camera has its own topic (")
    assert group.topics == made


async def test_a_deleted_topic_is_made_again_and_only_that(chatbot: ChatBot, group: Group, house: House) -> None:
    group.say("/topics on")
    await group.wait_for("each camera has its own topic (")
    made = group.topics
    group.delete_topic("Kitchen")
    group.rename_topic("Front Porch", "Cats")
    group.close_topic("Door")
    group.say("/topics on")
    await group.wait_for("each camera has its own topic (Front Porch, Kitchen and Door).")
    assert sorted(group.topics.values()) == ["Cats", "Door", "Kitchen"]
    assert len(set(group.topics) & set(made)) == 2


async def test_a_topic_that_people_closed_stays_closed(
    chatbot: ChatBot, group: Group, house: House, server: TelegramServer
) -> None:
    house.now = home(cameras=[PORCH])
    group.say("/topics on")
    await group.wait_for("each camera has its own topic (")
    group.close_topic("Front Porch")
    group.say("/topics on")
    await group.wait_for("each camera has its own topic (")
    services = [message.service for message in group.in_topic("Front Porch") if message.service is not None]
    assert "forum_topic_closed" in services[-1]
    assert len(group.topics) == 1


async def test_hidden_cameras_get_no_topic(chatbot: ChatBot, group: Group, house: House) -> None:
    await house.choose(FAMILY, ChatAlerts(hidden_cameras=frozenset({KITCHEN.id})))
    group.say("/topics on")
    await group.wait_for("each camera has its own topic (Front Porch and Door).")
    assert sorted(group.topics.values()) == ["Door", "Front Porch"]


async def test_what_is_chosen_while_topics_are_made_holds(
    chatbot: ChatBot, group: Group, house: House, server: TelegramServer
) -> None:
    server.slow("createForumTopic", 0.2)
    group.say("/topics on")
    await group.wait_for("Making topics")
    await house.choose(FAMILY, ChatAlerts(loud=False))
    await group.wait_for("each camera has its own topic (")
    assert (await house.alerts(FAMILY)) == ChatAlerts(loud=False, topics=True)


async def test_off_leaves_the_topics_and_says_so(chatbot: ChatBot, group: Group, house: House) -> None:
    group.say("/topics")
    shown = await group.wait_for("Everything arrives in one place here.")
    group.tap(shown, "🗂 A topic per camera")
    await group.wait_for_edit(shown, "each camera has its own topic (")
    made = group.topics
    group.say("/topics off")
    await group.wait_for("The topics stay")
    assert not (await house.alerts(FAMILY)).topics
    assert group.topics == made


@pytest.mark.parametrize("words", ["/topics off", "/topics on", "/topics"])
async def test_a_private_chat_has_no_topics_whatever_is_asked(chatbot: ChatBot, phone: Phone, words: str) -> None:
    phone.say(words)
    await phone.wait_for("Topics work in groups")


async def test_off_is_nothing_new_where_there_are_none(chatbot: ChatBot, server: TelegramServer, phone: Phone) -> None:
    plain = server.group(FAMILY, "Family", [phone])
    plain.say("/topics off")
    await plain.wait_for("Everything arrives in one place here already.")


async def test_a_group_without_topics_is_told_how_to_have_them(
    chatbot: ChatBot, server: TelegramServer, phone: Phone
) -> None:
    plain = server.group(FAMILY, "Family", [phone])
    plain.say("/topics on")
    await plain.wait_for("2. Switch Topics on.")


async def test_a_bot_without_the_right_tells_how_to_give_it(chatbot: ChatBot, group: Group, house: House) -> None:
    group.add_bot(as_admin=True, rights=["can_pin_messages"])
    group.say("/topics on")
    await group.wait_for("I'm not allowed to make topics here.")
    assert not (await house.alerts(FAMILY)).topics


async def test_a_command_in_a_topic_is_answered_there(chatbot: ChatBot, group: Group) -> None:
    thread_id = group.create_topic("Talk")
    group.say("/quiet", thread_id=thread_id)
    assert (await group.wait_for("No quiet hours")).thread_id == thread_id


async def test_a_topic_that_people_closed_stays_closed_though_telegram_stumbles(
    alone: ForumTopics, group: Group, server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blinkbot.bot.client.retry.DELAYS", (0.0,))
    thread_id = await alone.thread_for(FAMILY, PORCH.id, "Porch")
    group.close_topic("Porch")
    server.fail("closeForumTopic", status=500)
    assert await alone.thread_for(FAMILY, PORCH.id, "Porch", verified=True) == thread_id
    services = [message.service for message in group.in_topic("Porch") if message.service is not None]
    assert "forum_topic_closed" in services[-1]
