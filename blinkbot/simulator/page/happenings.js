// What can happen at home beside walking past: bursts, outages, trouble with files and batteries.

import { byId, el, icon } from "./dom.js";

const CHOICES = [
  ["motion", "walk", "Motion"],
  ["person", "walk", "Person seen"],
  ["burst", "walk", "Burst of six"],
  ["usb", "file", "Clip on USB only"],
  ["big", "file", "60 MB clip"],
  ["corrupt", "file", "Broken clip"],
  ["low_battery", "battery", "Battery low"],
  ["new_batteries", "battery", "New batteries"],
];

export class Happenings {
  /** `act(path, body)` and `tell(text)` as with `Home`. */
  constructor({ act, tell }) {
    this.act = act;
    this.tell = tell;
    this.cameras = byId("happening-camera");
    this.names = "";
    const choices = CHOICES.map(([what, shape, words]) => this.choice(shape, words, () => ["happen", { what, camera: Number(this.cameras.value) }]));
    const outage = this.choice("down", "Outage over: 25 clips", () => ["backlog", {}]);
    byId("happening-choices").append(...choices, outage);
    this.slow = byId("slow-uploads").querySelector("input");
    this.slow.addEventListener("change", () => act("slow_uploads", { on: this.slow.checked }));
  }

  /** A button that asks for what `wanted()` returns, a path and a body, and waits for the answer. */
  choice(shape, words, wanted) {
    const button = el("button", { type: "button" }, icon(shape), words);
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-busy")) return;
      button.setAttribute("aria-busy", "true");
      const answer = await this.act(...wanted());
      button.removeAttribute("aria-busy");
      if (answer) this.tell(answer.told);
    });
    return button;
  }

  show({ networks, slowUploads }) {
    this.slow.checked = slowUploads;
    const cameras = networks.flatMap((network) => network.cameras);
    const names = JSON.stringify(cameras.map(({ id, name }) => [id, name]));
    if (names === this.names) return;
    this.names = names;
    const chosen = this.cameras.value;
    this.cameras.replaceChildren(...cameras.map(({ id, name }) => el("option", { value: String(id) }, name)));
    if (cameras.some(({ id }) => String(id) === chosen)) this.cameras.value = chosen;
  }
}
