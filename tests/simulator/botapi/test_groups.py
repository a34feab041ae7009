"""Groups: what the bot may read there, what becomes of a supergroup, and topics."""

import pytest
from telegram import Bot, ChatMemberAdministrator, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden

from blinkbot.simulator.botapi import Group, Phone, TelegramServer


@pytest.fixture
def group(server: TelegramServer, phone: Phone) -> Group:
    return server.group(-500, "Family", [phone, server.phone(1002, first_name="Bo")])


@pytest.fixture
def forum(server: TelegramServer, phone: Phone) -> Group:
    return server.group(-1_000_000_000_900, "Cameras", [phone], bot_is_admin=True, forum=True)


async def heard(bot: Bot) -> list[str | None]:
    return [update.message.text for update in await bot.get_updates() if update.message]


async def test_a_bot_hears_commands_and_replies_to_it_but_not_talk(bot: Bot, group: Group) -> None:
    await bot.send_message(-500, "Home is armed")

    group.say("nice weather")
    group.say("/status")
    group.say("/arm@blinkbot_sim_bot")
    group.say("/arm@another_bot")
    group.say("thanks", reply_to=group.last)

    assert await heard(bot) == ["/status", "/arm@blinkbot_sim_bot", "thanks"]


async def test_an_administrator_hears_everything(bot: Bot, server: TelegramServer, phone: Phone) -> None:
    group = server.group(-500, "Family", [phone], bot_is_admin=True)

    group.say("nice weather")
    group.say("/arm@another_bot")

    assert await heard(bot) == ["nice weather", "/arm@another_bot"]


async def test_a_member_s_message_names_the_member(bot: Bot, server: TelegramServer, group: Group) -> None:
    group.say("/status", by=server.phone(1002).person)

    (update,) = await bot.get_updates()
    assert update.effective_user is not None
    assert update.effective_chat is not None
    assert (update.effective_user.first_name, update.effective_chat.title) == ("Bo", "Family")


async def test_a_supergroup_has_a_new_id_and_the_old_one_says_so(bot: Bot, group: Group) -> None:
    supergroup = group.migrate_to_supergroup()

    there, here = [update.message for update in await bot.get_updates()]
    assert there is not None
    assert here is not None
    assert there.migrate_to_chat_id == supergroup.chat_id
    assert here.migrate_from_chat_id == -500
    assert here.chat.type == "supergroup"
    with pytest.raises(ChatMigrated) as error:
        await bot.send_message(-500, "hello")
    assert error.value.new_chat_id == supergroup.chat_id
    await bot.send_message(supergroup.chat_id, "hello")
    assert supergroup.last.text == "hello"


async def test_the_new_supergroup_is_found_by_its_id(server: TelegramServer, group: Group) -> None:
    supergroup = group.migrate_to_supergroup()

    assert server.view(supergroup.chat_id).messages == supergroup.messages


async def test_a_bot_thrown_out_cannot_write_until_it_is_let_in(bot: Bot, group: Group) -> None:
    group.remove_bot()
    with pytest.raises(Forbidden, match="bot was kicked from the group chat"):
        await bot.send_message(-500, "hello")

    group.add_bot()
    await bot.send_message(-500, "hello")

    statuses = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    assert [each.new_chat_member.status for each in statuses] == ["kicked", "member"]


async def test_only_an_administrator_deletes_people_s_messages(bot: Bot, group: Group) -> None:
    said = group.say("/pin 123456")

    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(-500, said.id)
    group.add_bot(as_admin=True)
    await bot.delete_message(-500, said.id)

    assert group.now(said).deleted


async def test_membership_can_be_asked_for(bot: Bot, server: TelegramServer, group: Group) -> None:
    server.phone(3003, first_name="Mallory")

    assert (await bot.get_chat_member(-500, 1002)).status == "member"
    assert (await bot.get_chat_member(-500, 3003)).status == "left"
    assert (await bot.get_chat_member(-500, bot.id)).status == "member"
    group.add_bot(as_admin=True)
    assert (await bot.get_chat_member(-500, bot.id)).status == "administrator"


async def test_a_topic_is_made_and_written_into(bot: Bot, forum: Group) -> None:
    topic = await bot.create_forum_topic(forum.chat_id, "Porch")

    sent = await bot.send_message(forum.chat_id, "Motion", message_thread_id=topic.message_thread_id)

    assert forum.topics == {topic.message_thread_id: "Porch"}
    assert forum.last.thread_id == topic.message_thread_id
    assert sent.is_topic_message


async def test_a_topic_that_was_deleted_takes_no_messages(bot: Bot, forum: Group) -> None:
    topic = await bot.create_forum_topic(forum.chat_id, "Porch")
    await bot.send_message(forum.chat_id, "Motion", message_thread_id=topic.message_thread_id)

    forum.delete_topic(topic.message_thread_id)

    assert forum.from_bot == []
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(forum.chat_id, "Motion", message_thread_id=topic.message_thread_id)


async def test_a_topic_is_renamed_by_either_side(bot: Bot, forum: Group) -> None:
    topic = await bot.create_forum_topic(forum.chat_id, "Porch")

    await bot.edit_forum_topic(forum.chat_id, topic.message_thread_id, name="Front door")
    forum.rename_topic(topic.message_thread_id, "Door")

    assert forum.topics[topic.message_thread_id] == "Door"
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.forum_topic_edited is not None
    assert update.message.forum_topic_edited.name == "Door"


async def test_a_topic_is_closed_and_opened_by_the_bot(bot: Bot, forum: Group) -> None:
    topic = await bot.create_forum_topic(forum.chat_id, "Porch")

    await bot.close_forum_topic(forum.chat_id, topic.message_thread_id)
    with pytest.raises(BadRequest, match="Topic_not_modified"):
        await bot.close_forum_topic(forum.chat_id, topic.message_thread_id)
    await bot.reopen_forum_topic(forum.chat_id, topic.message_thread_id)
    with pytest.raises(BadRequest, match="Topic_not_modified"):
        await bot.reopen_forum_topic(forum.chat_id, topic.message_thread_id)


async def test_topics_need_a_forum_and_rights(bot: Bot, group: Group, forum: Group) -> None:
    with pytest.raises(BadRequest, match="The chat is not a forum"):
        await bot.create_forum_topic(-500, "Porch")
    forum.add_bot()
    with pytest.raises(BadRequest, match="Not enough rights to create a topic"):
        await bot.create_forum_topic(forum.chat_id, "Porch")


async def test_each_right_is_granted_by_itself(bot: Bot, forum: Group) -> None:
    theirs, own = forum.create_topic("Talk"), (await bot.create_forum_topic(forum.chat_id, "Porch")).message_thread_id
    forum.add_bot(as_admin=True, rights={"can_pin_messages"})

    member = await bot.get_chat_member(forum.chat_id, bot.id)
    assert isinstance(member, ChatMemberAdministrator)
    assert (member.can_pin_messages, member.can_manage_topics, member.can_delete_messages) == (True, False, False)
    with pytest.raises(BadRequest, match="Not enough rights to create a topic"):
        await bot.create_forum_topic(forum.chat_id, "Garage")
    with pytest.raises(BadRequest, match="Not enough rights to edit the topic"):
        await bot.edit_forum_topic(forum.chat_id, theirs, name="Chat")
    await bot.edit_forum_topic(forum.chat_id, own, name="Front door")  # what it made itself it may rename
    assert forum.topics == {theirs: "Talk", own: "Front door"}


async def test_a_closed_topic_takes_messages_of_administrators_alone(bot: Bot, forum: Group) -> None:
    topic = forum.create_topic("Porch")
    forum.close_topic("Porch")
    await bot.send_message(forum.chat_id, "Motion", message_thread_id=topic)

    forum.add_bot()
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(forum.chat_id, "Motion", message_thread_id=topic)
    forum.reopen_topic("Porch")
    await bot.send_message(forum.chat_id, "Motion", message_thread_id=topic)

    assert [message.text for message in forum.in_topic("Porch") if message.text] == ["Motion", "Motion"]


async def test_an_answer_stays_in_the_topic_of_what_it_answers(bot: Bot, forum: Group) -> None:
    topic = forum.create_topic("Porch")
    asked = forum.say("/snap", thread_id=topic)

    await bot.send_message(forum.chat_id, "Here", reply_to_message_id=asked.id)
    forum.say("thanks", reply_to=forum.last)

    assert [message.text for message in forum.in_topic(topic)][1:] == ["/snap", "Here", "thanks"]


async def test_an_answer_to_a_deleted_message_of_another_topic_is_refused_in_any_case(bot: Bot, forum: Group) -> None:
    here, there = forum.create_topic("Porch"), forum.create_topic("Garage")
    gone = forum.say("/snap", thread_id=there)
    forum.delete(gone)

    may_go_alone = ReplyParameters(gone.id, allow_sending_without_reply=True)
    await bot.send_message(forum.chat_id, "Here", message_thread_id=there, reply_parameters=may_go_alone)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(forum.chat_id, "Here", message_thread_id=here, reply_parameters=may_go_alone)

    assert forum.last.reply_to is None


async def test_a_group_without_topics_has_no_threads(bot: Bot, group: Group, forum: Group) -> None:
    topic = forum.create_topic("Porch")
    assert (await bot.get_chat(forum.chat_id)).is_forum

    assert not (await bot.get_chat(group.chat_id)).is_forum
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(group.chat_id, "Motion", message_thread_id=topic)
