// Parts: all components of a visit, handed over at once by the frame; each component's stub takes its own by name.

const DRESSED = new WeakMap(), SHEETS = new Map();

/** The style sheet of this text: one, however many roots wear it. */
function sheetOf(css) {
  if (!SHEETS.has(css)) {
    const made = new CSSStyleSheet();
    made.replaceSync(css);
    SHEETS.set(css, made);
  }
  return SHEETS.get(css);
}

/** Before a part draws into a root for the first time: its markup, which is a file of ours, and its styles. */
function dress(root, part) {
  if (DRESSED.get(root) === part) return;
  MOUNTED.get(root)?.unmount();
  root.replaceChildren(document.createRange().createContextualFragment(part.html));
  root.adoptedStyleSheets = part.styles.map(sheetOf);
  DRESSED.set(root, part);
}

/** Put the parts into the table, and let those who wait know. A script runs only once a part is drawn. */
function handOver(parts) {
  const table = (window.kiokuParts ??= {});
  for (const [name, part] of Object.entries(parts)) {
    table[name] = (component) => {
      dress(component.parentElement, part);
      part.draw ??= part.script();
      return part.draw(component);
    };
  }
  window.dispatchEvent(new Event("kioku-parts"));
}
