// The focus of a reader without a mouse: into a choice it comes at what is chosen, and it stays where it was when what
// had it is gone.

if (!window.kiokuFocus) {
  let tabbed = false, last = null;
  window.kiokuFocus = true;
  addEventListener("keydown", (event) => { tabbed = event.key === "Tab"; }, true);
  addEventListener("pointerdown", () => { tabbed = false; }, true);
  addEventListener("focusin", ({ target, relatedTarget }) => {
    const group = target.closest?.('[role="radiogroup"]');
    last = { node: target, top: target.getBoundingClientRect().top };
    if (tabbed && group && !group.contains(relatedTarget)) group.querySelector('[role="radio"][aria-checked="true"]')?.focus();
  });
  const nearest = (top) => {
    const far = (node) => Math.abs(node.getBoundingClientRect().top - top);
    const all = [...document.querySelectorAll('.stMainBlockContainer :is(button, a[href], input, [role="combobox"]):not([tabindex="-1"])')];
    return all.filter((node) => node.checkVisibility()).sort((one, other) => far(one) - far(other))[0];
  };
  const lost = () => last && !last.node.isConnected && document.activeElement === document.body;
  const mend = () => {
    if (!lost()) return;
    if (!document.querySelector('.stApp[data-test-script-state="notRunning"]')) return setTimeout(mend, 100);
    nearest(last.top)?.focus({ preventScroll: true });
  };
  let waiting = 0;
  new MutationObserver(() => {
    document.querySelector(".st-key-chart_beam:not([tabindex])")?.setAttribute("tabindex", "0");  // the one chart that scrolls by itself
    for (const field of document.querySelectorAll('section[role="presentation"][aria-label]')) field.setAttribute("role", "group");  // Streamlit's field for files has a name, so it is something
    if (lost()) { clearTimeout(waiting); waiting = setTimeout(mend, 200); }
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label", "class"] });  // both may come later than the element
}
