// What can happen at home beside walking past: bursts, outages, trouble with files and batteries.

import { byId, el, icon } from "../dom.js";

const CHOICES = [
  ["motion", "walk", "Motion"],
  ["person", "walk", "A person walks past"],
  ["car", "car", "A car"],
  ["burst", "walk", "Burst of six"],
  ["usb", "file", "Clip on USB only"],
  ["long", "file", "5 MB clip"],
  ["big", "file", "60 MB clip"],
  ["corrupt", "file", "Broken clip"],
  ["low_battery", "battery", "Battery low"],
  ["new_batteries", "battery", "New batteries"],
];

export class Events {
  /** `act(path, body)`, `tell(text)` and `begin(text)` as with `Home`. */
  constructor({ act, tell, begin }) {
    this.act = act;
    this.tell = tell;
    this.begin = begin;
    this.cameras = byId("event-camera");
    this.names = "";
    const choices = CHOICES.map(([what, shape, words]) => this.choice(shape, words, () => ["happen", { what, camera: Number(this.cameras.value) }]));
    const outage = this.choice("down", "Outage over: 25 clips", () => ["backlog", {}]);
    const odd = this.choice("file", "An odd entry", () => ["odd_entry", {}]);
    byId("event-choices").append(...choices, outage, odd);
    this.serves = byId("serves");
    this.serves.addEventListener("change", async () => {
      const answer = await this.act("serves", { kind: this.serves.value });
      if (answer) this.tell(answer.told);
    });
    this.slow = this.line("slow-uploads", "slow_uploads");
    this.small = this.line("small-uploads", "small_uploads");
  }

  /** The switch with this id, which asks for `path`. */
  line(id, path) {
    const box = byId(id).querySelector("input");
    box.addEventListener("change", async () => {
      const answer = await this.act(path, { on: box.checked });
      if (answer) this.tell(answer.told);
    });
    return box;
  }

  /** A button that asks for what `wanted()` returns, a path and a body, and waits for the answer. */
  choice(shape, words, wanted) {
    const button = el("button", { type: "button" }, icon(shape), words);
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-busy")) return;
      button.setAttribute("aria-busy", "true");
      this.begin(`${words}…`);
      const answer = await this.act(...wanted());
      button.removeAttribute("aria-busy");
      if (answer) this.tell(answer.told);
    });
    return button;
  }

  show({ networks, serves, slowUploads, smallUploads }) {
    this.serves.value = serves;
    this.slow.checked = slowUploads;
    this.small.checked = smallUploads;
    const cameras = networks.flatMap((network) => network.cameras);
    const names = JSON.stringify(cameras.map(({ id, name }) => [id, name]));
    if (names === this.names) return;
    this.names = names;
    const chosen = this.cameras.value;
    this.cameras.replaceChildren(...cameras.map(({ id, name }) => el("option", { value: String(id) }, name)));
    if (cameras.some(({ id }) => String(id) === chosen)) this.cameras.value = chosen;
  }
}
