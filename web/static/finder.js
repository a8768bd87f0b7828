// Questions are found by typing: what does not fit is hidden, and Enter sends the first that does.

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const finder = (event) => (event.target.matches?.("[data-finds]") ? event.target : null);
const listOf = (field) => document.getElementById(field.dataset.finds);

function find(field) {
  const words = folded(field.value).split(/\s+/).filter(Boolean);
  for (const item of listOf(field).querySelectorAll("[data-words]")) {
    const text = folded(item.dataset.words);
    item.hidden = !words.every((word) => text.includes(word));
  }
  for (const part of listOf(field).querySelectorAll("section")) {
    part.hidden = !part.querySelector("[data-words]:not([hidden])");
  }
}

function sendFirst(field) {
  const first = field.value.trim() && listOf(field).querySelector("[data-words]:not([hidden])");
  if (!first) return;
  const blank = [...first.querySelectorAll("input:not([type=hidden])")].find((each) => !each.value.trim());
  if (blank) blank.focus();
  else first.querySelector("form").requestSubmit(first.querySelector("button"));
}

// Opened by its key, the list is ready to be typed into.
document.addEventListener("toggle", (event) => {
  if (event.target.open) event.target.querySelector("[data-finds]")?.focus();
}, true);
document.addEventListener("input", (event) => finder(event) && find(finder(event)));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !finder(event)) return;
  event.preventDefault();
  sendFirst(finder(event));
});
