// The open chat: what was said, shown as rows; only rows that changed are made again.

import { row } from "./bubble.js";
import { ChatState, renderSwitcher, renderTopics } from "./chats.js";
import { byId, el, icon } from "../dom.js";
import { placed } from "./rows.js";
import { dayName } from "../times.js";

const NEAR_BOTTOM = 80; // pixels within which the reader counts as being at the end
const ACTION_SECONDS = 5; // Telegram shows "typing…" that long
const TAP_SECONDS = 30; // after which a button that was never answered stops turning

const DOING = {
  typing: "typing",
  upload_photo: "sending a photo",
  upload_video: "sending a video",
  record_video: "recording a video",
  upload_document: "sending a file",
};

export class Chat {
  /**
   * `say(text)`, `tap(message, data)` and `removeTopic(thread)` reach the server, and concern the open chat; `onNews()`
   * is called when the bot has said something new, `onOpen(chat)` when another chat is looked at.
   */
  constructor({ say, tap, removeTopic, onNews, onOpen }) {
    this.chats = new Map();
    this.open = null;
    this.rows = new Map();
    this.unread = 0;
    this.online = false;
    this.onNews = onNews;
    this.onOpen = onOpen;
    this.removeTopic = removeTopic;
    this.frame = byId("log-frame");
    this.log = byId("log");
    this.pill = byId("to-bottom");
    this.acts = {
      say,
      tap: (message, button) => this.tapped(message, button, tap),
      waits: (message, button) => this.open.waiting.has(keyOf(message.id, button.data)),
      jump: (id) => this.jump(id),
    };
    this.pill.addEventListener("click", () => this.toBottom());
    this.frame.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.stuck = true;
    new ResizeObserver(() => this.stuck && this.toBottom()).observe(this.log);
    new ResizeObserver(() => this.stuck && this.toBottom()).observe(this.frame);
  }

  // -- what the server tells

  snapshot({ bot, chats }) {
    document.title = `${bot.name} · demo`;
    const before = this.open;
    this.chats = new Map(chats.map((chat) => [chat.id, new ChatState(chat, bot)]));
    const chat = this.chats.get(before?.id) ?? this.chats.values().next().value;
    chat.thread = before?.id === chat.id ? before.thread : null;
    this.show(chat);
  }

  message(message) {
    const chat = this.chats.get(message.chat);
    const isNew = !chat.messages.has(message.id);
    chat.messages.set(message.id, message);
    if (!message.own) this.act(chat, "");
    if (isNew && chat.rang(message)) this.ring(chat);
    if (isNew && !message.own && !message.service) this.onNews();
    if (chat !== this.open) {
      if (isNew && !message.own && !message.service) chat.news += 1;
      this.renderChats();
      return;
    }
    this.scrolled(); // the browser tells of a scroll only with the next frame
    this.render();
    if (!isNew) return;
    if (message.own || this.stuck) this.toBottom();
    else this.unread += 1;
    this.showPill();
  }

  deleted({ chat, id }) {
    this.chats.get(chat).messages.delete(id);
    if (chat === this.open.id) this.render();
  }

  doing({ chat, action }) {
    this.act(this.chats.get(chat), DOING[action] ?? "busy");
  }

  tap({ chat, query, message, data }) {
    this.turn(this.chats.get(chat), message, data, query);
  }

  /** The bot answered a tap: its button stops turning. */
  answered({ chat, query }) {
    const { waiting } = this.chats.get(chat);
    for (const [key, id] of waiting) if (id === query) waiting.delete(key);
    this.refreshKeys();
  }

  commands({ chat, commands }) {
    this.chats.get(chat).commands = commands;
    if (chat === this.open.id) this.onOpen(this.open);
  }

  line(isUp) {
    this.online = isUp;
    this.showStatus();
  }

  // -- which chat

  show(chat) {
    this.open = chat;
    chat.news = 0;
    this.rows = new Map();
    this.log.setAttribute("aria-busy", "true"); // old messages are not read out
    this.log.replaceChildren();
    byId("bot-name").textContent = chat.title;
    this.render();
    this.log.removeAttribute("aria-busy");
    this.renderChats();
    this.showRings();
    this.showStatus();
    this.onOpen(chat);
    this.toBottom();
  }

  renderChats() {
    renderSwitcher(this.chats, this.open.id, (id) => this.show(this.chats.get(id)));
  }

  // -- the bell

  ring(chat) {
    chat.rings += 1;
    this.showRings();
    const bell = byId("rings");
    bell.classList.remove("ringing");
    void bell.offsetWidth; // so that the animation begins anew
    bell.classList.add("ringing");
  }

  showRings() {
    const { rings } = this.open;
    const told = rings === 1 ? "The phone rang once in this chat" : `The phone rang ${rings} times in this chat`;
    byId("rings").replaceChildren(icon("bell", told), String(rings));
    byId("rings").title = told;
  }

  // -- status line

  act(chat, doing) {
    chat.action = doing;
    clearTimeout(chat.actionEnd);
    if (doing) chat.actionEnd = setTimeout(() => this.act(chat, ""), ACTION_SECONDS * 1000);
    if (chat === this.open) this.showStatus();
  }

  showStatus() {
    const status = byId("bot-status");
    const action = this.open?.action ?? "";
    status.classList.toggle("busy", this.online && action !== "");
    if (!this.online) status.textContent = "connecting…";
    else if (action) status.replaceChildren(action, el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")));
    else status.textContent = this.open?.group ? "group with the bot" : "bot";
  }

  // -- taps

  async tapped(message, button, tap) {
    if (button.copies) {
      await navigator.clipboard.writeText(button.copies);
      return;
    }
    const chat = this.open;
    const key = keyOf(message.id, button.data);
    if (chat.waiting.has(key)) return;
    this.turn(chat, message.id, button.data, null);
    if (!(await tap(message.id, button.data))) {
      chat.waiting.delete(key);
      this.refreshKeys();
    }
  }

  turn(chat, messageId, data, query) {
    const key = keyOf(messageId, data);
    chat.waiting.set(key, query);
    this.refreshKeys();
    setTimeout(() => {
      if (chat.waiting.get(key) !== query) return;
      chat.waiting.delete(key);
      this.refreshKeys();
    }, TAP_SECONDS * 1000);
  }

  refreshKeys() {
    for (const group of this.open.groups()) {
      const keys = this.rows.get(groupKey(group))?.node.querySelectorAll(".key") ?? [];
      const buttons = group.find((message) => message.buttons.length)?.buttons.flat() ?? [];
      keys.forEach((node, at) => {
        const turns = buttons[at].data !== null && this.open.waiting.has(keyOf(group[0].id, buttons[at].data));
        if (turns) node.setAttribute("aria-busy", "true");
        else node.removeAttribute("aria-busy");
      });
    }
  }

  // -- rows

  render() {
    const wanted = [];
    let day = "";
    let thread = null;
    const topics = renderTopics(this.open, (chosen) => this.choose(chosen), this.removeTopic);
    const all = this.open.thread === null;
    for (const group of this.open.groups()) {
      const [first] = group;
      if (!all && first.thread !== this.open.thread) continue;
      if (dayName(first.date) !== day) {
        day = dayName(first.date);
        wanted.push(this.heading(`day ${day}`, "day", day));
      }
      if (all && first.thread !== thread && topics.size) {
        thread = first.thread;
        const tellsItself = first.service?.kind === "forum_topic_created";
        if (!tellsItself) wanted.push(this.heading(`topic ${first.id}`, "day topic-heading", topics.get(thread) ?? "General"));
      }
      wanted.push(this.rowOf(group));
    }
    if (!wanted.length) wanted.push(this.heading("empty", "day", "No messages yet"));
    this.rows = placed(this.log, wanted);
  }

  heading(key, kind, words) {
    const kept = this.rows.get(key);
    if (kept?.words === words) return { key, ...kept };
    return { key, words, node: el("li", { class: kind }, el("span", {}, words)) };
  }

  rowOf(group) {
    const key = groupKey(group);
    const kept = this.rows.get(key);
    if (kept && kept.group.length === group.length && group.every((message, at) => kept.group[at] === message)) {
      return { key, ...kept };
    }
    return { key, group, node: row(group, this.acts, kept?.node) };
  }

  choose(thread) {
    this.open.thread = thread;
    this.render();
    this.toBottom();
  }

  // -- scrolling

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.frame;
    this.stuck = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    if (this.stuck) this.unread = 0;
    this.showPill();
  }

  toBottom() {
    this.unread = 0;
    this.stuck = true;
    this.frame.scrollTop = this.frame.scrollHeight;
    this.showPill();
  }

  showPill() {
    this.pill.hidden = this.stuck;
    const news = this.unread === 1 ? "1 new message" : `${this.unread} new messages`;
    this.pill.replaceChildren(icon("down", this.unread ? "" : "To the newest message"), this.unread ? news : "");
  }

  jump(id) {
    const target = this.open.messages.get(id);
    if (target && this.open.thread !== null && target.thread !== this.open.thread) this.choose(target.thread);
    const node = this.log.querySelector(`[data-ids~="${id}"]`);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("found");
    setTimeout(() => node.classList.remove("found"), 1200);
  }
}

const keyOf = (messageId, data) => `${messageId} ${data}`;
const groupKey = (group) => (group[0].album ? `album ${group[0].album}` : `message ${group[0].id}`);
