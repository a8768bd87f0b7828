// What was typed and not sent outlives a reload, a lost connection, another case and the end of the session: as
// ciphertext in this tab. Its key comes with the page (web/drafts.py), so that without a login nobody reads it.

const place = document.getElementById("drafts");
const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
const text = (array) => btoa(String.fromCharCode(...array));
const boxes = () => [...document.querySelectorAll("#compose textarea[id]")];

async function keep({ key, name }) {
  const secret = await crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt", "decrypt"]);
  let saved = restore(secret, name);
  const next = () => (saved = saved.then(() => save(secret, name))); // one after another, the last one stays
  document.addEventListener("input", next);
  document.addEventListener("hotline:done", next);
  next(); // what was typed before this script was there
}

async function save(secret, name) {
  const typed = Object.fromEntries(boxes().filter((box) => box.value.trim()).map((box) => [box.id, box.value]));
  if (!Object.keys(typed).length) return sessionStorage.removeItem(name);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(typed));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, secret, plain));
  sessionStorage.setItem(name, `${text(iv)} ${text(sealed)}`);
}

async function restore(secret, name) {
  const kept = sessionStorage.getItem(name);
  if (!kept) return;
  const [iv, sealed] = kept.split(" ").map(bytes);
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, secret, sealed);
    fill(JSON.parse(new TextDecoder().decode(plain)));
  } catch {
    sessionStorage.removeItem(name); // of an earlier password
  }
}

function fill(typed) {
  for (const box of boxes()) {
    if (!typed[box.id] || box.value) continue;
    box.value = typed[box.id];
    const folded = box.closest("details");
    if (folded) folded.open = true;
  }
}

if (place && globalThis.crypto?.subtle) keep(place.dataset);
