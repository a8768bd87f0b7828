// The form of a notice: checked and shown while it is typed, and topics found by typing. Without this script the
// button "Check" does the same.

const CHECK_MS = 400;

const form = document.getElementById("notice");
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

let timer = null;
let asked = 0;

async function check() {
  const number = ++asked;
  const answer = await fetch(form.dataset.check, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (!answer.ok || number !== asked) return; // a later question was asked meanwhile
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ["seen", "topic_shown"]) {
    const fresh = page.getElementById(id);
    const here = document.getElementById(id);
    if (fresh && here.innerHTML !== fresh.innerHTML && here !== document.activeElement) {
      here.replaceChildren(...fresh.childNodes);
    }
  }
}

function filter(field) {
  const words = folded(field.value).split(/\s+/).filter(Boolean);
  const list = document.getElementById(field.dataset.filters);
  for (const item of list.querySelectorAll("[data-words]")) {
    const text = folded(item.dataset.words);
    item.hidden = !words.every((word) => text.includes(word));
  }
  for (const group of list.querySelectorAll("fieldset")) {
    group.hidden = !group.querySelector("[data-words]:not([hidden])");
  }
}

for (const each of document.querySelectorAll("[data-needs-script]")) each.hidden = false;

form.addEventListener("input", (event) => {
  if (event.target.matches("[data-filters]")) return filter(event.target);
  clearTimeout(timer);
  timer = setTimeout(() => check().catch(() => {}), CHECK_MS); // without a connection the button still says so
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-filters]")) event.preventDefault();
});
