// What both drawings do with the view: mounting, watching theme and width, scrolling, hints under the pointer.

const MOUNTED = new WeakMap();

/** Streamlit calls a component again whenever its data changes; the first call builds it, later ones update it. */
function mount({ data, parentElement, setStateValue }, create) {
  const known = MOUNTED.get(parentElement);
  if (known) { known.update(data); return known.unmount; }
  const { update, stop } = create(parentElement.querySelector(".kioku"), reporter(setStateValue), setStateValue);
  const unmount = () => { stop(); MOUNTED.delete(parentElement); };
  MOUNTED.set(parentElement, { update, unmount });
  update(data);
  return unmount;
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
  const stop = watch(root, () => { known = null; changed(); });
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
  const tip = root.querySelector(".tip");
  const hide = () => { tip.hidden = true; };
  const show = (event) => {
    const said = describe(event);
    if (said === null) return hide();
    const box = root.getBoundingClientRect();
    tip.replaceChildren(...said);
    tip.hidden = false;
    const half = tip.offsetWidth / 2;
    tip.style.left = `${clamp(event.clientX - box.left, half, Math.max(half, box.width - half))}px`;
    tip.style.top = `${Math.max(event.clientY - box.top, tip.offsetHeight + 16)}px`;
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
