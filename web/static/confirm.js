// Facts, lines and places confirmed one after another. The next one stands there at once; what was confirmed is sent
// behind it, one after another, and comes back with its reason when it is refused. Without this script each is sent and
// waited for.

const KEPT = "hotline-keys"; // the console's own single letters are switched off by the same mark (WCAG 2.1.4)
const AGAIN_MS = 3000; // after the network has failed

const byId = (name) => document.getElementById(name);
const deck = byId("deck");
const state = byId("sent");
const off = byId("keys-here-off");
const hands = [...deck.querySelectorAll(".value-card")]; // those still to be looked at; the first is shown
const skipped = new Set(); // once all that are left were, the next ones come
const done = []; // confirmed, the last one last
const jobs = []; // not yet sent; the first is on its way
let sent = 0;
let leads = ""; // where to go once everything is sent
let busy = false;

function show() {
  for (const card of deck.querySelectorAll(".value-card")) card.hidden = card !== hands[0];
  const name = hands[0]?.querySelector("h2") ?? byId("nothing-left");
  byId("nothing-left").hidden = hands.length > 0 || Boolean(deck.dataset.then);
  name.focus();
  if (!hands.length && deck.dataset.then) leave(deck.dataset.then);
}

function skip() {
  if (!hands.length) return;
  skipped.add(hands[0]);
  hands.push(hands.shift());
  if (deck.dataset.then && hands.every((card) => skipped.has(card))) leave(deck.dataset.then);
  else show();
}

function confirm(button) {
  const card = hands.shift();
  card.querySelector(".refusal").hidden = true;
  done.push(card);
  queue({ card, of: "confirm", form: button.form, how: button.value });
  show();
}

// The last one comes back: what was not sent yet never is, what was is taken back.
function back() {
  const card = done.pop();
  if (!card) return;
  const waiting = jobs.findIndex((job, place) => job.card === card && (place > 0 || !busy));
  if (waiting >= 0) jobs.splice(waiting, 1);
  else queue({ card, of: "take_back", form: card.querySelector(".again form") });
  hands.unshift(card);
  show();
  tell();
}

function queue(job) {
  jobs.push(job);
  tell();
  send();
}

async function send() {
  if (busy) return;
  busy = true;
  while (jobs.length) if (!(await sends(jobs[0]))) break;
  busy = false;
  if (!jobs.length && leads) location.assign(leads);
}

async function sends(job) {
  const body = new URLSearchParams(new FormData(job.form));
  if (job.how) body.set("how", job.how);
  body.set("quiet", "1");
  try {
    const answer = await fetch(job.form.action, { method: "POST", body });
    if (answer.redirected || answer.status === 401 || answer.status === 403) return stop("ended");
    if (answer.status >= 500) return stop("lost");
    jobs.shift();
    if (answer.status === 204) sent += job.of === "confirm" ? 1 : -1;
    else returned(job.card, await reasonIn(answer));
    return tell();
  } catch {
    return stop("lost");
  }
}

async function reasonIn(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return (page.getElementById("notice") ?? page.querySelector("main"))?.textContent.trim() ?? "";
}

function returned(card, reason) {
  const said = card.querySelector(".refusal");
  said.textContent = reason;
  said.hidden = false;
  if (done.includes(card)) done.splice(done.indexOf(card), 1);
  leads = "";
  if (!hands.includes(card)) hands.push(card);
  if (hands.length === 1) show();
}

// Nothing is dropped: what waits is sent again, after a while or once somebody has logged in elsewhere.
function stop(why) {
  tell(state.dataset[why]);
  setTimeout(send, AGAIN_MS);
  return false;
}

function tell(trouble = "") {
  state.hidden = false;
  const counted = state.dataset.saved.replace("{n}", sent).replace("{m}", done.length);
  state.textContent = [counted, trouble].filter(Boolean).join(" · ");
  state.dataset.waiting = jobs.length;
  return true;
}

function leave(address) {
  leads = address;
  if (!jobs.length) location.assign(address);
}

const isTyping = (element) => element.closest("input:not([type=checkbox]), textarea, select, dialog") !== null;

// On a Cyrillic keyboard the key of the same place.
function keyOf(event) {
  if (/^[a-z1-3]$/i.test(event.key)) return event.key.toLowerCase();
  if (event.key === "Backspace") return "b";
  return /^(?:Key|Digit|Numpad)([A-Z1-3])$/.exec(event.code)?.[1].toLowerCase() ?? "";
}

function pressed(event) {
  const modified = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
  if (off.checked || modified || event.repeat || event.isComposing || isTyping(event.target)) return;
  const does = {
    1: () => press(1), 2: () => press(2), 3: () => press(3), n: skip, b: back,
    e: () => hands[0] && leave(hands[0].querySelector("[data-edit]").href),
  }[keyOf(event)];
  if (!does) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  does();
}

const press = (number) => hands[0] && confirm(hands[0].querySelector(`[data-how="${number}"]`));

function start() {
  byId("keys-here").hidden = false;
  document.body.classList.add("keyed");
  off.checked = localStorage.getItem(KEPT) === "off";
  off.addEventListener("change", () => localStorage.setItem(KEPT, off.checked ? "off" : "on"));
  document.addEventListener("keydown", pressed, { capture: true });
  deck.addEventListener("submit", (event) => {
    if (!event.target.matches(".still")) return;
    event.preventDefault();
    confirm(event.submitter);
  });
  deck.addEventListener("click", (event) => {
    if (event.target.closest("[data-skip]")) {
      event.preventDefault();
      skip();
    }
  });
  addEventListener("beforeunload", (event) => jobs.length && event.preventDefault());
  hands[0]?.querySelector("h2").focus();
}

start();
