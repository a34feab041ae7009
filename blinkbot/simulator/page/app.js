// Puts the phone and the home together.

import { Chat } from "./chat/chat.js";
import { Composer } from "./chat/composer.js";
import { byId, icon } from "./dom.js";
import { Events } from "./home/events.js";
import { Home } from "./home/home.js";
import { ask, listen } from "./wire.js";

const NOTE_SECONDS = 6; // at least
const SECONDS_A_LETTER = 0.07; // of unhurried reading

/** Show a note for as long as it takes to read it, or for so many seconds. */
function noteIn(node) {
  let end;
  return (text, seconds = Math.max(NOTE_SECONDS, text.length * SECONDS_A_LETTER)) => {
    node.textContent = text;
    node.hidden = false;
    clearTimeout(end);
    end = setTimeout(() => (node.hidden = true), seconds * 1000);
  };
}

const toast = noteIn(byId("toast"));
const homeNote = noteIn(byId("home-note"));

/** Ask the server; what goes wrong is told by `tell`. Null then, and the answer otherwise. */
async function asked(path, body, tell) {
  try {
    return await ask(path, body);
  } catch (error) {
    tell(error.message);
    return null;
  }
}

/** Do something in the chat that is open; whether it worked. */
const inChat = async (path, body) => (await asked(path, { chat: chat.open.id, ...body }, toast)) !== null;
const say = (text) => inChat("say", { text, thread: chat.open.thread });

const chat = new Chat({
  say,
  tap: (message, data) => inChat("tap", { message, data }),
  removeTopic: (thread) => inChat("delete_topic", { thread }),
  onNews: () => badge.add(),
  onOpen: ({ commands }) => composer.setCommands(commands),
});
const composer = new Composer(say);
const LONGEST_ACT = 60; // seconds, of filming on a small machine
const actAtHome = {
  act: (path, body) => asked(path, body, homeNote),
  tell: homeNote,
  begin: (text) => homeNote(text, LONGEST_ACT),
};
const home = new Home(actAtHome);
const homeEvents = new Events(actAtHome);

function showHome(state) {
  home.show(state);
  homeEvents.show(state);
}

listen(
  {
    snapshot: (state) => {
      chat.snapshot(state);
      showHome(state.home);
    },
    message: (message) => chat.message(message),
    deleted: (message) => chat.deleted(message),
    action: (action) => chat.doing(action),
    tap: (tap) => chat.tap(tap),
    answer: (answer) => {
      chat.answered(answer);
      if (answer.text && answer.alert) alertBox(answer.text);
      else if (answer.text) toast(answer.text);
    },
    commands: (menu) => chat.commands(menu),
    home: showHome,
  },
  (isUp) => chat.line(isUp),
);

function alertBox(text) {
  const box = byId("alert");
  byId("alert-text").textContent = text;
  if (!box.open) box.showModal();
}

// -- tabs, on screens too narrow for both

const tabs = { chat: byId("chat-tab"), home: byId("home-tab") };
const badge = {
  count: 0,
  add() {
    if (document.body.dataset.tab === "chat") return;
    this.count += 1;
    this.show();
  },
  clear() {
    this.count = 0;
    this.show();
  },
  show() {
    byId("chat-badge").textContent = this.count;
    byId("chat-badge").hidden = this.count === 0;
  },
};

function openTab(name) {
  document.body.dataset.tab = name;
  for (const [each, tab] of Object.entries(tabs)) {
    tab.setAttribute("aria-selected", String(each === name));
    tab.tabIndex = each === name ? 0 : -1;
  }
  if (name === "chat") badge.clear();
  else byId("newcomer").hidden = true; // found
}

for (const [name, tab] of Object.entries(tabs)) {
  tab.addEventListener("click", () => openTab(name));
  tab.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = name === "chat" ? "home" : "chat";
    openTab(other);
    tabs[other].focus();
  });
}
openTab("chat");

// -- the commands in the hint, and the picture viewer

for (const button of document.querySelectorAll("[data-say]")) {
  button.addEventListener("click", () => {
    openTab("chat");
    say(button.dataset.say);
  });
}

const viewer = byId("viewer");
viewer.querySelector("button").append(icon("close"));
viewer.addEventListener("click", (event) => event.target.closest("form") || viewer.close());
