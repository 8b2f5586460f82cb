// A phone in a room: draws what the server says of the vote, and sends which option was touched.
const find = (name) => document.querySelector(name);
const [main, question, options, said, enter] = ["main", ".question", ".options", ".said", ".enter"].map(find);
const LONGEST = 8000; // ms between two attempts to reach the server
let socket, wait = 500;

const show = ({ text }) => { said.textContent = text; };

// A button stays where it is while it says the same, so that neither focus nor a finger loses it.
const draw = (room) => {
  question.textContent = room.question;
  room.options.forEach((name, option) => {
    const button = options.children[option] ?? options.appendChild(document.createElement("button"));
    if (button.textContent !== name) button.textContent = name;
    button.type = "button";
    button.disabled = room.phase !== "open";
    button.setAttribute("aria-pressed", String(room.voted === option));
    button.onclick = () => send({ turn: room.turn, option });
  });
  while (options.children.length > room.options.length) options.lastChild.remove();
  show(room);
};

const send = (vote) => {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(vote));
  else show({ text: main.dataset.offline });
};

const connect = () => {
  const url = new URL("room/live" + location.search, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  let ended = false;
  socket = new WebSocket(url);
  socket.onmessage = ({ data }) => {
    wait = 500;
    const message = JSON.parse(data);
    if (message.kind === "room") draw(message);
    else show(message);
    if (message.kind !== "ended") return;
    ended = true;
    options.replaceChildren();
    enter.hidden = false;
  };
  socket.onclose = () => {
    if (ended) return;
    show({ text: main.dataset.offline });
    setTimeout(connect, wait);
    wait = Math.min(2 * wait, LONGEST);
  };
};

enter.addEventListener("submit", (event) => {
  event.preventDefault();
  const url = new URL(location.href);
  url.searchParams.set("code", enter.elements.code.value);
  location.assign(url);
});
if (enter.hidden) connect();
