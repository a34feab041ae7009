// The line to the server: events in, requests out.

const AGAIN_AFTER = 2000; // milliseconds

/** Listen to the server. `handlers` by event name; `onLine(true | false)` tells whether the line is up. */
export function listen(handlers, onLine) {
  const source = new EventSource("events");
  for (const [name, handle] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
  }
  source.addEventListener("open", () => onLine(true));
  source.addEventListener("error", () => {
    onLine(false);
    // After a lost line the browser tries again by itself; after a refusal it does not.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(handlers, onLine), AGAIN_AFTER);
  });
}

/** Ask the server to do something; throws an Error with words for the reader. */
export async function ask(path, body) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error("The demo isn't answering. Is it still running?");
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `Something went wrong in the demo (${response.status}).`);
  return answer;
}
