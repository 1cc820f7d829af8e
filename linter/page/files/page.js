/** A draft, what is said of it, and what can be done about that. Nothing is kept but in this page. */

import { asker, told } from "/ask.js";
import { draw, moves, replace } from "/paper.js";
import { remarkList } from "/remarks.js";
import { scoreList } from "/scores.js";

const WHERE = ["platform", "room", "room_kind", "stage", "date"];
const EMPTY = "Write or paste a draft, and what there is to say of it stands here.";
const GONE = "postlint does not answer. Was it ended? Start `postlint page` again; your words are still here.";

const byId = (id) => document.getElementById(id);
const NOT_SAID = byId("stage").options[0].textContent;
const field = byId("text");
const column = byId("remarks");
const list = byId("list");

let before = field.value;
let remarks = [];
let scores = [];
let rooms = [];
let pointed = null;
let lit = null;
let kept = "";

const draft = () => Object.fromEntries([["text", field.value], ...WHERE.map((key) => [key, byId(key).value])]);

function paint() {
  const marks = [];
  for (const remark of remarks) {
    const kinds = remark === pointed ? [remark.level, "pointed"] : [remark.level];
    if (remark.at && remark.at.start < remark.at.end) marks.push({ ...remark.at, kinds });
  }
  for (const part of scores.find((score) => score.name === lit)?.parts ?? []) {
    if (part.at) marks.push({ ...part.at, kinds: [part.adds ? "adds" : "lowers"] });
  }
  draw(byId("backdrop"), field.value, marks);
}

function say(words) {
  if (byId("said").textContent !== words) byId("said").textContent = words; // else it would be read out again
}

function show(answer) {
  ({ remarks, scores } = answer);
  say(answer.said);
  fillRemarks(remarks);
  fillScores(scores);
  column.setAttribute("aria-busy", "false");
  paint();
  follow();
}

/** Why there is no answer: the server is gone, or it says why. */
const reason = (error) => (error instanceof TypeError ? GONE : `This could not be read: ${error.message}`);

const ask = asker(draft, {
  answered: (answer) => show(field.value.trim() ? answer : { said: EMPTY, remarks: [], scores: [] }),
  failed: (error) => show({ said: reason(error), remarks: [], scores: [] }),
});

/** What is marked goes with the words while the answer to the change is on its way. */
function changed() {
  const move = moves(before, field.value);
  before = field.value;
  for (const remark of remarks) {
    remark.at = move(remark.at);
    for (const fix of remark.fixes) fix.at = move(fix.at);
  }
  for (const score of scores) for (const part of score.parts) part.at = move(part.at);
  paint();
  changedAny();
}

function changedAny() {
  column.setAttribute("aria-busy", "true");
  byId("taken").textContent = "";
  ask();
}

/** The items of the remarks on the words at the caret. */
function atCaret() {
  const caret = field.selectionStart;
  return [...list.children].filter(({ remark: { at } }) => at && at.start < at.end && at.start <= caret && caret <= at.end);
}

/** From the text to what can be done about the words at the caret, else about the first. */
function toRemark() {
  const item = atCaret()[0] ?? list.firstElementChild;
  (item?.querySelector(".fixes button") ?? item?.querySelector("button, summary"))?.focus();
}

/** The remarks on the words at the caret are told apart in the list, and come into view beside the text; below it, the first is told of. */
function follow() {
  const own = atCaret();
  for (const item of list.children) item.classList.toggle("here", own.includes(item));
  byId("peek").hidden = own.length === 0;
  byId("peek").textContent = own[0]?.remark.message ?? "";
  if (own.length && column.scrollHeight > column.clientHeight) {
    column.scrollTop += own[0].getBoundingClientRect().top - column.getBoundingClientRect().top - 80;
  }
}

const fillRemarks = remarkList(list, byId("remark"), {
  show: (remark) => {
    const { at } = remark;
    if (!at) return;
    field.focus({ preventScroll: true });
    field.setSelectionRange(at.start, at.end);
    pointed = remark;
    paint();
    document.querySelector("mark.pointed")?.scrollIntoView({ block: "nearest" });
  },
  take: (remark, number) => {
    const { at, text } = remark.fixes[number];
    if (at) replace(field, at, text);
  },
  point: (remark) => {
    pointed = remark;
    paint();
  },
  left: () => field.focus({ preventScroll: true }),
});

const fillScores = scoreList(byId("scores"), byId("score"), (name) => {
  lit = name;
  paint();
});

async function take() {
  const given = draft();
  try {
    byId("taken").textContent = `${download(await told("/file", given))} is among your downloads.`;
    kept = given.text;
  } catch (error) {
    byId("taken").textContent = reason(error);
  }
}

/** Hand a file to the browser; its name. */
function download({ name, text }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  return name;
}

async function choices() {
  const given = await (await fetch("/choices")).json();
  for (const [key, options] of Object.entries(given)) {
    const holder = key === "room" ? byId("rooms") : byId(key);
    holder.append(...options.map(({ value, words }) => new Option(words, value)));
  }
  rooms = given.room;
  tellRoom();
}

/** What the team's configuration says of a room is set where nothing else is chosen. */
function tellRoom() {
  const known = rooms.find(({ value }) => value === byId("room").value.trim());
  for (const key of ["platform", "room_kind"]) {
    byId(key).options[0].textContent = known?.[key] ? `${known[key]} (set)` : NOT_SAID;
  }
}

field.addEventListener("input", changed);
for (const event of ["keyup", "click", "select"]) field.addEventListener(event, follow);
for (const key of WHERE) byId(key).addEventListener("input", changedAny);
byId("room").addEventListener("input", tellRoom);
byId("take").addEventListener("click", take);
byId("peek").addEventListener("click", toRemark);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.altKey) return;
  event.preventDefault();
  toRemark();
});
column.addEventListener("keydown", (event) => {
  if (event.key === "Escape") field.focus();
});

addEventListener("beforeunload", (event) => {
  if (field.value.trim() && field.value !== kept) event.preventDefault(); // the browser asks: the words are nowhere else
});

say(EMPTY);
paint();
choices().catch(() => say(GONE));
if (field.value) changedAny();
