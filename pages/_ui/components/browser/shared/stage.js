// The stage: one drawing in front of a class. The frame says whether it is on; sizes and keys of it are here.

const LEAST = 16;  // px of the drawing: no type on the stage is smaller, and the zoom makes 20 of it on a screen 1024 wide, 24 on one of 1920
const TALL = 610;  // px of the drawing that a screen holds at least
const STAGE = "kioku-stage";
const staged = () => document.documentElement.classList.contains(STAGE);

/** A size of type as it is here: on the stage none is too small for the last row. */
const sized = (px) => (staged() ? Math.max(Number(px), LEAST) : px);

/** How much larger a drawing is on the stage; a phone shows it as it is. */
function stageZoom() {
  const wide = innerWidth < 640 ? 1 : Math.max(innerWidth / 1280, 0.966 + innerWidth / 3584);
  return staged() ? Math.max(1, Math.min(wide, innerHeight / TALL)) : 1;
}
/** How high the screen is, in px of the drawing. */
const stageHeight = () => innerHeight / stageZoom();
const zoomed = () => document.documentElement.style.setProperty("--stage-zoom", stageZoom());

/** A drawing knows by its class where it stands; what this returns forgets it. */
function dressed(root) {
  const look = () => root.classList.toggle("staged", staged());
  addEventListener(STAGE, look);
  look();
  return () => removeEventListener(STAGE, look);
}

/** How many px of the screen one of `node` is: a zoom around it counts. */
const scaleOf = (node) => node.getBoundingClientRect().width / node.offsetWidth || 1;

// Keys, wherever the focus is but in a field or over an opened list: of the drawing that is there, of the frame's buttons.
const DRAWN = (window.kiokuDrawn ??= new Map()), ALWAYS = ["ArrowLeft", "ArrowRight", "Home", "End", " "];
const onStage = (root, map) => DRAWN.set(root, map);

// A button of the page is pressed once what the one before it has chosen is drawn: until then the page's fields hold, and
// would send with it, what was there before.
const DUE = [], BEGINS = 400, LOOK = 30;  // ms: within which a run begins; between two looks whether it is over
let asked = -BEGINS, begun = false;
const chose = ({ target }) => { if (staged() && target.closest?.(".st-key-contrasts button, .st-key-swap button")) [asked, begun] = [performance.now(), false]; };

function press(selector, n) {
  DUE.push(() => document.querySelectorAll(selector)[n]?.click());
  if (DUE.length === 1) pressDue();
}
function pressDue() {
  const runs = document.querySelector(".stApp")?.dataset.testScriptState === "running";
  begun ||= runs;
  if (runs || (!begun && performance.now() - asked < BEGINS)) return setTimeout(pressDue, LOOK);
  DUE[0]();
  DUE.shift();
  if (DUE.length) setTimeout(pressDue, LOOK);
}

function stageKey(event) {
  for (const [root] of DRAWN) if (!root.isConnected) DRAWN.delete(root);
  if (event.key === "Escape") return () => press(".st-key-leave button", 0);
  if (event.key === "0") return () => press(".st-key-swap button", 0);
  if (/^[1-9]$/.test(event.key)) return () => press(".st-key-contrasts button", event.key - 1);
  for (const [root, map] of DRAWN) if (map[event.key] && (ALWAYS.includes(event.key) || !event.composedPath().includes(root))) return map[event.key];
  return null;
}
function pressed(event) {
  const field = event.composedPath()[0].matches?.("input:not([type=range]), textarea, select, [contenteditable]");
  if (!staged() || event.metaKey || event.ctrlKey || event.altKey || event.isComposing || field || document.querySelector('[data-testid="stPopoverBody"], [role="dialog"]')) return;
  const act = stageKey(event);
  if (!act) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  act();
}
if (!window.kiokuStage) {
  addEventListener("keydown", pressed, true);
  addEventListener("click", chose, true);
  addEventListener("resize", zoomed);
}
/** Called by the frame with every whole run. */
window.kiokuStage = (on) => {
  document.documentElement.classList.toggle(STAGE, on);
  zoomed();
  dispatchEvent(new Event(STAGE));
};
