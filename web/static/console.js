// The console, kept current: the page is fetched again when something has changed, and what is marked `data-live` in it
// is brought up to date in place. What an operator types is never touched.

import "./finder.js";
import { listen } from "./stream.js";

const REFRESH_MS = 30_000; // waits grow older
const GATHER_MS = 30;
const NEWS = ["listening", "opened", "alarm", "duty"]; // other events concern the pages that show their case
const NUMBERS = [...NEWS, "changed", "closed"]; // and those that show how many there are
const BEEP_MS = 12_000;
const WAITS = "[data-pending], [data-mark=on_its_way]"; // a message that has not arrived yet: asked after often
const WAITS_MS = 1500;

const byId = (name) => document.getElementById(name);
const address = document.body.dataset.address; // of this page, also when it came as the answer to a form
const plainTitle = document.title.replace(/^\(\d+\) /, "");
let fetching = false;
let again = false;
let timer = null;
let sound = null;
let shown = Promise.resolve(); // what was done last

async function refresh() {
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  try {
    await update(await fetch(address, { headers: { Accept: "text/html" } }));
  } catch {
    showLost(true);
  } finally {
    fetching = false;
  }
  if (again) {
    again = false;
    refresh();
  }
}

async function update(response) {
  if (leadsElsewhere(response)) return leave(response.url); // the session has ended
  if (response.status === 404) return location.assign(address); // the person has erased everything
  if (!response.ok) return;
  showPage(new DOMParser().parseFromString(await response.text(), "text/html"));
}

const leadsElsewhere = (response) => response.redirected && new URL(response.url).pathname !== address;

// Never away from words that somebody has typed and not sent.
function leave(url) {
  const typed = [...document.querySelectorAll("textarea")].some((written) => written.value.trim());
  if (typed && new URL(url).pathname.endsWith("/login")) byId("ended").hidden = false;
  else location.assign(url);
}

function showPage(fresh) {
  if (byId("ended")) byId("ended").hidden = true;
  const token = fresh.querySelector("[name=token]");
  for (const old of document.querySelectorAll("[name=token]")) if (token) old.value = token.value;
  for (const old of document.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(old.id);
    if (now) old.dataset.live === "once" ? replaceOnChange(old, now) : keepAtEnd(old, () => merge(old, now));
  }
  announce();
}

// The writing part changes only with the case's state, and what was typed or chosen stays.
function replaceOnChange(old, now) {
  if (old.dataset.state === now.dataset.state) return;
  for (const filled of [...old.querySelectorAll("[id]:is(textarea, input, select)")].filter(isTouched)) {
    const place = now.querySelector(`#${filled.id}`);
    if (place) place.value = filled.value;
    else if (filled.id === "answer") keepUnsent(filled.value);
  }
  for (const folded of old.querySelectorAll("details[open][id]")) now.querySelector(`#${folded.id}`)?.setAttribute("open", "");
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  old.replaceWith(document.adoptNode(now));
  if (focused) byId(focused)?.focus();
}

function isTouched(field) {
  if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
  return [...field.options].some((option) => option.selected !== option.defaultSelected);
}

// An answer that can no longer be sent, since the case was closed or given away, can still be copied.
function keepUnsent(text) {
  if (!text.trim()) return;
  byId("kept").value = text;
  byId("unsent").hidden = false;
}

// Parts with an id that look the same stay the very same nodes: focus, selection and screen readers are left in peace.
function merge(old, now) {
  for (const { name, value } of now.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  for (const { name } of [...old.attributes]) if (name !== "open" && !now.hasAttribute(name)) old.removeAttribute(name);
  if (old.innerHTML === now.innerHTML) return;
  const fresh = [...now.children];
  if (!fresh.length || [...fresh, ...old.children].some((child) => !child.id)) return replaceInside(old, now);
  const kept = new Map([...old.children].map((child) => [child.id, child]));
  let place = old.firstElementChild;
  for (const child of fresh) {
    const known = kept.get(child.id);
    kept.delete(child.id);
    if (known && known === place) place = place.nextElementSibling;
    else old.insertBefore(known ?? document.adoptNode(child), place);
    if (known) merge(known, child);
  }
  for (const gone of kept.values()) gone.remove();
}

function replaceInside(old, now) {
  const focused = old.contains(document.activeElement) ? pathTo(old, document.activeElement) : null;
  old.innerHTML = now.innerHTML;
  if (focused) followed(old, focused)?.focus();
}

function pathTo(root, element) {
  const path = [];
  for (let at = element; at !== root; at = at.parentElement) path.unshift([...at.parentElement.children].indexOf(at));
  return path;
}

const followed = (root, path) => path.reduce((at, index) => at?.children[index], root);

function keepAtEnd(list, change) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  change();
  if (atEnd && list.id === "transcript") list.scrollTop = list.scrollHeight;
}

// Alarms: in the title, and as a sound once somebody has asked for it.
const alarms = () => Number(byId("alarms")?.dataset.count ?? 0);

function announce() {
  document.title = alarms() ? `(${alarms()}) ${plainTitle}` : plainTitle;
}

function beep() {
  if (!sound || !alarms()) return;
  for (const [delay, hertz] of [[0, 880], [0.25, 660]]) {
    const tone = new OscillatorNode(sound, { frequency: hertz });
    const volume = new GainNode(sound, { gain: 0.15 });
    tone.connect(volume).connect(sound.destination);
    tone.start(sound.currentTime + delay);
    tone.stop(sound.currentTime + delay + 0.2);
  }
}

// Browsers play nothing before somebody has touched the page; the wish outlives the page.
function setSound(on) {
  sound?.close();
  sound = on ? new AudioContext() : null;
  localStorage.setItem("hotline-sound", on ? "on" : "off");
  byId("sound").setAttribute("aria-pressed", String(on));
}

function startSound() {
  const button = byId("sound");
  button.hidden = false;
  setSound(localStorage.getItem("hotline-sound") === "on");
  button.addEventListener("click", () => {
    setSound(!sound);
    beep();
  });
  document.addEventListener("pointerdown", () => sound?.resume(), { once: true });
}

function showLost(lost) {
  byId("lost").hidden = !lost;
}

const news = "numbers" in document.body.dataset ? NUMBERS : NEWS;
const concerns = ({ kind, case: name }) =>
  news.includes(kind) || document.querySelector(`[data-case="${CSS.escape(name)}"]`) !== null;

function hear(events) {
  if (!events.some(concerns)) return;
  timer ??= setTimeout(() => {
    timer = null;
    refresh();
  }, GATHER_MS);
}

// Deeds are done without leaving the page; what was typed stays until the store has it.
async function send(form, button) {
  const written = form.querySelector("textarea");
  if (button.disabled || (written && !written.value.trim())) return;
  const filled = filledIn(form, button);
  if (!filled) return;
  button.disabled = true; // only now: what a disabled button says is not sent
  byId("failed").hidden = true;
  try {
    await showInTurn(fetch(form.action, { method: "POST", body: filled }), form, written);
  } catch {
    byId("failed").hidden = false;
  } finally {
    button.disabled = false;
    if (document.activeElement === document.body || form.contains(document.activeElement)) written?.focus();
  }
}

// "Undo" is pressed before "Send" has come back: what each did is shown in the order it was done in.
function showInTurn(fetched, form, written) {
  const done = Promise.all([fetched, shown]).then(([response]) => showResult(response, form, written));
  shown = done.catch(() => {});
  return done;
}

// A file that nobody takes is not sent at all.
function filledIn(form, button) {
  const file = form.querySelector("[type=file]");
  if (!file) return new URLSearchParams(new FormData(form, button));
  byId("file-large").hidden = file.files[0]?.size <= Number(file.dataset.most);
  return byId("file-large").hidden ? new FormData(form, button) : null;
}

async function showResult(response, form, written) {
  if (leadsElsewhere(response)) return leave(response.url);
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  const notice = fresh.getElementById("notice");
  if (!notice) throw new Error(String(response.status));
  byId("notice").innerHTML = notice.innerHTML;
  nameAnew(form);
  if (response.ok && written) written.value = "";
  if (response.ok && form.querySelector("[type=file]")) form.reset();
  showPage(fresh);
  if (form.matches("[data-gives-back]")) giveBack(fresh.getElementById("answer")?.defaultValue ?? "");
  document.dispatchEvent(new Event("hotline:done"));
  if (!response.ok) byId("notice").scrollIntoView({ block: "center" }); // forms are long, and it says why
}

// What is sent from now on is something else. A form whose answer never came keeps its name: it is done once.
function nameAnew(form) {
  const once = form.elements.namedItem("once");
  if (once) once.value = crypto.getRandomValues(new Uint32Array(4)).join("-");
}

// A message that was undone, before what was typed since.
function giveBack(text) {
  const box = byId("answer");
  if (!box || !text) return;
  box.value = [text, box.value].filter((each) => each.trim()).join("\n");
  box.focus();
}

// Answers are looked for without leaving the page; what was typed elsewhere in it stays.
async function find(form, button) {
  const filled = new URLSearchParams(new FormData(form, button));
  const response = await fetch(`${form.action}?${filled}`);
  if (leadsElsewhere(response)) return leave(response.url);
  const panel = byId(form.dataset.find || "topics");
  const found = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(panel.id);
  if (found) replaceInside(panel, found);
  if (button.name) (panel.querySelector("input[value='']:not([type])") ?? panel.querySelector(".preview"))?.focus();
}

function start() {
  document.addEventListener("submit", (event) => {
    const quietly = event.target.matches("[data-quiet]") ? send : event.target.matches("[data-find]") ? find : null;
    if (!quietly) return;
    event.preventDefault();
    quietly(event.target, event.submitter ?? event.target.querySelector("button"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.target.tagName !== "TEXTAREA") return;
    event.target.form.requestSubmit();
  });
  const transcript = byId("transcript");
  if (transcript) transcript.scrollTop = transcript.scrollHeight;
  announce();
  listen({ hear, lost: showLost, ended: refresh });
  startSound();
  setInterval(refresh, REFRESH_MS);
  setInterval(() => document.querySelector(WAITS) && refresh(), WAITS_MS);
  setInterval(beep, BEEP_MS);
}

start();
