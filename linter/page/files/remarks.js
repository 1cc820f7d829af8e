/** The remarks as a list that can be read, and used, without seeing the underlines. */

/**
 * A function that shows the newest remarks. `show`, `take` and `point` are told which remark (and which of its fixes) is meant;
 * `left` is called when the focus goes with a remark that is no more.
 */
export function remarkList(list, template, on) {
  let known = new Map();
  return (remarks) => {
    const focused = list.contains(document.activeElement) ? document.activeElement : null;
    const next = new Map();
    for (const remark of remarks) {
      const key = keyOf(remark, next);
      const item = known.get(key) ?? made(template, remark, on);
      item.remark = remark;
      next.set(key, item);
    }
    known = next;
    list.replaceChildren(...next.values());
    if (focused?.isConnected) focused.focus({ preventScroll: true });
    else if (focused) on.left();
  };
}

/** The same remark on the same words keeps its item, with what was opened in it; of several alike, in order. */
function keyOf(remark, taken) {
  const { at, fixes, ...same } = remark;
  let key = JSON.stringify([same, fixes.map((fix) => fix.title)]);
  while (taken.has(key)) key += " again";
  return key;
}

function made(template, remark, on) {
  const item = template.content.firstElementChild.cloneNode(true);
  const part = (name) => item.querySelector(`.${name}`);
  const text = (name, words) => (part(name).textContent = words);
  item.classList.add(remark.level);
  text("level", remark.trial ? `${remark.level}, on trial` : remark.level);
  text("message", remark.message);
  text("why", remark.why);
  text("clause", remark.clause);
  for (const [name, words] of [["instead", remark.suggestion], ["wrong", remark.false_alarms]]) {
    part(name).lastElementChild.textContent = words;
    part(name).hidden = !words;
  }
  part("related").append(...remark.related.map((words) => element("li", words)));
  if (remark.words) {
    text("quote", `“${shortened(remark.words)}”`);
    part("show").addEventListener("click", () => on.show(item.remark));
    part("whole").remove();
  } else {
    part("show").remove();
  }
  part("fixes").append(...remark.fixes.map((fix, number) => fixButton(fix, () => on.take(item.remark, number))));
  for (const name of ["focusin", "pointerenter"]) item.addEventListener(name, () => on.point(item.remark));
  for (const name of ["focusout", "pointerleave"]) item.addEventListener(name, () => on.point(null));
  return item;
}

function fixButton(fix, clicked) {
  const button = element("button", fix.title);
  button.type = "button";
  button.addEventListener("click", clicked);
  return button;
}

function element(name, words) {
  const made = document.createElement(name);
  made.textContent = words;
  return made;
}

function shortened(words, most = 60) {
  const letters = [...words];
  return letters.length <= most ? words : `${letters.slice(0, most - 1).join("")}…`;
}
