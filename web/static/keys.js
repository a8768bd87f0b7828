// The keyboard's shortcuts: single letters, listed by "?". None fires while somebody types, with a modifier, in a
// dialog, or once they are switched off (WCAG 2.1.4). What each does stands beside it in the list (keys.html).

const KEPT = "hotline-keys";
const MODIFIERS = ["Control", "Alt", "AltGraph", "Meta", "OS", "CapsLock", "Fn"]; // screen readers use them too

const list = document.getElementById("keys");
const isOn = () => localStorage.getItem(KEPT) !== "off";
const rows = new Map([...list.querySelectorAll("[data-key]")].map((row) => [row.dataset.key, row.dataset]));

function isTyping(element) {
  return element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog") !== null;
}

// On a Cyrillic keyboard the key of the same place.
function keyOf(event) {
  if (event.key === "?") return "?";
  if (event.shiftKey) return "";
  return /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : (/^Key([A-Z])$/.exec(event.code)?.[1].toLowerCase() ?? "");
}

function pressed(event) {
  if (event.key === "Escape" && isOn() && event.target.matches("#compose :is(textarea, input)")) return leave();
  if (!isOn() || event.defaultPrevented || event.repeat || event.isComposing || isTyping(event.target)) return;
  if (MODIFIERS.some((modifier) => event.getModifierState(modifier))) return;
  const row = rows.get(keyOf(event));
  if (row && act(row)) event.preventDefault();
}

function act({ goes, press, leads, step }) {
  if (goes) return goTo(document.querySelector(goes));
  if (press) return click(document.querySelector(press));
  if (leads) return location.assign(leads) ?? true;
  return takeStep(step);
}

function click(button) {
  button?.click();
  return Boolean(button);
}

function goTo(element) {
  if (!element) return false;
  for (let folded = element.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
  element.focus();
  return true;
}

function leave() {
  document.getElementById("transcript").focus();
}

// In a conversation to my next one; in the queue to the next case of the list.
function takeStep(way) {
  const here = document.querySelector("#casehead")?.dataset.case;
  if (here) return location.assign(`/console/step?way=${way}&from=${encodeURIComponent(here)}`) ?? true;
  const links = [...document.querySelectorAll(".case .what > a")].filter((link) => link.checkVisibility());
  if (!links.length) return false;
  const at = links.indexOf(document.activeElement);
  const to = way === "next" ? at + 1 : (at < 0 ? links.length : at) - 1;
  links.at(to % links.length).focus();
  return true;
}

function start() {
  const off = document.getElementById("keys-off");
  off.checked = !isOn();
  off.addEventListener("change", () => localStorage.setItem(KEPT, off.checked ? "off" : "on"));
  document.getElementById("keys-open").addEventListener("click", () => list.showModal());
  document.addEventListener("keydown", pressed);
}

start();
