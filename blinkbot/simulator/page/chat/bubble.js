// One message, or one album, as a row of the chat.

import { el, icon, spoken } from "../dom.js";
import { mediaNode } from "./media.js";
import { clock } from "../times.js";
import { words } from "../words.js";

const SERVICE = {
  forum_topic_created: (it) => `Topic “${it.name}” was created`,
  forum_topic_edited: (it) => `Topic was renamed to “${it.name}”`,
  forum_topic_closed: () => "Topic was closed",
  forum_topic_reopened: () => "Topic was opened again",
  migrate_to_chat_id: () => "This group became a supergroup",
  migrate_from_chat_id: () => "This group became a supergroup",
  left_chat_member: () => "The bot left the group",
};

/**
 * The row for `group`: the messages of an album, or a single one. `old` is the row that it replaces, whose pictures
 * and players are kept where they still show the same file. `acts` has say(text), tap(message, button), waits(message,
 * button) and jump(id).
 */
export function row(group, acts, old) {
  const [first] = group;
  if (first.service) return serviceRow(first);
  const side = first.own ? "own" : "theirs";
  const item = el("li", { class: `row ${side}`, dataset: { id: first.id, ids: group.map((message) => message.id).join(" ") } });
  item.append(bubble(group, acts, old));
  const last = group.find((message) => message.buttons.length);
  if (last) item.append(keyboard(last, acts));
  return item;
}

function serviceRow(message) {
  const tell = SERVICE[message.service.kind];
  return el("li", { class: "day" }, el("span", {}, tell ? tell(message.service) : message.service.kind.replaceAll("_", " ")));
}

function bubble(group, acts, old) {
  const [first] = group;
  const captions = group.filter((message) => message.text);
  const told = captions.length === 1 ? captions[0] : first; // as in Telegram: of several captions none is shown
  const shown = group.filter((message) => message.media);
  const visual = shown.length > 0 && shown.every((message) => message.media.kind !== "document");
  const node = el("article", { class: "bubble" });
  if (visual) node.classList.add("visual");
  if (visual && captions.length !== 1) node.classList.add("bare");
  node.append(spoken(`${first.own ? "You" : first.sender}: `));
  if (first.forwarded) node.append(el("p", { class: "forwarded" }, `Forwarded from ${first.forwarded}`));
  if (first.reply) node.append(reply(first.reply, acts));
  const parts = [];
  if (shown.length) parts.push(pictures(shown, old));
  if (told.text && captions.length === 1) {
    parts.push(el("div", { class: "words", dir: "auto" }, words(told.text, told.entities, acts.say), meta(group, true)));
  }
  if (told.captionAbove) parts.reverse();
  node.append(...parts, meta(group));
  return node;
}

function pictures(shown, old) {
  const nodes = shown.map((message) => {
    const kept = old?.querySelector(`[data-file="${CSS.escape(message.media.id)}"]`);
    return kept && !kept.classList.contains("covered") ? kept : mediaNode(message);
  });
  return nodes.length === 1 ? nodes[0] : el("div", { class: "album" }, nodes);
}

function reply(quoted, acts) {
  return el(
    "button",
    { type: "button", class: "reply", "aria-label": `In reply to ${quoted.sender}: ${quoted.text}`, onclick: () => acts.jump(quoted.id) },
    quoted.picture && el("img", { src: quoted.picture, alt: "", draggable: false }),
    el("span", { class: "quoted" }, el("b", {}, quoted.sender), el("span", {}, quoted.text)),
  );
}

/** Time and marks. `room` makes the unseen twin that keeps their place at the end of the last line. */
function meta(group, room = false) {
  const last = group.at(-1);
  const some = (mark) => group.some((message) => message[mark]);
  const time = el("time", { dateTime: new Date(last.date).toISOString() }, clock(last.date));
  return el(
    "span",
    { class: room ? "meta room" : "meta", "aria-hidden": room && "true" },
    some("silent") && icon("bellOff", "sent silently"),
    some("edited") && el("span", { class: "edited" }, "edited"),
    time,
  );
}

function keyboard(message, acts) {
  const rows = message.buttons.map((buttons) =>
    el("div", { class: "keys" }, buttons.map((button) => key(message, button, acts))),
  );
  return el("div", { class: "keyboard", role: "group", "aria-label": "Buttons" }, rows);
}

function key(message, button, acts) {
  if (button.url) {
    const web = /^https?:\/\//i.test(button.url);
    return el("a", { class: "key", href: web ? button.url : null, target: "_blank", rel: "noopener noreferrer" }, button.text, icon("link"));
  }
  const waits = button.data !== null && acts.waits(message, button);
  return el(
    "button",
    { type: "button", class: "key", "aria-busy": waits && "true", onclick: () => acts.tap(message, button) },
    el("span", {}, button.text),
    button.copies && icon("copy"),
  );
}
