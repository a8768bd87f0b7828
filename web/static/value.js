// The form of a fact, line or place: a telephone number is checked when its field is left, opening hours are told in
// words when they change. The server checks everything again.

const CHECK = "/console/content/values/check";
const form = document.querySelector(".value-form");

async function ask(filled, told, wrong) {
  const answer = await fetch(`${CHECK}?${filled}`);
  if (answer.redirected || (answer.status !== 200 && answer.status !== 422)) return;
  told.textContent = answer.status === 422 ? wrong : await answer.text();
  told.classList.toggle("fault", answer.status === 422);
}

function phone(field) {
  const from = form.elements.namedItem("callable_from")?.value ?? "HU";
  ask(new URLSearchParams({ number: field.value.trim(), from }), document.getElementById(`told-${field.name}`), form.dataset.wrong);
}

function hours(part) {
  const filled = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (name.startsWith(`${part.dataset.hours}.`)) filled.append(name, value);
  ask(filled, document.getElementById(`told-${part.dataset.hours}`), form.dataset.wrongHours);
}

form.addEventListener("focusout", (event) => event.target.matches("[data-phone]") && phone(event.target));
form.addEventListener("change", (event) => {
  const part = event.target.closest("[data-hours]");
  if (part) hours(part);
});
