/** The report in a frame, loaded again when its source has changed, at the place where it was being read. */

const EVERY = 1000;
const GONE = "postlint does not answer. Was it ended? What is shown here is the report as it was.";

const frame = document.getElementById("report");
const said = document.getElementById("said");
let stamp = null;
let place = null;

function say(words) {
  if (said.textContent !== words) said.textContent = words; // else it would be read out again
}

function load() {
  const shown = frame.contentWindow;
  place = { left: shown.scrollX, top: shown.scrollY };
  say("The report is being drawn.");
  shown.location.replace("/report");
}

frame.addEventListener("load", () => {
  if (place === null) return; // the empty frame
  for (const link of frame.contentDocument.links) {
    if (link.origin !== location.origin) link.target = "_blank"; // nobody else's page is shown in the frame
  }
  frame.contentWindow.scrollTo({ ...place, behavior: "instant" });
  say("");
});

async function look() {
  try {
    const now = (await (await fetch("/stamp")).json()).stamp;
    if (now !== stamp) {
      stamp = now;
      load();
    }
  } catch {
    say(GONE);
  }
  setTimeout(look, EVERY);
}

look();
