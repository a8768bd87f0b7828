// The list of placeholders: found by their name, meaning or value, chosen with arrows and Enter or with a tap.

const MOST = 60;

const dialog = document.getElementById("picker");
const find = document.getElementById("find");
const found = document.getElementById("found");
const none = document.getElementById("found-none");
let all = [];
let chosen = () => {};
let at = 0;

export function listen(values, notShown) {
  all = values.map((value) => ({
    ...value,
    words: `${value.name} ${value.meaning} ${value.value}`.toLowerCase(),
    note: value.shown ? value.name : `${value.name} · ${notShown}`,
  }));
  find.addEventListener("input", show);
  find.addEventListener("keydown", onKey);
  found.addEventListener("click", (event) => take(event.target.closest("[role=option]")));
  document.getElementById("picker-close").addEventListener("click", () => dialog.close());
}

export function choose(then) {
  chosen = then;
  find.value = "";
  show();
  dialog.showModal();
  find.focus();
}

function show() {
  const wanted = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = all.filter(({ words }) => wanted.every((word) => words.includes(word))).slice(0, MOST);
  found.replaceChildren(...fitting.map(option));
  none.hidden = fitting.length > 0;
  select(0);
}

function option({ name, note, meaning, value }, index) {
  const made = document.createElement("li");
  made.role = "option";
  made.id = `found-${index}`;
  made.dataset.name = name;
  const words = document.createElement("span");
  words.className = "quiet";
  words.textContent = note;
  const said = document.createElement("bdi");
  said.textContent = value;
  made.append(meaning, value ? ": " : "", said, words);
  return made;
}

function select(index) {
  const options = [...found.children];
  at = Math.max(0, Math.min(index, options.length - 1));
  for (const [number, each] of options.entries()) each.setAttribute("aria-selected", String(number === at));
  options[at]?.scrollIntoView({ block: "nearest" });
  find.setAttribute("aria-activedescendant", options[at]?.id ?? "");
}

function onKey(event) {
  if (event.key === "ArrowDown") select(at + 1);
  else if (event.key === "ArrowUp") select(at - 1);
  else if (event.key === "Enter") take(found.children[at]);
  else return;
  event.preventDefault();
}

function take(option) {
  if (!option) return;
  dialog.close();
  chosen(option.dataset.name);
}
