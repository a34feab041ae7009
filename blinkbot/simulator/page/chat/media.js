// Photos, videos and files in a bubble.

import { byId, el, icon } from "../dom.js";
import { duration, fileSize } from "../times.js";

const TALLEST = 1.5; // height by width, beyond which a picture is cropped in the chat; that of /stats has it
const FLATTEST = 0.4;

/** What a message shows beside its words. */
export function mediaNode(message) {
  const { media } = message;
  let node;
  if (media.kind === "photo") node = photo(media);
  else if (media.kind === "video" || media.kind === "animation") node = video(media);
  else node = file(media);
  node.dataset.file = media.id;
  if (message.spoiler) cover(node);
  return node;
}

/** Keep room for a picture before it has arrived, so that the chat does not jump. */
function shaped(node, media) {
  const ratio = media.width && media.height ? media.height / media.width : 9 / 16;
  node.style.aspectRatio = String(1 / Math.min(TALLEST, Math.max(FLATTEST, ratio)));
  return node;
}

function photo(media) {
  const image = el("img", { src: media.url, alt: "Photo", decoding: "async", draggable: false });
  const open = el("button", { type: "button", class: "photo", "aria-label": "Photo, show it large" }, image);
  open.addEventListener("click", () => showLarge(media));
  return shaped(open, media);
}

function showLarge(media) {
  const viewer = byId("viewer");
  viewer.querySelector("img")?.remove();
  viewer.append(el("img", { src: media.url, alt: "Photo" }));
  viewer.showModal();
}

/** A still with a play button; the player takes its place when it is pressed. */
function video(media) {
  const still = media.poster
    ? el("img", { src: media.poster, alt: "", draggable: false })
    : el("video", { src: `${media.url}#t=0.1`, preload: "metadata", muted: true, tabIndex: -1, "aria-hidden": "true" });
  const length = media.duration ? el("span", { class: "length" }, duration(media.duration)) : null;
  const play = el(
    "button",
    { type: "button", class: "still", "aria-label": `Play the video${media.duration ? `, ${media.duration} seconds` : ""}` },
    still,
    el("span", { class: "play" }, icon("play")),
    length,
  );
  const frame = shaped(el("div", { class: "video" }, play), media);
  play.addEventListener("click", () => {
    const player = el("video", { src: media.url, controls: true, playsInline: true, loop: media.kind === "animation" });
    if (media.poster) player.poster = media.poster;
    play.replaceWith(player);
    player.focus();
    // A browser that does not let it start by itself leaves the controls to the reader.
    player.play().catch((refusal) => console.info("The video waits to be started:", refusal.message));
  });
  return frame;
}

function file(media) {
  return el(
    "a",
    { class: "file", href: media.url, download: media.name || "file" },
    el("span", { class: "file-icon" }, icon("file")),
    el("span", { class: "file-words" }, el("b", {}, media.name || "File"), el("small", {}, fileSize(media.size))),
  );
}

function cover(node) {
  node.classList.add("covered");
  node.addEventListener(
    "click",
    (event) => {
      if (!node.classList.contains("covered")) return;
      event.stopPropagation();
      event.preventDefault();
      node.classList.remove("covered");
    },
    true,
  );
}
