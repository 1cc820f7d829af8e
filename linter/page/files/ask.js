/** Asks the server about the newest draft only. */

const PAUSE = 150;

/** What the server says to a draft. Throws where it is not there, or cannot use what it was sent. */
export async function told(path, draft) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(draft),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/**
 * A function to call at every change: after a pause in the typing the server is asked about `draft()`.
 *
 * One question is open at a time. An answer to a draft that is no longer the newest is thrown away, and the newest is asked about.
 */
export function asker(draft, { answered, failed }) {
  let newest = 0;
  let open = false;
  let pause;

  async function ask() {
    clearTimeout(pause);
    if (open) return;
    open = true;
    const number = newest;
    let then = failed;
    let said;
    try {
      said = await told("/check", draft());
      then = answered;
    } catch (error) {
      said = error;
    }
    open = false;
    if (number === newest) then(said);
    else ask();
  }

  return () => {
    newest += 1;
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE);
  };
}
