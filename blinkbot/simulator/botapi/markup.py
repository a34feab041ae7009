"""HTML to text with entities.

The parser refuses what Telegram refuses, in its words: unknown and unclosed tags, crossed tags, a bare `<`.
Offsets are UTF-16 units in entities and UTF-8 bytes in complaints, as with the real one.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from blinkbot.simulator.botapi.entities import Entity, in_order, units
from blinkbot.simulator.botapi.refusals import Refusal, bad_request

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_REFERENCE = re.compile(r"&(#x[0-9a-fA-F]+|#[0-9]+|lt|gt|amp|quot);?")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>]*)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")


def parse_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """The text of a piece of HTML and its entities. Raises Refusal."""
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
        return "".join(self._out), in_order(self._entities)

    def _words(self) -> None:
        end = self._source.find("<", self._at)
        end = len(self._source) if end < 0 else end
        text = _REFERENCE.sub(_referenced, self._source[self._at : end])
        self._out.append(text)
        self._length += units(text)
        self._at = end

    def _start_tag(self) -> None:
        start = self._at
        name_end = self._skip(start + 1, lambda char: not char.isspace() and char != ">")
        name = self._source[start + 1 : name_end].lower()
        if name_end == len(self._source):
            raise _unparsable(f"Unclosed start tag at byte offset {self._byte(start)}")
        if name not in _KINDS:
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
            if match[2] is None and match[1].lower() != "expandable":
                raise _unparsable(
                    f'Expected equal sign in declaration of an attribute of the tag "{tag}" '
                    f"at byte offset {self._byte(start)}"
                )
            value = next((match[n] for n in (3, 4, 5) if match[n] is not None), "")
            attributes[match[1].lower()] = html.unescape(value)
            at = match.end()

    def _end_tag(self) -> None:
        start = self._at
        end = self._source.find(">", start)
        if end < 0:
            raise _unparsable(f"Unclosed end tag at byte offset {self._byte(start)}")
        name = self._source[start + 2 : end].strip().lower()
        if not self._open:
            raise _unparsable(f"Unexpected end tag at byte offset {self._byte(start)}")
        tag = self._open.pop()
        if name not in ("", tag.name):
            raise _unparsable(
                f'Unmatched end tag at byte offset {self._byte(start)}, expected "</{tag.name}>", found "</{name}>"'
            )
        self._at = end + 1
        self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        length = self._length - tag.offset
        entity = Entity(_KINDS[tag.name], tag.offset, length)
        if tag.name == "a":
            if not tag.attributes.get("href"):
                return
            entity = replace(entity, url=tag.attributes["href"])
        elif tag.name == "blockquote" and "expandable" in tag.attributes:
            entity = replace(entity, kind="expandable_blockquote")
        elif tag.name == "tg-emoji":
            if not tag.attributes.get("emoji-id", "").isdigit():
                raise _unparsable("Invalid custom emoji identifier specified")
            entity = replace(entity, custom_emoji_id=tag.attributes["emoji-id"])
        elif tag.name == "pre" and self._entities and self._is_code_of(entity, self._entities[-1]):
            entity = replace(entity, language=self._entities.pop().language)
        elif tag.name == "code" and tag.attributes.get("class", "").startswith("language-"):
            entity = replace(entity, language=tag.attributes["class"].removeprefix("language-"))
        if length:
            self._entities.append(entity)

    @staticmethod
    def _is_code_of(pre: Entity, inner: Entity) -> bool:
        """Whether `<pre><code class="language-x">` is one block of code in a language."""
        return inner.kind == "code" and (inner.offset, inner.length) == (pre.offset, pre.length)

    def _skip(self, at: int, while_true: Callable[[str], bool]) -> int:
        while at < len(self._source) and while_true(self._source[at]):
            at += 1
        return at

    def _byte(self, at: int) -> int:
        return len(self._source[:at].encode())


def _referenced(match: re.Match[str]) -> str:
    name = match[1]
    if name in ("lt", "gt", "amp", "quot"):
        return {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[name]
    code = int(name[2:], 16) if name[1] == "x" else int(name[1:])
    is_character = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if is_character else match[0]
