// Parts: what a component draws into, with the markup and the styles that are its own.

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

/** A part as its component's stub calls it. Whoever waits for the first picture of a visit is told. */
const toComponent = (part) => (component) => {
  dress(component.parentElement, part);
  const stop = part.draw(component);
  if (!window.kiokuDrew) dispatchEvent(new Event("kioku-drew"));
  window.kiokuDrew = true;
  return stop;
};
