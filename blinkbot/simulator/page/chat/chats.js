// What the phone knows of each chat, and the bar that switches between them.

import { byId, el } from "../dom.js";

/** One chat: its messages by id, the buttons that turn (key → query id, null while unknown), and what is unread. */
export class ChatState {
  constructor({ id, title, group, commands, rings, messages }, bot) {
    Object.assign(this, { id, group, commands, rings });
    this.title = group ? title : bot.name;
    this.messages = new Map(messages.map((message) => [message.id, message]));
    this.waiting = new Map();
    this.thread = null; // the topic that is looked at, null for all
    this.news = 0; // come while another chat was looked at
    this.action = "";
  }

  /** Messages in order; the items of an album together. */
  groups() {
    const inOrder = [...this.messages.values()].sort((a, b) => a.id - b.id);
    const groups = [];
    const albums = new Map();
    for (const message of inOrder) {
      const album = message.album && albums.get(message.album);
      if (album) album.push(message);
      else {
        groups.push([message]);
        if (message.album) albums.set(message.album, groups.at(-1));
      }
    }
    return groups;
  }

  /** The names of its topics by id, in the order in which they were made. */
  topics() {
    const names = new Map();
    for (const { service, thread } of this.messages.values()) {
      if (service?.kind.startsWith("forum_topic_") && service.name) names.set(thread, service.name);
    }
    return names;
  }

  /** Whether a message that has just come makes the phone ring: an album does so once. */
  rang(message) {
    if (message.own || message.silent || message.service) return false;
    const before = [...this.messages.values()].some((each) => each.album && each.album === message.album && each.id < message.id);
    return !before;
  }
}

/** The bar above the chat; `choose(id)` is called with the chat that was tapped. */
export function renderSwitcher(chats, openId, choose) {
  const bar = byId("switcher");
  bar.hidden = chats.size < 2;
  bar.replaceChildren(
    ...[...chats.values()].map((chat) =>
      el(
        "button",
        { type: "button", "aria-pressed": String(chat.id === openId), onclick: () => choose(chat.id) },
        el("span", {}, chat.title),
        chat.news > 0 && el("span", { class: "badge", "aria-label": `${chat.news} new` }, String(chat.news)),
      ),
    ),
  );
}

/** The bar of topics; `choose(thread)` is called with the one that was tapped, `remove(thread)` to delete the open one. */
export function renderTopics(chat, choose, remove) {
  const bar = byId("topics");
  const topics = chat.topics();
  if (chat.thread !== null && !topics.has(chat.thread)) chat.thread = null; // deleted
  bar.hidden = topics.size === 0;
  const buttons = [[null, "All"], ...topics].map(([thread, name]) =>
    el("button", { type: "button", "aria-pressed": String(thread === chat.thread), onclick: () => choose(thread) }, name),
  );
  if (chat.thread !== null) {
    buttons.push(el("button", { type: "button", class: "remove", onclick: () => remove(chat.thread) }, "Delete topic"));
  }
  const place = bar.scrollLeft;
  bar.replaceChildren(...buttons);
  bar.scrollLeft = place;
  return topics;
}
