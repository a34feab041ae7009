"""HTML is parsed as Telegram parses it, and refused in its words."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.simulator.botapi.protocol.errors import Refusal
from blinkbot.simulator.botapi.state.entities import Entity, to_html, units, with_found
from blinkbot.simulator.botapi.state.html import parse_html


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("tg-spoiler", "spoiler"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
    ],
)
def test_a_tag_becomes_its_entity(tag: str, kind: str) -> None:
    assert parse_html(f"a<{tag}>bc</{tag}>d") == ("abcd", (Entity(kind, 1, 2),))


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        (
            '<a href="https://example.org/?a=1&amp;b=2">x</a>',
            Entity("text_link", 0, 1, url="https://example.org/?a=1&b=2"),
        ),
        ('<span class="tg-spoiler">x</span>', Entity("spoiler", 0, 1)),
        ("<blockquote expandable>x</blockquote>", Entity("expandable_blockquote", 0, 1)),
        ('<pre><code class="language-python">x</code></pre>', Entity("pre", 0, 1, language="python")),
        (
            '<tg-emoji emoji-id="5368324170671202286">x</tg-emoji>',
            Entity("custom_emoji", 0, 1, custom_emoji_id="5368324170671202286"),
        ),
    ],
)
def test_attributes_count(source: str, entity: Entity) -> None:
    assert parse_html(source) == ("x", (entity,))


def test_entities_are_measured_in_utf_16() -> None:
    assert parse_html("🏠🏠<b>é🏠</b>") == ("🏠🏠é🏠", (Entity("bold", 4, 3),))


def test_entities_nest() -> None:
    text, entities = parse_html("<b>a<i>b</i></b>")

    assert text == "ab"
    assert entities == (Entity("bold", 0, 2), Entity("italic", 1, 1))


def test_telegram_knows_four_names_and_all_numbers() -> None:
    assert parse_html("&lt;&gt;&amp;&quot;&#65;&#x42;&nbsp;&ltx")[0] == '<>&"AB&nbsp;&ltx'


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("5 < 6", 'Unsupported start tag "" at byte offset 2'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("<script>", 'Unsupported start tag "script" at byte offset 0'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>bold", 'Can\'t find end tag corresponding to start tag "b"'),
        ("bold</b>", "Unexpected end tag at byte offset 4"),
        ("<b>bold</b", "Unclosed end tag at byte offset 7"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=https://example.org>x</a>", "Unexpected end of name token at byte offset 8"),
    ],
)
def test_bad_html_is_refused_with_the_place(source: str, complaint: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_html(source)

    assert refusal.value.status == 400
    assert refusal.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_commands_addresses_and_mentions_are_found() -> None:
    text = "Send /arm or see https://example.org/a. Ask @ada_l, not a/b or mail@ada_l"

    found = [(entity.kind, text[entity.offset : entity.end]) for entity in with_found(text, ())]

    assert found == [("bot_command", "/arm"), ("url", "https://example.org/a"), ("mention", "@ada_l")]


def test_nothing_is_found_in_code() -> None:
    text, entities = parse_html("<code>/arm</code> /disarm")

    assert [entity.kind for entity in with_found(text, entities)] == ["code", "bot_command"]


NESTED = st.recursive(
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=6).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    ),
    lambda inner: st.lists(
        st.tuples(st.sampled_from(["b", "i", "u", "s", "tg-spoiler"]), inner), min_size=1, max_size=3
    ).map(lambda parts: "".join(f"<{tag}>{words}</{tag}>" for tag, words in parts)),
    max_leaves=6,
)


@given(NESTED)
def test_text_and_entities_go_back_to_html_of_the_same_meaning(source: str) -> None:
    text, entities = parse_html(source)

    assert parse_html(to_html(text, entities)) == (text, entities)


@given(st.text(st.sampled_from("<>/&;#=\"' \nabi1🏠")))
def test_nothing_but_a_refusal_comes_of_bad_html(source: str) -> None:
    with contextlib.suppress(Refusal):
        text, entities = parse_html(source)
        assert all(0 <= entity.offset < entity.end <= units(text) for entity in entities)
