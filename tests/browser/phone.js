() => {
  // What a phone shows that is not whole: text beyond the screen or cut off, and controls that are less than 24 px high.
  // What scrolls by itself may go on beyond; what only a screen reader gets, or stands behind the page, is not shown.
  const every = from => [...from.querySelectorAll("*")].flatMap(one => [one, ...(one.shadowRoot ? every(one.shadowRoot) : [])]);
  const around = test => {  // whether a node, or what stands around it, is so: asked of each once
    const known = new Map();
    const so = one => {
      if (!one) return false;
      if (!known.has(one)) known.set(one, test(one) || so(one.parentElement ?? one.getRootNode().host));
      return known.get(one);
    };
    return so;
  };
  const unseen = around(one => { const { clipPath, opacity, visibility } = getComputedStyle(one); return clipPath.startsWith("inset(50%") || opacity === "0" || visibility === "hidden" || ["stSidebar", "stSkipLink"].includes(one.dataset?.testid); });
  const scrolls = around(one => ["auto", "scroll"].includes(getComputedStyle(one).overflowX) && one.dataset.testid !== "stMain");
  const shown = node => node.getClientRects().length > 0 && node.getBoundingClientRect().width > 1 && !unseen(node);
  const name = node => (node.getAttribute("aria-label") || node.textContent).trim().slice(0, 40), all = every(document.querySelector(".stMain"));
  const says = node => [...node.childNodes].some(one => one.nodeType === 3 && one.data.trim()) && (!(node instanceof SVGElement) || node.tagName === "text");
  const cut = node => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, right } = range.getBoundingClientRect(), { overflowX, textOverflow } = getComputedStyle(node);
    return right > innerWidth + 1 || left < -1 || (overflowX === "hidden" && textOverflow !== "ellipsis" && node.scrollWidth > node.clientWidth + 1);
  };
  const texts = all.filter(one => !["STYLE", "SCRIPT"].includes(one.tagName) && says(one) && shown(one) && !scrolls(one) && cut(one));
  const controls = all.filter(one => one.matches("button, select, [role=slider], [role=radio], [role=combobox]") && shown(one) && one.getBoundingClientRect().height < 23.5);
  return [...texts.map(one => `cut: ${name(one)}`), ...controls.map(one => `low: ${name(one)}`)];
}
