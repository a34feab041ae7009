// Small tools for building nodes. Text always goes in as text: nothing on this page ever parses HTML from outside.

/** A new element: `props` are properties (or attributes, where the name has a dash or is `role`), then its children. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name.includes("-") || name === "role") node.setAttribute(name, value === true ? "" : String(value));
    else node[name] = value;
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

// Drawn for a 24 × 24 field, with a stroke of 2.
const SHAPES = {
  send: "M4 12 20 4l-4 16-5-6zM11 14l9-10",
  play: "M8 5v14l11-7z",
  close: "M6 6l12 12M18 6 6 18",
  down: "M6 10l6 6 6-6",
  bellOff: "M9 18a3 3 0 0 0 6 0M6 8a6 6 0 0 1 10-3M18 9c0 5 2 7 2 7H9M6 10c0 4-2 6-2 6h2M3 3l18 18",
  bell: "M6 9a6 6 0 0 1 12 0c0 5 2 7 2 7H4s2-2 2-7M9.500 19.500a3 3 0 0 0 5 0",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  car: "M3 16v-4l2-5h11l3 5h2v4zM5 12h14M6.500 17.500a1.500 1.500 0 1 0 .1 0M17 17.500a1.500 1.500 0 1 0 .1 0",
  walk: "M13 4.500a1.500 1.500 0 1 0 .1 0M9 21l3-6-2-3 1-4 3 1 2 3 3 1M10 8l-3 2v4M12 15l3 2 1 4",
  battery: "M3 8h15v8H3zM21 11v2",
  thermometer: "M10 14V5a2 2 0 0 1 4 0v9a4 4 0 1 1-4 0M12 9v8",
  wifi: "M3 9a14 14 0 0 1 18 0M6 13a9 9 0 0 1 12 0M9 16.500a4.500 4.500 0 0 1 6 0M12 20h.01",
  power: "M12 3v9M6 7a8 8 0 1 0 12 0",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  unlock: "M6 11h12v9H6zM8.500 11V7a3.500 3.500 0 0 1 6.800-1",
  link: "M8 16 17 7M10 7h7v7",
  siren: "M7 18v-6a5 5 0 0 1 10 0v6M4 18h16v3H4zM12 3V1M4.500 6 3 5M19.500 6 21 5",
  light: "M9 18h6M10 21h4M8 14a6 6 0 1 1 8 0c-1 1-1 2-1 3H9c0-1 0-2-1-3",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
};

/** An icon; `label` is what a screen reader says in its place, nothing when it is only decoration. */
export function icon(name, label = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else {
    svg.setAttribute("aria-hidden", "true");
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

/** The element of the page with this id. */
export const byId = (id) => document.getElementById(id);

/** Text that only screen readers read. */
export const spoken = (text) => el("span", { class: "hidden-label" }, text);
