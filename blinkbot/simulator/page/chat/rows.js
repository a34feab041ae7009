// Puts rows into the list of messages with as few changes as possible.

import { byId } from "../dom.js";

/** Make the list hold exactly these rows, moving none that are in their place; returns them by key. */
export function placed(log, wanted) {
  const focus = focusPath(log);
  const nodes = new Set(wanted.map(({ node }) => node));
  let next = log.firstChild;
  for (const { node } of wanted) {
    while (next && !nodes.has(next)) next = removed(next);
    if (next === node) next = node.nextSibling;
    else log.insertBefore(node, next);
  }
  while (next) next = removed(next);
  focus.restore();
  return new Map(wanted.map(({ key, ...kept }) => [key, kept]));
}

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
