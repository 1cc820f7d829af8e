/** The words with what is marked in them, on a layer behind the field that they are typed into. Places are in UTF-16 units. */

/** A function from a place in `before` to the same words' place in `after`; null for words that the edit touched. */
export function moves(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const end = before.length - tail;
  const by = after.length - before.length;
  return (place) => {
    if (place === null || place.end <= start) return place;
    return place.start >= end ? { start: place.start + by, end: place.end + by } : null;
  };
}

/** Show a text in the layer. A mark is a place with `kinds`, the names of classes. */
export function draw(layer, text, marks) {
  const edges = new Set([0, text.length]);
  for (const { start, end } of marks) edges.add(start).add(end);
  const sorted = [...edges].sort((one, other) => one - other);
  const pieces = sorted.slice(1).map((end, number) => piece(text, sorted[number], end, marks));
  layer.replaceChildren(...pieces, "\u200b"); // else a line break at the end would take no room
}

function piece(text, start, end, marks) {
  const words = text.slice(start, end);
  const over = marks.filter((mark) => mark.start <= start && end <= mark.end);
  if (over.length === 0) return words;
  const mark = document.createElement("mark");
  mark.classList.add(...over.flatMap((one) => one.kinds));
  mark.textContent = words;
  return mark;
}

/** Put words in place of others, so that undo takes them back. */
export function replace(field, place, words) {
  field.focus({ preventScroll: true });
  const { selectionStart: caret } = field;
  field.setSelectionRange(place.start, place.end);
  // marked as out of date, and the only way that keeps the history of undo
  const done = words ? document.execCommand("insertText", false, words) : document.execCommand("delete");
  if (!done) {
    field.setRangeText(words, place.start, place.end);
    field.dispatchEvent(new Event("input"));
  }
  const after = place.start + words.length;
  const by = after - place.end;
  const back = caret <= place.start ? caret : caret >= place.end ? caret + by : after;
  field.setSelectionRange(back, back);
}
