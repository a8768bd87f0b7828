// The page of an answer: its text in EasyMDE with placeholders as chips; checks, preview and keeping while somebody types.
// Without script the form is a plain one, whose button "Check" does the same.

import "./vendor/easymde-2.21.0.min.js"; // puts EasyMDE into the page (vendor/README.md)
import { drawChips } from "./chips.js";
import { choose, listen } from "./picker.js";
import { watch } from "./typing.js";

const { EasyMDE } = globalThis;
const form = document.getElementById("answer");
const box = form.elements.text;

const NOT_OURS = [
  "toggleCodeBlock", "toggleStrikethrough", "toggleHeadingSmaller", "toggleHeadingBigger", "toggleHeading1", "toggleHeading2",
  "toggleHeading3", "toggleHeading4", "toggleHeading5", "toggleHeading6", "drawImage", "drawTable", "drawHorizontalRule",
  "togglePreview", "toggleSideBySide", "toggleFullScreen", "cleanBlock",
];

const tool = (name, sign, action) => ({
  name,
  action,
  className: `tool-${name}`,
  title: box.dataset[name],
  icon: `<span aria-hidden="true">${sign}</span>`,
});

function editor(values) {
  const insert = (codemirror) => choose((name) => {
    codemirror.replaceSelection(`{{ ${name} }}`);
    codemirror.focus();
  });
  const made = new EasyMDE({
    element: box,
    autoDownloadFontAwesome: false,
    blockStyles: { bold: "**", italic: "*" },
    direction: box.dir,
    forceSync: true,
    inputStyle: "contenteditable",
    insertTexts: { link: ["[", "](https://)"] },
    minHeight: "16rem",
    nativeSpellcheck: true,
    shortcuts: Object.fromEntries(NOT_OURS.map((name) => [name, null])),
    spellChecker: false,
    status: false,
    toolbar: [
      tool("bold", "B", EasyMDE.toggleBold), tool("italic", "I", EasyMDE.toggleItalic), "|",
      tool("bullets", "•", EasyMDE.toggleUnorderedList), tool("numbers", "1.", EasyMDE.toggleOrderedList),
      tool("quote", "❝", EasyMDE.toggleBlockquote), tool("link", "🔗", EasyMDE.drawLink), "|",
      { ...tool("value", "", (easymde) => insert(easymde.codemirror)), icon: "<span></span>" },
    ],
    unorderedListStyle: "-",
  });
  const { codemirror } = made;
  codemirror.setOption("extraKeys", { ...codemirror.getOption("extraKeys"), Tab: false, "Shift-Tab": false, "Ctrl-Space": insert });
  named(made, codemirror);
  drawChips(codemirror, values, box.dataset.hidden);
  return codemirror;
}

function named({ gui }, codemirror) {
  const field = codemirror.getInputField();
  field.setAttribute("aria-labelledby", "text-label");
  field.lang = box.lang;
  gui.toolbar.querySelector(".tool-value span").textContent = `+ ${box.dataset.value}`;
  document.getElementById("text-label").addEventListener("click", () => codemirror.focus());
}

async function known() {
  const answer = await fetch(box.dataset.placeholders);
  return answer.ok ? answer.json() : [];
}

const list = await known();
listen(list, box.dataset.hidden);
watch(form, editor(new Map(list.map((each) => [each.name, each]))));
