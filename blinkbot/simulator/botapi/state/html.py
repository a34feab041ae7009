"""The parser of HTML: text and entities, or Telegram's own refusal.

Offsets are UTF-16 units in entities and UTF-8 bytes in refusals, as with the real one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from blinkbot.simulator.botapi.protocol.errors import Refusal, bad_request
from blinkbot.simulator.botapi.state.entities import TAGS, Entity, in_order, units

_SYNONYMS = {"strong": "b", "em": "i", "ins": "u", "strike": "s", "del": "s", "span": "tg-spoiler"}
_TAG_KINDS = {tag: kind for kind, tag in TAGS.items()} | {"tg-emoji": "custom_emoji"}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([A-Za-z]+));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_ATTRIBUTE = re.compile(r"""([^\s=>]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^"'].*?(?=[\s>]|$)|$)))?""", re.DOTALL)
_LONE_SURROGATE = (
    "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"
)
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


def parse_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """The text and the entities. Raises Refusal."""
    return _HtmlReader(source).read()


def _unparsable(what: str) -> Refusal:
    return bad_request(f"can't parse entities: {what}")


@dataclass(frozen=True, slots=True)
class _OpenTag:
    name: str
    attributes: dict[str, str]
    offset: int


class _HtmlReader:
    """One pass over the source, with a stack of open tags."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._out: list[str] = []
        self._length = 0
        self._open: list[_OpenTag] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, tuple[Entity, ...]]:
        while self._at < len(self._source):
            if self._source.startswith("</", self._at):
                self._end_tag()
            elif self._source[self._at] == "<":
                self._start_tag()
            else:
                self._words()
        if self._open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        return "".join(self._out), in_order(_with_languages(self._entities))

    def _words(self) -> None:
        end = self._source.find("<", self._at)
        end = len(self._source) if end < 0 else end
        text = _decoded(self._source[self._at : end])
        self._out.append(text)
        self._length += units(text)
        self._at = end

    def _start_tag(self) -> None:
        start = self._at
        name_end = self._skip(start + 1, lambda char: not char.isspace() and char != ">")
        name = self._source[start + 1 : name_end].lower()
        if name_end == len(self._source):
            raise _unparsable(f"Unclosed start tag at byte offset {self._byte(start)}")
        if _SYNONYMS.get(name, name) not in _TAG_KINDS:
            raise _unparsable(f'Unsupported start tag "{name}" at byte offset {self._byte(start)}')
        attributes = self._attributes(name, start, name_end)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(start)}')
        self._open.append(_OpenTag(name, attributes, self._length))

    def _attributes(self, tag: str, start: int, at: int) -> dict[str, str]:
        """Read `name="value"` pairs up to the tag's `>`, and move behind it."""
        attributes: dict[str, str] = {}
        while True:
            at = self._skip(at, str.isspace)
            if at == len(self._source):
                raise _unparsable(f"Unclosed start tag at byte offset {self._byte(start)}")
            if self._source[at] == ">":
                self._at = at + 1
                return attributes
            match = _ATTRIBUTE.match(self._source, at)
            if match is None or not match[1]:
                raise _unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(start)}')
            if match[4] is not None and not _NAME_TOKEN.fullmatch(match[4]):
                raise _unparsable(f"Unexpected end of name token at byte offset {self._byte(match.start(4))}")
            attributes[match[1].lower()] = _decoded(next(filter(None, match.groups()[1:]), ""))
            at = match.end()

    def _end_tag(self) -> None:
        start = self._at
        if not self._open:
            raise _unparsable(f"Unexpected end tag at byte offset {self._byte(start)}")
        name_end = self._skip(start + 2, lambda char: not char.isspace() and char != ">")
        end = self._skip(name_end, str.isspace)
        if not self._source.startswith(">", end):
            raise _unparsable(f"Unclosed end tag at byte offset {self._byte(start)}")
        name = self._source[start + 2 : name_end].lower()
        tag = self._open.pop()
        if name not in ("", tag.name):
            mismatch = f'expected "</{tag.name}>", found "</{name}>"'
            raise _unparsable(f"Unmatched end tag at byte offset {self._byte(start)}, {mismatch}")
        self._at = end + 1
        entity = self._entity(tag)
        if entity is not None and entity.length:
            self._entities.append(entity)

    def _entity(self, tag: _OpenTag) -> Entity | None:
        """What a closed tag means; None for a link that leads nowhere."""
        kind = _TAG_KINDS[_SYNONYMS.get(tag.name, tag.name)]
        entity = Entity(kind, tag.offset, self._length - tag.offset)
        match tag.name:
            case "a":
                url = tag.attributes.get("href")
                return replace(entity, url=url) if url else None
            case "blockquote" if "expandable" in tag.attributes:
                return replace(entity, kind="expandable_blockquote")
            case "tg-emoji":
                emoji = tag.attributes.get("emoji-id", "")
                if not emoji.isdigit():
                    raise _unparsable("Invalid custom emoji identifier specified")
                return replace(entity, custom_emoji_id=emoji)
            case "code":
                language = tag.attributes.get("class", "")
                if "language-" in language:
                    return replace(entity, language=language.removeprefix("language-"))
        return entity

    def _skip(self, at: int, while_true: Callable[[str], bool]) -> int:
        while at < len(self._source) and while_true(self._source[at]):
            at += 1
        return at

    def _byte(self, at: int) -> int:
        return len(self._source[:at].encode())


def _decoded(source: str) -> str:
    return _REFERENCE.sub(_referenced, source)


def _referenced(match: re.Match[str]) -> str:
    """The character of a reference: Telegram knows four names, and numbers."""
    if match[3]:
        return _NAMED.get(match[3], match[0])
    code = int(match[1], 16) if match[1] else int(match[2])
    if 0xD800 <= code < 0xE000:
        raise _unparsable(_LONE_SURROGATE)
    return chr(code) if 0 < code < 0x10FFFF else match[0]


def _with_languages(entities: list[Entity]) -> list[Entity]:
    """`<pre><code class="language-x">`, either way around, is one block in a language; alone a language is nothing."""
    blocks = {(each.offset, each.length) for each in entities if each.kind == "pre"}
    languages = {(each.offset, each.length): each.language for each in entities if each.language}
    kept = []
    for entity in entities:
        place = (entity.offset, entity.length)
        if entity.kind == "pre":
            kept.append(replace(entity, language=languages.get(place)))
        elif entity.kind != "code" or place not in blocks or not entity.language:
            kept.append(replace(entity, language=None))
    return kept
