/** The scores as buttons. The parts of the one that has the focus, or was chosen, light up in the text. */

/** A function that shows the newest scores. `lit` is told which score's parts are to light up: its name, or null. */
export function scoreList(root, template, lit) {
  let shown = new Map();
  let chosen = null;

  function choose(name) {
    chosen = chosen === name ? null : name;
    for (const [own, item] of shown) {
      item.querySelector("button").setAttribute("aria-expanded", String(own === chosen));
      item.querySelector(".parts").hidden = own !== chosen;
    }
    lit(chosen);
  }

  function made(name) {
    const item = template.content.firstElementChild.cloneNode(true);
    const button = item.querySelector("button");
    button.addEventListener("click", () => choose(name));
    for (const event of ["focus", "pointerenter"]) button.addEventListener(event, () => lit(name));
    for (const event of ["blur", "pointerleave"]) button.addEventListener(event, () => lit(chosen));
    return item;
  }

  return (scores) => {
    const had = shown;
    shown = new Map(scores.map((score) => [score.name, had.get(score.name) ?? made(score.name)]));
    if (!shown.has(chosen)) chosen = null;
    for (const score of scores) fill(shown.get(score.name), score);
    if (scores.some((score) => !had.has(score.name)) || had.size !== shown.size) root.replaceChildren(...shown.values());
  };
}

function fill(item, score) {
  item.querySelector(".title").textContent = score.title;
  item.querySelector(".value").textContent = score.value;
  item.querySelector(".explained").textContent = score.about;
  item.querySelector(".none").hidden = score.parts.length > 0;
  item.querySelector("ul").replaceChildren(...score.parts.map(partOf));
}

function partOf(part) {
  const item = document.createElement("li");
  item.className = part.adds ? "adds" : "lowers";
  item.textContent = `“${part.words}” ${part.feature} ${part.points}`;
  return item;
}
