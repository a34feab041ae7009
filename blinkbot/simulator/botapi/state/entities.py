"""The entities of a text, and the way back to HTML."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_FOUND_BY_TELEGRAM = (
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("url", re.compile(r"(?<![\w@/])https?://[^\s<>\"]*[^\s<>\".,;:!?)\]']")),
    ("mention", re.compile(r"(?<![\w@/.])@[A-Za-z0-9_]{4,32}\b")),
)

TAGS = {
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote expandable",
    "pre": "pre",
    "code": "code",
    "text_link": "a",
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
}
"""The tag of each kind of entity, from the outside inwards where several cover the same place."""
_DEPTHS = {kind: depth for depth, kind in enumerate(TAGS)}


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of formatted text: `offset` and `length` in UTF-16 units."""

    kind: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def boundaries(text: str) -> Iterator[int]:
    """Where an entity may begin or end, in UTF-16 units: never inside of a character."""
    at = 0
    yield at
    for char in text:
        at += units(char)
        yield at


def in_order(entities: list[Entity]) -> tuple[Entity, ...]:
    """Entities as Telegram lists them: by place, the longer first, each but once."""

    def place(entity: Entity) -> tuple[int, int, int]:
        return entity.offset, -entity.length, _DEPTHS.get(entity.kind, len(_DEPTHS))

    return tuple(sorted(dict.fromkeys(entities), key=place))


def trimmed(text: str, entities: tuple[Entity, ...]) -> tuple[str, tuple[Entity, ...]]:
    """The text without blanks around it, as Telegram keeps it, and the entities moved along."""
    lead = units(text) - units(text.lstrip())
    kept = text.strip()
    end = units(kept)
    moved = []
    for entity in entities:
        first, last = max(entity.offset - lead, 0), min(entity.end - lead, end)
        if last > first:
            moved.append(replace(entity, offset=first, length=last - first))
    return kept, tuple(moved)


def with_found(text: str, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The entities, with the commands, addresses and mentions that Telegram marks outside of links and code."""
    closed = [entity for entity in entities if entity.kind in ("text_link", "code", "pre")]
    found: list[Entity] = []
    for kind, pattern in _FOUND_BY_TELEGRAM:
        for match in pattern.finditer(text):
            entity = Entity(kind, units(text[: match.start()]), units(match[0]))
            if not any(entity.offset < other.end and other.offset < entity.end for other in [*closed, *found]):
                found.append(entity)
    present = {(entity.kind, entity.offset, entity.length) for entity in entities}
    return in_order([*entities, *(e for e in found if (e.kind, e.offset, e.length) not in present)])


def to_html(text: str, entities: tuple[Entity, ...]) -> str:
    """The HTML that makes this text; what Telegram marks by itself stays plain."""
    starts: dict[int, list[str]] = {}
    ends: dict[int, list[str]] = {}
    for entity in in_order(list(entities)):
        opening, closing = _tags(entity)
        starts.setdefault(entity.offset, []).append(opening)
        ends.setdefault(entity.end, []).insert(0, closing)
    out: list[str] = []
    for at, char in zip(boundaries(text), [*text, ""], strict=True):
        out += [*ends.get(at, ()), *starts.get(at, ()), html.escape(char, quote=False)]
    return "".join(out)


def _tags(entity: Entity) -> tuple[str, str]:
    if entity.kind == "pre" and entity.language:
        return f'<pre><code class="language-{html.escape(entity.language)}">', "</code></pre>"
    if entity.kind == "text_link":
        return f'<a href="{html.escape(entity.url or "")}">', "</a>"
    if entity.kind == "custom_emoji":
        return f'<tg-emoji emoji-id="{entity.custom_emoji_id}">', "</tg-emoji>"
    tag = TAGS.get(entity.kind)
    return (f"<{tag}>", f"</{tag.split()[0]}>") if tag else ("", "")
