// Times and sizes as people read them, in the reader's own language and zone.

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

export const clock = (milliseconds) => CLOCK.format(milliseconds);

/** "Today", "Yesterday" or the date. */
export function dayName(milliseconds) {
  const midnight = new Date().setHours(0, 0, 0, 0);
  const ago = Math.round((midnight - new Date(milliseconds).setHours(0, 0, 0, 0)) / 86_400_000);
  if (ago === 0) return "Today";
  return ago === 1 ? "Yesterday" : DAY.format(milliseconds);
}

/** Seconds as 0:04. */
export const duration = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.round(seconds) % 60).padStart(2, "0")}`;

/** Bytes as 1.2 MB. */
export function fileSize(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
