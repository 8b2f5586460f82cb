// The words as cards: drag one onto another to exchange both, or click two; Enter picks one up, ←/→ move it.

const DRAGGED = 5;  // px: less is a click

function set(node, x, y, more = "") {
  node.setAttribute("style", `left: ${x}px; top: ${y}px; ${more}`);
  return node;
}

/** One card. `desk` is what cards share: { g, order, picked, cards, exchange(from, to, keep), pick(word), repaint() }. */
function makeCard(desk, word, index, width, size) {
  const node = el("button", { type: "button", class: "card", lang: "ja", style: `top: ${desk.g.card}px; width: ${width}px; height: ${CARD}px; ${size}` }, word.text);
  node.width = width;
  const place = () => desk.order.indexOf(index);
  let from = null, moved = false;
  const under = (event) => placeAtX(desk.g, desk.g.x[from.place] + (event.clientX - from.x) / scaleOf(node));
  node.onpointerdown = (event) => {
    if (event.button !== 0) return;
    [from, moved] = [{ x: event.clientX, place: place() }, false];
    node.setPointerCapture(event.pointerId);
  };
  node.onpointermove = (event) => {
    if (!from || (!moved && Math.abs(event.clientX - from.x) < DRAGGED)) return;
    moved = true;
    node.classList.add("dragged");
    node.style.transform = `translate(${desk.g.x[from.place] - width / 2 + (event.clientX - from.x) / scaleOf(node)}px, -4px)`;
    const to = under(event);
    desk.cards.forEach((card, k) => card.classList.toggle("aim", k !== index && to !== from.place && desk.order[to] === k));
  };
  const drop = (event) => {
    if (!from) return;
    const [start, to] = [from.place, under(event)];
    from = null;
    node.classList.remove("dragged");
    desk.cards.forEach((card) => card.classList.remove("aim"));
    if (!moved) return;
    if (event.type === "pointerup" && to !== start) desk.exchange(start, to); else desk.repaint();
  };
  node.onpointerup = drop;
  node.onpointercancel = drop;
  node.onclick = () => { if (moved) moved = false; else desk.pick(index); };
  node.onkeydown = (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key], to = place() + by;
    if (event.key === "Escape" && desk.picked >= 0) desk.pick(desk.picked);
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    if (to < 0 || to >= desk.order.length) return;
    if (desk.picked === index) desk.exchange(place(), to, true); else desk.cards[desk.order[to]].focus();
  };
  return node;
}

/** Where each card stands now, and the threads from its place in the original: thick where another word stands there. */
function paintCards(desk, threads, data, t) {
  const { g, order, picked, cards } = desk, middle = (g.wasBottom + g.card - 4) / 2;
  cards.forEach((card, index) => {
    const place = order.indexOf(index), other = data.words[order[place]].text !== data.words[place].text;
    card.style.transform = `translateX(${g.x[place] - card.width / 2}px)`;
    for (const [name, on] of [["elsewhere", other], ["picked", picked === index], ["unread", place > t]]) card.classList.toggle(name, on);
    put(card, "aria-label", `${fill(data.text.at, { word: data.words[index].text, place: place + 1 })} ${data.text.by_keys}`);
    put(card, "aria-pressed", String(picked === index));
    put(threads[index], "d", `M${g.x[index]} ${g.wasBottom}C${g.x[index]} ${middle} ${g.x[place]} ${middle} ${g.x[place]} ${g.card - 4}`);
    put(threads[index], "class", "thread" + (other ? " crossed" : ""));
  });
}
