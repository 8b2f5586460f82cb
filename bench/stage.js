() => {
  // Where the drawing begins and ends, with its transport or what it asks; what of the page lies beyond the screen; the
  // least type that is seen, in px of the screen, and where; and which controls lie over each other.
  const root = [...document.querySelectorAll(".st-key-drawing *")].find(one => one.shadowRoot?.querySelector(".kioku"))?.shadowRoot;
  if (!root) return null;  // it is being drawn
  const kioku = root.querySelector(".kioku"), main = document.querySelector("[data-testid=stMain]");
  const own = one => {
    const {display, visibility, opacity, clipPath, fillOpacity} = getComputedStyle(one);
    const hidden = display === "none" || visibility === "hidden" || Number(opacity) < .05 || clipPath.startsWith("inset(50%");
    return !(hidden || (one instanceof SVGElement && Number(fillOpacity) === 0));
  };
  const known = new Map();  // what stands around one thing stands around most others
  const visible = one => {
    if (!one) return true;
    if (!known.has(one)) known.set(one, own(one) && visible(one.parentElement ?? one.getRootNode().host));
    return known.get(one);
  };
  const shown = node => {
    const {width, height} = node.getBoundingClientRect();
    return width > 0 && height > 0 && visible(node);
  };
  const every = from => [...from.querySelectorAll("*")].flatMap(one => [one, ...(one.shadowRoot ? every(one.shadowRoot) : [])]);
  const all = every(document.body), says = node => [...node.childNodes].some(one => one.nodeType === 3 && one.data.replace(/[\s\u200b]/g, ""));
  const scale = node => {
    const svg = node.ownerSVGElement, box = svg?.viewBox.baseVal;
    if (!svg) return node.currentCSSZoom;
    const {width, height} = svg.getBoundingClientRect();
    return Math.min(width / box.width, height / box.height);
  };
  const type = all.filter(one => !["STYLE", "SCRIPT", "G"].includes(one.tagName.toUpperCase()) && says(one) && shown(one))
    .map(one => [parseFloat(getComputedStyle(one).fontSize) * scale(one), one.textContent.trim().slice(0, 20)]).sort((a, b) => a[0] - b[0]);
  const clipped = node => {  // to what scrolls around it
    let {left, top, right, bottom} = node.getBoundingClientRect();
    for (let one = node.parentElement; one; one = one.parentElement) {
      if (getComputedStyle(one).overflowX === "visible") continue;
      const box = one.getBoundingClientRect();
      [left, top, right, bottom] = [Math.max(left, box.left), Math.max(top, box.top), Math.min(right, box.right), Math.min(bottom, box.bottom)];
    }
    return {node, left, top, right, bottom};
  };
  const controls = all.filter(one => one.matches("button, a[href], input, select, [role=button], [role=radio]") && getComputedStyle(one).pointerEvents !== "none" && shown(one)).map(clipped);
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2 && !a.node.contains(b.node);
  const name = ({node}) => node.getAttribute("aria-label") || node.textContent.trim() || node.tagName;
  const covered = controls.flatMap((a, k) => controls.slice(k + 1).filter(b => over(a, b)).map(b => `${name(a)} / ${name(b)}`));
  const box = kioku.getBoundingClientRect(), ends = [...kioku.querySelectorAll(".transport, .ask")].filter(shown).map(one => one.getBoundingClientRect().bottom);
  const inside = [...kioku.querySelectorAll(".stage")].map(one => one.scrollWidth - one.clientWidth);
  return {top: box.top, end: ends.length ? Math.max(...ends) : box.bottom, bottom: box.bottom, beyond: Math.max(0, main.scrollHeight - innerHeight, main.scrollWidth - innerWidth, ...inside), least: type[0], covered};
}
