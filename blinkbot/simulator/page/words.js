// Formatted words: Telegram's entities (offset and length in UTF-16 units, as JavaScript counts) to nodes.

import { el } from "./dom.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre" };
const WEB = /^https?:\/\//i;

/** The nodes of a text. `say` is called with a command that was tapped. */
export function words(text, entities, say) {
  return stretch(text, 0, text.length, inOrder(entities), say);
}

function inOrder(entities) {
  return [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
}

/** The nodes from `start` to `end`; each entity holds those inside of it. Ones that cross its end are cut there. */
function stretch(text, start, end, entities, say) {
  const nodes = [];
  let at = start;
  for (let i = 0; i < entities.length; i++) {
    const entity = entities[i];
    if (entity.offset < at || entity.offset >= end) continue;
    const last = Math.min(entity.offset + entity.length, end);
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    const inner = stretch(text, entity.offset, last, entities.slice(i + 1), say);
    nodes.push(wrapped(entity, inner, text.slice(entity.offset, last), say));
    at = last;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function wrapped(entity, inner, text, say) {
  switch (entity.kind) {
    case "bot_command":
      return el("button", { type: "button", class: "command", onclick: () => say(text) }, inner);
    case "url":
      return link(WEB.test(text) ? text : `https://${text}`, inner);
    case "text_link":
      return link(entity.url, inner);
    case "blockquote":
      return el("blockquote", {}, inner);
    case "expandable_blockquote":
      return expandable(inner);
    case "spoiler":
      return spoiler(inner);
    default:
      return TAGS[entity.kind] ? el(TAGS[entity.kind], {}, inner) : el("span", { class: entity.kind }, inner);
  }
}

/** A link to the web; any other kind of address (javascript:, say) stays plain text. */
function link(url, inner) {
  if (!WEB.test(url ?? "")) return el("span", {}, inner);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, inner);
}

function expandable(inner) {
  const quote = el("blockquote", { class: "folded" }, inner);
  const more = el("button", { type: "button", class: "more", onclick: () => quote.classList.toggle("folded") }, "more");
  return el("div", {}, quote, more);
}

function spoiler(inner) {
  const hidden = el("button", { type: "button", class: "spoiler", "aria-label": "Hidden text, show it" }, inner);
  hidden.addEventListener("click", () => hidden.replaceWith(el("span", {}, inner)));
  return hidden;
}
