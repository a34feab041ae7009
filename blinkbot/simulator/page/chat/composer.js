// The line to write in, and the list of commands above it.

import { byId, el, icon } from "../dom.js";

export class Composer {
  /** `say(text)` sends; it resolves to whether that worked. */
  constructor(say) {
    this.say = say;
    this.commands = [];
    this.form = byId("composer");
    this.field = byId("say");
    this.menu = byId("menu");
    this.opener = byId("menu-button");
    byId("send").append(icon("send"));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("input", () => this.typed());
    this.opener.addEventListener("click", () => (this.menu.hidden ? this.open(this.commands) : this.close()));
    this.form.addEventListener("keydown", (event) => this.pressed(event));
    this.form.addEventListener("focusout", (event) => this.form.contains(event.relatedTarget) || this.close());
  }

  setCommands(commands) {
    this.commands = commands;
    if (!this.menu.hidden) this.typed();
  }

  async submit() {
    const text = this.field.value.trim();
    if (!text) return;
    this.field.value = "";
    this.typed();
    if (!(await this.say(text))) this.field.value ||= text; // nothing written gets lost
    this.typed();
  }

  typed() {
    const text = this.field.value;
    byId("send").disabled = text.trim() === "";
    const fitting = this.commands.filter(({ command }) => `/${command}`.startsWith(text));
    if (text.startsWith("/") && fitting.length) this.open(fitting);
    else this.close();
  }

  open(commands) {
    const lines = commands.map(({ command, description }) =>
      el(
        "button",
        { type: "button", role: "option", tabIndex: -1, "aria-selected": "false", onclick: () => this.choose(command) },
        el("b", {}, `/${command}`),
        el("span", {}, description),
      ),
    );
    this.menu.replaceChildren(...(lines.length ? lines : [el("p", {}, "The bot has not set its commands yet.")]));
    this.menu.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
  }

  close() {
    this.menu.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
  }

  choose(command) {
    this.close();
    this.field.value = "";
    this.typed();
    this.field.focus({ preventScroll: true });
    this.say(`/${command}`);
  }

  pressed(event) {
    if (this.menu.hidden) return;
    const lines = [...this.menu.querySelectorAll("button")];
    const at = lines.indexOf(document.activeElement);
    if (event.key === "Escape") {
      this.close();
      this.field.focus();
    } else if (event.key === "ArrowDown") {
      lines[(at + 1) % lines.length]?.focus();
    } else if (event.key === "ArrowUp") {
      lines.at(at <= 0 ? -1 : at - 1)?.focus();
    } else {
      return;
    }
    event.preventDefault();
  }
}
