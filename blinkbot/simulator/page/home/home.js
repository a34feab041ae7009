// The home: networks and cameras as they are, and what a visitor can do to them.

import { byId, el, icon } from "../dom.js";
import { clock } from "../times.js";

export class Home {
  /**
   * `act(path, body)` asks the server, and resolves to its answer, or to null where it refused; `tell(text)` shows a
   * note, `begin(text)` one that stays until the next.
   */
  constructor({ act, tell, begin }) {
    this.act = act;
    this.tell = tell;
    this.begin = begin;
    this.busy = new Set(); // what is under way: "/walk 301"
    this.place = byId("networks");
    this.state = { networks: [] };
  }

  show(state) {
    this.state = state;
    const focused = document.activeElement?.dataset?.act;
    const pictures = new Map([...this.place.querySelectorAll("img")].map((image) => [image.getAttribute("src"), image]));
    this.place.replaceChildren(...state.networks.map((network) => this.network(network, pictures)));
    if (focused) this.place.querySelector(`[data-act="${focused}"]`)?.focus({ preventScroll: true });
  }

  network(network, pictures) {
    const armed = network.armed ? "Armed" : "Disarmed";
    const sirens = network.sirens.map((siren) =>
      el("span", { class: `tag ${siren.sounding ? "alarm" : ""}` }, icon("siren"), siren.sounding ? `${siren.name} is on` : siren.name),
    );
    const snoozed = network.snoozed && el("span", { class: "tag" }, icon("bellOff"), "Blink snoozed");
    const state = el("span", { class: `state ${network.armed ? "armed" : ""}` }, icon(network.armed ? "lock" : "unlock"), armed);
    const cameras = network.cameras.map((camera) => this.camera(camera, network, pictures));
    return el(
      "section",
      { class: "network", "aria-label": `${network.name}, ${armed.toLowerCase()}` },
      el("header", {}, el("h3", { dir: "auto" }, network.name), state, snoozed, sirens),
      cameras.length ? el("ul", { class: "cameras" }, cameras) : el("p", { class: "empty" }, "No cameras"),
    );
  }

  camera(camera, network, pictures) {
    const walk = camera.online && el("button", this.button("/walk", camera, () => this.walkPast(camera, network)), icon("walk"), "Walk past");
    const ring = camera.online && camera.doorbell && el("button", this.button("/press", camera, () => this.ring(camera), "ring"), icon("bell"), "Ring");
    const path = camera.online ? "/offline" : "/online";
    const power = el(
      "button",
      { ...this.button(path, camera, () => this.switchPower(path, camera), "quiet"), "aria-label": `${camera.online ? "Take offline" : "Bring online"}: ${camera.name}` },
      icon("power"),
      camera.online ? null : "Bring online",
    );
    if (camera.online) power.title = "Take offline";
    return el(
      "li",
      { class: `camera ${camera.online ? "" : "offline"}`, dataset: { camera: camera.id } },
      picture(camera, pictures),
      el("h4", { dir: "auto" }, camera.name),
      el("p", { class: "facts" }, facts(camera)),
      this.detection(camera),
      el("div", { class: "acts" }, ring, walk, power),
    );
  }

  detection(camera) {
    const box = el("input", { type: "checkbox", role: "switch", checked: camera.motion, dataset: { act: `detection ${camera.id}` } });
    box.addEventListener("change", () => this.act("detection", { camera: camera.id, on: box.checked }));
    return el("label", { class: "switch" }, "Motion detection", box, el("span", { class: "slot", "aria-hidden": "true" }));
  }

  button(path, camera, act, kind = "") {
    const key = `${path} ${camera.id}`;
    return { type: "button", class: kind, onclick: act, dataset: { act: key }, "aria-busy": this.busy.has(key) && "true" };
  }

  async walkPast(camera, network) {
    this.begin(`A person walks past ${camera.name}…`);
    const answer = await this.run("/walk", camera);
    if (!answer) return;
    if (answer.recorded) this.tell(`${camera.name} recorded a clip. The bot will pick it up in a moment.`);
    else if (!network.armed) this.tell(`Nothing recorded: ${network.name} is disarmed. Send /arm first.`);
    else this.tell(`Nothing recorded: ${camera.name} has motion detection switched off.`);
  }

  async ring(camera) {
    this.begin(`A visitor comes to ${camera.name}…`);
    if (await this.run("/press", camera)) this.tell(`A visitor rang at ${camera.name}. The clip arrives in the chat.`);
  }

  async switchPower(path, camera) {
    const answer = await this.run(path, camera);
    if (answer) this.tell(answer.told);
  }

  async run(path, camera) {
    const key = `${path} ${camera.id}`;
    if (this.busy.has(key)) return null;
    this.busy.add(key);
    this.show(this.state);
    try {
      return await this.act(path.slice(1), { camera: camera.id });
    } finally {
      this.busy.delete(key);
      this.show(this.state);
    }
  }
}

/** The camera's newest picture; one that is there already is not loaded again. */
function picture(camera, pictures) {
  const frame = el("div", { class: "picture" });
  if (camera.picture) {
    const image = pictures.get(camera.picture) ?? el("img", { src: camera.picture, decoding: "async", width: 640, height: 360 });
    image.alt = `Newest picture of ${camera.name}`;
    frame.append(image, el("span", { class: "taken" }, clock(camera.pictureDate)));
  }
  if (!camera.online) frame.append(el("span", { class: "gone" }, "Offline"));
  else if (camera.recording) frame.append(el("span", { class: "watching" }, "Watching"));
  return frame;
}

function facts(camera) {
  const celsius = Math.round(((camera.temperatureF - 32) * 5) / 9);
  return [
    camera.battery && el("span", { class: camera.battery === "low" ? "low" : "" }, icon("battery"), camera.battery === "ok" ? "Battery OK" : `Battery ${camera.battery}`),
    camera.temperatureF !== null && el("span", {}, icon("thermometer"), `${celsius} °C · ${camera.temperatureF} °F`),
    el("span", {}, icon("wifi", "Wi-Fi"), `${camera.wifi}/5`),
    camera.light !== null && el("span", { class: camera.light ? "lit" : "" }, icon("light"), camera.light ? "Light on" : "Light off"),
    camera.snoozed && el("span", {}, icon("bellOff"), "Blink snoozed"),
  ];
}
