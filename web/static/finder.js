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
  else {
    first.querySelector("form").requestSubmit(first.querySelector("button"));
    field.value = "";
    find(field);
  }
}

// Alt and a letter, wherever it stands on the keyboard in use, opens or closes a part of the page. What has a field to
// find in is ready to be typed into; elsewhere the first thing to choose is.
function toggle(summary) {
  const part = summary.parentElement;
  part.open = !part.open;
  if (!part.open) return summary.focus();
  summary.scrollIntoView({ block: "start" });
  (part.querySelector("[data-finds]") ?? part.querySelector("select, button, input:not([type=hidden])"))?.focus();
}

document.addEventListener("input", (event) => finder(event) && find(finder(event)));
document.addEventListener("keydown", (event) => {
  if (event.altKey && !event.ctrlKey && !event.metaKey && event.code.startsWith("Key")) {
    const summary = document.querySelector(`[data-key="${event.code.slice(3).toLowerCase()}"]`);
    if (!summary) return;
    event.preventDefault();
    toggle(summary);
  } else if (event.key === "Enter" && finder(event)) {
    event.preventDefault();
    sendFirst(finder(event));
  }
});
