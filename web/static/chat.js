// The chat page: what is written is shown at once, replies come by long poll, buttons are tapped as in Telegram.

const byId = (name) => document.getElementById(name);
const SAID = "hotline-said"; // own messages, kept for this tab alone
const LONGEST_WAIT_MS = 8000;

const list = byId("messages");
let newest = 0;

const said = JSON.parse(sessionStorage.getItem(SAID) ?? "[]");
const keepSaid = () => sessionStorage.setItem(SAID, JSON.stringify(said));
const language = () => byId("locale").value || navigator.language || "en";
const number = () => Date.now() * 100 + Math.floor(Math.random() * 100);

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function bubble(id, who) {
  const item = element("div", `message ${who}`);
  item.dataset.id = id;
  return item;
}

function place(item) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 120;
  list.append(item);
  if (!atEnd && !item.classList.contains("mine")) return;
  list.scrollTop = list.scrollHeight;
  if (item.offsetHeight > list.clientHeight) item.scrollIntoView({ block: "start" }); // long: read from its beginning
}

const messageOf = (id) => list.querySelector(`[data-id="${CSS.escape(id)}"]`);

async function post(body) {
  const response = await fetch("/chat/turns", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...body, language: language() }),
  });
  if (!response.ok) throw new Error(String(response.status));
}

// Own messages.
function showOwn({ number: id, text }) {
  const item = bubble(id, "mine");
  const words = element("div", "text", text);
  words.dir = "auto";
  item.append(words);
  place(item);
  return item;
}

function say(text) {
  const own = { number: number(), text, after: newest };
  said.push(own);
  keepSaid();
  byId("start").hidden = true;
  deliver(own, showOwn(own));
}

// The same number every time: sent twice, it counts once.
async function deliver(own, item) {
  item.querySelector(".failed")?.remove();
  item.classList.add("sending");
  try {
    await post({ number: own.number, text: own.text });
    own.sent = true;
    keepSaid();
  } catch {
    const failed = byId("not-sent").content.cloneNode(true);
    failed.querySelector("button").addEventListener("click", () => deliver(own, item));
    item.append(failed);
    list.scrollTop = list.scrollHeight;
  }
  item.classList.remove("sending");
}

// Replies.
const shows = {
  say(reply) {
    const item = bubble(reply.id, "theirs");
    const words = element("div", "text");
    words.dir = "auto";
    words.innerHTML = reply.html; // made safe by the server; the page's policy runs no script but its own
    for (const link of words.querySelectorAll("a")) link.target = "_blank";
    item.append(words);
    if (reply.buttons.length) item.append(keyboard(reply));
    place(item);
  },
  place(reply) {
    const item = bubble(reply.id, "theirs place");
    for (const [name, text] of [["name", reply.name], ["text", reply.address]]) {
      const line = element("div", name, text);
      line.dir = "auto";
      item.append(line);
    }
    const link = byId("map").content.cloneNode(true);
    link.querySelector("a").href = reply.geo;
    item.append(link);
    place(item);
  },
  tap(reply) {
    list.querySelector(`[data-tap="${CSS.escape(reply.tap)}"]`)?.classList.remove("waiting");
    if (reply.text) toast(reply.text);
  },
  drop_buttons: (reply) => messageOf(reply.message)?.querySelector(".keyboard")?.remove(),
  hide(reply) {
    for (const id of reply.messages) {
      messageOf(id)?.remove();
      const own = said.findIndex((each) => each.number === id);
      if (own >= 0) said.splice(own, 1);
    }
    keepSaid();
  },
};

function keyboard(reply) {
  const keys = element("div", "keyboard");
  for (const row of reply.buttons) {
    const line = element("div", "keys");
    line.append(...row.map((button) => key(reply.id, button)));
    keys.append(line);
  }
  return keys;
}

function key(message, button) {
  if (button.url) {
    const link = element("a", "key", button.text);
    Object.assign(link, { href: button.url, target: "_blank", rel: "noopener noreferrer", dir: "auto" });
    return link;
  }
  const made = element("button", "key", button.text);
  Object.assign(made, { type: "button", dir: "auto" });
  made.addEventListener("click", () => tap(made, message, button.data));
  return made;
}

async function tap(key, message, button) {
  const own = number();
  key.dataset.tap = own;
  key.classList.add("waiting");
  setTimeout(() => key.classList.remove("waiting"), LONGEST_WAIT_MS);
  try {
    await post({ number: own, button, message });
  } catch {
    key.classList.remove("waiting");
    toast(byId("not-sent").content.textContent.trim());
  }
}

let fading = null;
function toast(text) {
  byId("toast").textContent = text;
  byId("toast").hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => (byId("toast").hidden = true), 4000);
}

function showReply(reply) {
  newest = Math.max(newest, reply.id);
  byId("start").hidden = true;
  shows[reply.kind](reply);
}

// After a reload: own messages stand where they stood.
function showAgain(replies) {
  const own = said.slice();
  for (const reply of replies) {
    while (own.length && own[0].after < reply.id) showSaid(own.shift());
    showReply(reply);
  }
  own.forEach(showSaid);
}

function showSaid(own) {
  const item = showOwn(own);
  if (!own.sent) deliver(own, item);
}

async function poll() {
  let wait_ms = 500;
  let first = true;
  for (;;) {
    try {
      const response = await fetch(`/chat/replies?after=${newest}${first ? "&wait=no" : ""}`);
      if (!response.ok) throw new Error(String(response.status));
      const { replies } = await response.json();
      byId("lost").hidden = true;
      first ? showAgain(replies) : replies.forEach(showReply);
      first = false;
      wait_ms = 500;
    } catch {
      byId("lost").hidden = false;
      await new Promise((resolve) => setTimeout(resolve, wait_ms));
      wait_ms = Math.min(wait_ms * 2, LONGEST_WAIT_MS);
    }
  }
}

function grow(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 140)}px`;
}

function start() {
  const box = byId("text");
  byId("start").hidden = said.length > 0;
  byId("start").addEventListener("click", () => say("/start"));
  byId("locale").addEventListener("change", () => byId("languages").submit());
  byId("write").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!box.value.trim()) return;
    say(box.value);
    box.value = "";
    grow(box);
    box.focus();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    byId("write").requestSubmit();
  });
  box.addEventListener("input", () => grow(box));
  poll();
}

start();
