// Placeholders as chips: one thing with its name and today's value, which cannot be half deleted.

const PLACEHOLDER = /\{\{\s*([a-z]+\.[a-z0-9_]+(?:\.[a-z]+)?)\s*\}\}/g;

export function drawChips(codemirror, values, notShown) {
  const draw = () => codemirror.operation(() => {
    for (let line = codemirror.firstLine(); line <= codemirror.lastLine(); line += 1) {
      for (const found of codemirror.getLine(line).matchAll(PLACEHOLDER)) mark(codemirror, line, found, values, notShown);
    }
  });
  codemirror.on("changes", draw);
  draw();
}

function mark(codemirror, line, found, values, notShown) {
  const from = { line, ch: found.index };
  const to = { line, ch: found.index + found[0].length };
  if (codemirror.findMarks(from, to).length) return;
  codemirror.markText(from, to, { atomic: true, replacedWith: chip(found[1], values.get(found[1]), notShown) });
}

function chip(name, value, notShown) {
  const made = document.createElement("span");
  made.className = value?.shown ? "chip" : "chip gone";
  made.title = value?.meaning ?? "";
  made.append(name);
  const said = !value || value.shown ? value?.value : notShown; // of an unknown name the check says what is wrong
  if (said) {
    const today = document.createElement("bdi");
    today.textContent = said;
    made.append(": ", today);
  }
  return made;
}
