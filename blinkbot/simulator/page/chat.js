// The chat: what was said, kept in order and shown as rows; only rows that changed are made again.

import { row } from "./bubble.js";
import { byId, el, icon } from "./dom.js";
import { dayName } from "./times.js";

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
  /** `say(text)` and `tap(message, data)` reach the server; `onNews()` is called when the bot has said something new. */
  constructor({ say, tap, onNews }) {
    this.messages = new Map();
    this.rows = new Map();
    this.waiting = new Map(); // buttons that turn: key → query id, null while it is not known
    this.thread = null;
    this.unread = 0;
    this.online = false;
    this.action = "";
    this.onNews = onNews;
    this.frame = byId("log-frame");
    this.log = byId("log");
    this.pill = byId("to-bottom");
    this.acts = {
      say,
      tap: (message, button) => this.tapped(message, button, tap),
      waits: (message, button) => this.waiting.has(keyOf(message.id, button.data)),
      jump: (id) => this.jump(id),
    };
    this.pill.addEventListener("click", () => this.toBottom());
    this.frame.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.stuck = true;
    new ResizeObserver(() => this.stuck && this.toBottom()).observe(this.log);
    new ResizeObserver(() => this.stuck && this.toBottom()).observe(this.frame);
  }

  // -- what the server tells

  snapshot({ bot, messages }) {
    byId("bot-name").textContent = bot.name;
    document.title = `${bot.name} · demo`;
    this.log.setAttribute("aria-busy", "true"); // old messages are not read out
    this.messages = new Map(messages.map((message) => [message.id, message]));
    this.waiting.clear();
    this.render();
    this.log.removeAttribute("aria-busy");
    this.toBottom();
  }

  message(message) {
    const isNew = !this.messages.has(message.id);
    this.scrolled(); // the browser tells of a scroll only with the next frame
    this.messages.set(message.id, message);
    if (!message.own) this.act("");
    this.render();
    if (!isNew) return;
    if (message.own || this.stuck) this.toBottom();
    else this.unread += 1;
    if (!message.own) this.onNews();
    this.showPill();
  }

  deleted({ id }) {
    this.messages.delete(id);
    this.render();
  }

  doing({ action }) {
    this.act(DOING[action] ?? "busy");
  }

  tap({ query, message, data }) {
    this.turn(message, data, query);
  }

  /** The bot answered a tap: its button stops turning. */
  answered({ query }) {
    for (const [key, id] of this.waiting) if (id === query) this.waiting.delete(key);
    this.refreshKeys();
  }

  line(isUp) {
    this.online = isUp;
    this.showStatus();
  }

  // -- status line

  act(doing) {
    this.action = doing;
    clearTimeout(this.actionEnd);
    if (doing) this.actionEnd = setTimeout(() => this.act(""), ACTION_SECONDS * 1000);
    this.showStatus();
  }

  showStatus() {
    const status = byId("bot-status");
    status.classList.toggle("busy", this.online && this.action !== "");
    if (!this.online) status.textContent = "connecting…";
    else if (this.action) status.replaceChildren(this.action, el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")));
    else status.textContent = "bot";
  }

  // -- taps

  async tapped(message, button, tap) {
    if (button.copies) {
      await navigator.clipboard.writeText(button.copies);
      return;
    }
    const key = keyOf(message.id, button.data);
    if (this.waiting.has(key)) return;
    this.turn(message.id, button.data, null);
    if (!(await tap(message.id, button.data))) {
      this.waiting.delete(key);
      this.refreshKeys();
    }
  }

  turn(messageId, data, query) {
    const key = keyOf(messageId, data);
    this.waiting.set(key, query);
    this.refreshKeys();
    setTimeout(() => {
      if (this.waiting.get(key) !== query) return;
      this.waiting.delete(key);
      this.refreshKeys();
    }, TAP_SECONDS * 1000);
  }

  refreshKeys() {
    for (const group of this.groups()) {
      const keys = this.rows.get(groupKey(group))?.node.querySelectorAll(".key") ?? [];
      const buttons = group.find((message) => message.buttons.length)?.buttons.flat() ?? [];
      keys.forEach((node, at) => {
        const turns = buttons[at].data !== null && this.waiting.has(keyOf(group[0].id, buttons[at].data));
        if (turns) node.setAttribute("aria-busy", "true");
        else node.removeAttribute("aria-busy");
      });
    }
  }

  // -- rows

  groups() {
    const inOrder = [...this.messages.values()].sort((a, b) => a.id - b.id);
    const groups = [];
    for (const message of inOrder) {
      const last = groups.at(-1);
      if (message.album && last?.[0].album === message.album) last.push(message);
      else groups.push([message]);
    }
    return groups;
  }

  render() {
    const wanted = [];
    let day = "";
    let thread = null;
    const topics = this.topics();
    this.renderTopics(topics);
    for (const group of this.groups()) {
      const [first] = group;
      if (this.thread !== null && first.thread !== this.thread) continue;
      if (dayName(first.date) !== day) {
        day = dayName(first.date);
        wanted.push(this.heading(`day ${day}`, "day", day));
      }
      if (this.thread === null && first.thread !== thread && topics.size) {
        thread = first.thread;
        const tellsItself = first.service?.kind === "forum_topic_created";
        if (!tellsItself) wanted.push(this.heading(`topic ${first.id}`, "day topic-heading", topics.get(thread) ?? "General"));
      }
      wanted.push(this.rowOf(group));
    }
    if (!wanted.length) wanted.push(this.heading("empty", "day", "No messages yet"));
    this.place(wanted);
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

  /** Make the list hold exactly these rows, moving none that are in their place. */
  place(wanted) {
    const focus = focusPath(this.log);
    this.rows = new Map(wanted.map(({ key, ...kept }) => [key, kept]));
    const nodes = new Set(wanted.map(({ node }) => node));
    let next = this.log.firstChild;
    for (const { node } of wanted) {
      while (next && !nodes.has(next)) next = removed(next);
      if (next === node) next = node.nextSibling;
      else this.log.insertBefore(node, next);
    }
    while (next) next = removed(next);
    focus.restore();
  }

  // -- topics

  topics() {
    const names = new Map();
    for (const { service, thread } of this.messages.values()) {
      if (service?.kind.startsWith("forum_topic_") && service.name) names.set(thread, service.name);
    }
    return names;
  }

  renderTopics(topics) {
    const bar = byId("topics");
    bar.hidden = topics.size === 0;
    const all = [[null, "All"], ...topics];
    bar.replaceChildren(
      ...all.map(([thread, name]) =>
        el("button", { type: "button", "aria-pressed": String(thread === this.thread), onclick: () => this.choose(thread) }, name),
      ),
    );
  }

  choose(thread) {
    this.thread = thread;
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
    const node = this.log.querySelector(`[data-id="${id}"]`);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("found");
    setTimeout(() => node.classList.remove("found"), 1200);
  }
}

const keyOf = (messageId, data) => `${messageId} ${data}`;
const groupKey = (group) => (group[0].album ? `album ${group[0].album}` : `message ${group[0].id}`);

function removed(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

/** Where the keyboard focus is in the list, to be put back on the row that takes the old one's place. */
function focusPath(log) {
  const focused = document.activeElement;
  const holder = log.contains(focused) ? focused.closest("[data-id]") : null;
  const at = holder ? [...holder.querySelectorAll("button, a, video")].indexOf(focused) : -1;
  return {
    restore() {
      if (!holder || holder.isConnected) return;
      const heir = log.querySelector(`[data-id="${holder.dataset.id}"]`);
      const found = heir ? [...heir.querySelectorAll("button, a, video")][at] : null;
      (found ?? byId("log-frame")).focus({ preventScroll: true });
    },
  };
}
