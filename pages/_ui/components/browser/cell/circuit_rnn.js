// The RNN's circuit as data, in SVG user units: once for a wide place and once, upright, for a narrow one (1 unit ≈ 1 px).
//
// pipes carry signed values, controls carry gates, feeds carry whole vectors (no one unit's colour).
// valve: [gate, what flows in, x, y, direction]; number: [quantity, x, y, anchor, how]: "named" has the name below,
// "stacked" the amount below the symbol, "amount" no symbol; port: the same for what enters and leaves; tip: the
// arrowhead of a pipe that leaves; token, word: the card of the word and its symbol.
const CIRCUITS = {};

CIRCUITS.rnn = {
  wide: {
    size: [780, 316],
    feeds: ["M86 262H170"],
    loop: { d: "M742 104V34H40V98", tip: [40, 106], label: [390, 39] },
    pipes: [["hidden_before", "M78 150H170"], ["recurrent", "M240 150H390"], ["input", "M240 262H390V150"], ["bias", "M390 94V150"], ["preactivation", "M390 150H510"], ["hidden_state", "M650 150H694"]],
    controls: [], valves: [], sums: [[390, 150]], flips: [], joins: [],
    boxes: [{ at: [205, 150], size: [70, 52], symbol: "W_{hh}" }, { at: [205, 262], size: [70, 52], symbol: "W_{xh}" }, { at: [580, 150], size: [140, 140], curve: "tanh", gives: "hidden_state" }],
    tips: [["hidden_state", 692, 150]],
    ports: [["hidden_before", 40, 144, "middle", "stacked"], ["hidden_state", 746, 144, "middle", "stacked"]],
    token: [46, 262], word: [46, 306, "middle"],
    numbers: [["recurrent", 315, 130, "middle", "named"], ["input", 315, 242, "middle", "named"], ["bias", 390, 82, "middle"], ["preactivation", 458, 130, "middle"]],
  },
  narrow: {
    size: [350, 312], top: 94,
    feeds: ["M175 366V332"],
    pipes: [["hidden_before", "M6 190H52"], ["recurrent", "M110 190H175"], ["input", "M175 284V190"], ["bias", "M175 128V190"], ["preactivation", "M175 190H232"], ["hidden_state", "M312 190H332"]],
    controls: [], valves: [], sums: [[175, 190]], flips: [], joins: [],
    boxes: [{ at: [81, 190], size: [58, 44], symbol: "W_{hh}" }, { at: [175, 308], size: [58, 48], symbol: "W_{xh}" }, { at: [272, 190], size: [80, 80], curve: "tanh", gives: "hidden_state" }],
    tips: [["hidden_state", 330, 190]],
    ports: [["hidden_before", 4, 164, "start"], ["hidden_state", 348, 138, "end"]],
    token: [175, 380], word: [223, 386, "start"],
    numbers: [["recurrent", 150, 236, "end", "stacked"], ["input", 190, 262, "start"], ["bias", 175, 118, "middle"], ["preactivation", 187, 142, "start"]],
  },
};
