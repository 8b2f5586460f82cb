// What both drawings do with the view: mounting, watching theme and width, scrolling, hints under the pointer.

const MOUNTED = new WeakMap();

/** Streamlit calls a component again whenever its data changes; the first call builds it, later ones update it. */
function mount({ data, parentElement, setStateValue }, create) {
  const known = MOUNTED.get(parentElement);
  if (known) { known.update(data); return known.unmount; }
  const root = parentElement.querySelector(".kioku"), leave = dressed(root);
  const { update, stop } = create(root, reporter(setStateValue), setStateValue);
  const unmount = () => { stop(); leave(); MOUNTED.delete(parentElement); };
  MOUNTED.set(parentElement, { update, unmount });
  update(data);
  return unmount;
}

/** What is new of the data that the page sends, again and again, of one drawing: other numbers (`fresh`), a place that the page
 *  means (`moved`), another language (`worded`); and whether the page, not the reader, has put a value: `served(key)`. */
function news(known, next) {
  const fresh = known?.id !== next.id;
  return { fresh, moved: fresh || known.serial !== next.serial, worded: known?.text.title !== next.text.title, served: (key) => fresh || known[key] !== next[key] };
}

/** Tell the page where the reader rests, each place once. */
function reporter(setStateValue) {
  let last = "";
  return (spot) => {
    const now = JSON.stringify(spot);
    if (now !== last) setStateValue("spot", spot);
    last = now;
  };
}

/** New data is there at once, since charts are drawn at the same time: only what the reader moves glides. */
const glides = (root, cause) => root.classList.toggle("still", cause === "data");

/** What a drawing needs of its page: the theme's scales, and how wide some elements are. To read them, the browser first has
 *  to lay out whatever changed anywhere: they are read once, and again when theme or width have changed (`changed`). */
function surroundings(root, elements, changed) {
  let known = null;
  const stop = watch(root, () => { known = null; if (root.isConnected) changed(); });
  const now = () => (known?.widths[0] ? known : (known = { widths: elements.map((one) => one.clientWidth), scales: readScales(root) }));
  return { now, stop };
}

/** Call `changed` when the theme or the width changes: a probe's colour transition reports the first. */
function watch(root, changed) {
  const probe = root.querySelector(".probe");
  const size = new ResizeObserver(() => root.isConnected && changed());  // one that was taken away has the size of nothing
  probe.addEventListener("transitionend", changed);
  size.observe(root);
  return () => { size.disconnect(); probe.removeEventListener("transitionend", changed); };
}

/** Show `describe(event)`, text or nodes, beside the pointer or where a finger touches; null hides it. */
function tooltip(root, area, describe) {
  const tip = root.querySelector(".tip[role=tooltip]");
  const hide = () => { tip.hidden = true; };
  const show = (event) => {
    const said = describe(event);
    if (said === null) return hide();
    const box = root.getBoundingClientRect();
    tip.replaceChildren(...said);
    tip.hidden = false;
    const half = tip.offsetWidth / 2, px = scaleOf(root);
    tip.style.left = `${clamp((event.clientX - box.left) / px, half, Math.max(half, root.offsetWidth - half))}px`;
    const word = event.target.closest?.(".token, g.word, g.read, g.recurrent, g.input, .character, .state, button")?.getBoundingClientRect(), { clientY } = event;
    const [from, to] = [(word?.top ?? clientY - 10) - box.top, (word?.bottom ?? clientY + 18) - box.top], above = from / px - tip.offsetHeight - 6;
    tip.style.top = `${above >= 0 ? above : to / px + 6}px`;
  };
  area.addEventListener("pointermove", show);
  area.addEventListener("pointerdown", show);
  area.addEventListener("pointerleave", hide);
  area.addEventListener("scroll", hide);
}

/** Scroll only `stage`, as far as needed to have [left, right] inside with a margin; where both do not fit, the right end
 *  wins. Returns where the left edge of the view will be. */
function keepInView(stage, left, right, { margin = 24, glide = true } = {}) {
  const { scrollLeft, clientWidth, scrollWidth } = stage;
  let to = Math.min(scrollLeft, left - margin);
  if (right + margin > to + clientWidth) to = right + margin - clientWidth;
  to = clamp(to, 0, scrollWidth - clientWidth);
  if (Math.abs(to - scrollLeft) > 1) stage.scrollTo({ left: to, behavior: glide && !calm() ? "smooth" : "instant" });
  return to;
}

/** The names of rows stay in sight where the rows are scrolled, which `stage` then is by its class; what it returns puts
 *  them there after a drawing. */
function keepNames(stage, names, zoom) {
  const place = () => {
    stage.classList.toggle("scrolled", stage.scrollLeft > 0);
    for (const node of names()) node.style.transform = stage.scrollLeft ? `translateX(${stage.scrollLeft / zoom()}px)` : "";
  };
  stage.addEventListener("scroll", place, { passive: true });
  return place;
}

/** Fade the side of `stage` on which there is more to scroll to; the element around it has the class `fades`. What it returns
 *  does so when the picture has changed, told whether there is anything to scroll. */
function fadeEdges(stage) {
  const update = (scrolls) => {
    stage.parentElement.classList.toggle("more-left", scrolls && stage.scrollLeft > 2);
    stage.parentElement.classList.toggle("more-right", scrolls && stage.scrollLeft + stage.clientWidth < stage.scrollWidth - 2);
  };
  stage.addEventListener("scroll", () => update(true), { passive: true });
  return update;
}
