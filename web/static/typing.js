// While somebody types: checks and preview at once, and what is typed kept on the server soon after.

const CHECK_MS = 400;
const KEEP_MS = 2000;

const keeping = document.getElementById("keeping");

export function watch(form, codemirror) {
  const check = after(CHECK_MS, () => look(form));
  const keep = after(KEEP_MS, () => save(form));
  const typed = () => {
    check.soon();
    keep.soon();
  };
  codemirror.on("change", typed);
  form.addEventListener("input", typed);
  document.addEventListener("submit", () => keep.never()); // saved, or thrown away
  document.addEventListener("visibilitychange", () => document.hidden && keep.now());
}

function after(ms, deed) {
  let timer = null;
  const never = () => {
    clearTimeout(timer);
    timer = null;
  };
  return {
    never,
    soon: () => {
      never();
      timer = setTimeout(() => { timer = null; deed(); }, ms);
    },
    now: () => {
      if (timer === null) return;
      never();
      deed();
    },
  };
}

const filledIn = (form) => ({ method: "POST", body: new URLSearchParams(new FormData(form)) });
let asked = 0;

async function look(form) {
  const number = (asked += 1);
  const answer = await fetch(form.dataset.check, filledIn(form)).catch(() => null);
  if (!answer?.ok || number !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of page.body.children) document.getElementById(part.id).replaceChildren(...part.childNodes);
}

async function save(form) {
  const answer = await fetch(form.dataset.keep, { ...filledIn(form), keepalive: true }).catch(() => null);
  if (!answer?.ok) {
    keeping.textContent = keeping.dataset.failed;
    return;
  }
  const { kept } = await answer.json();
  keeping.textContent = kept ? keeping.dataset.kept.replace("{time}", kept) : "";
}
