// minGRU and minLSTM as data: h is the straight line on top, and neither gate nor candidate reads it. See circuit_rnn.js.
CIRCUITS.mingru = {
  wide: {
    size: [800, 400],
    feeds: ["M86 215H490V253", "M330 215V172"],
    pipes: [["hidden_before", "M78 70H330"], ["kept", "M330 70H640"], ["hidden_state", "M640 70H714"], ["candidate", "M490 297V340H640V150"], ["written", "M640 150V70"]],
    controls: [["update_gate", "M330 128V92"], ["update_gate", "M366 150H473"], ["let_in", "M507 150H618"]],
    valves: [["update_gate", "hidden_before", 330, 70, "across"], ["let_in", "candidate", 640, 150, "up"]],
    sums: [[640, 70]], flips: [[490, 150]], joins: [[330, 215]],
    boxes: [{ at: [490, 275], symbol: "W_{xn}" }, { at: [330, 150], curve: "σ", gives: "update_gate", named: "left" }],
    tips: [["hidden_state", 712, 70]],
    ports: [["hidden_before", 40, 64, "middle", "stacked"], ["hidden_state", 766, 64, "middle", "stacked"]],
    token: [46, 215], word: [46, 259, "middle"],
    numbers: [["update_gate", 342, 118, "start"], ["let_in", 562, 128, "middle"], ["candidate", 656, 270, "start"], ["kept", 490, 50, "middle", "named"], ["written", 656, 112, "start", "named"]],
  },
  narrow: {
    size: [350, 372],
    feeds: ["M114 214H254V246", "M120 214V168"],
    pipes: [["hidden_before", "M4 64H120"], ["kept", "M120 64H296"], ["hidden_state", "M296 64H336"], ["candidate", "M254 286V330H296V148"], ["written", "M296 148V64"]],
    controls: [["update_gate", "M120 128V86"], ["update_gate", "M151 148H190"], ["let_in", "M224 148H274"]],
    valves: [["update_gate", "hidden_before", 120, 64, "across"], ["let_in", "candidate", 296, 148, "up"]],
    sums: [[296, 64]], flips: [[207, 148]], joins: [[120, 214]],
    boxes: [{ at: [254, 266], size: [58, 40], symbol: "W_{xn}" }, { at: [120, 148], size: [62, 40], curve: "σ", gives: "update_gate" }],
    tips: [["hidden_state", 334, 64]],
    ports: [["hidden_before", 2, 30, "start"], ["hidden_state", 348, 30, "end"]],
    token: [74, 214], word: [74, 252, "middle"],
    numbers: [["update_gate", 130, 114, "start"], ["let_in", 240, 180, "middle", "stacked"], ["candidate", 305, 240, "start", "stacked"], ["kept", 208, 26, "middle", "stacked"], ["written", 282, 100, "end", "stacked"]],
  },
};

// The two gates share 1 between them, so each box is one sigmoid as a part of both.
CIRCUITS.minlstm = {
  wide: {
    size: [800, 400],
    feeds: ["M86 215H490V253", "M330 215V172", "M490 215V172"],
    pipes: [["hidden_before", "M78 70H330"], ["kept", "M330 70H640"], ["hidden_state", "M640 70H714"], ["candidate", "M490 297V340H640V150"], ["written", "M640 150V70"]],
    controls: [["forget_gate", "M330 128V92"], ["input_gate", "M530 150H618"]],
    valves: [["forget_gate", "hidden_before", 330, 70, "across"], ["input_gate", "candidate", 640, 150, "up"]],
    sums: [[640, 70]], flips: [], joins: [[330, 215], [490, 215]],
    boxes: [{ at: [490, 275], symbol: "W_{xn}" }, { at: [330, 150], symbol: "σ / Σσ", gives: "forget_gate", named: "left" }, { at: [490, 150], symbol: "σ / Σσ", gives: "input_gate", named: "left" }],
    tips: [["hidden_state", 712, 70]],
    ports: [["hidden_before", 40, 64, "middle", "stacked"], ["hidden_state", 766, 64, "middle", "stacked"]],
    token: [46, 215], word: [46, 259, "middle"],
    numbers: [["forget_gate", 342, 118, "start"], ["input_gate", 574, 128, "middle"], ["candidate", 656, 270, "start"], ["kept", 490, 50, "middle", "named"], ["written", 656, 112, "start", "named"]],
  },
  narrow: {
    size: [350, 372],
    feeds: ["M114 214H254V246", "M90 192V168", "M200 214V168"],
    pipes: [["hidden_before", "M4 64H90"], ["kept", "M90 64H296"], ["hidden_state", "M296 64H336"], ["candidate", "M254 286V330H296V148"], ["written", "M296 148V64"]],
    controls: [["forget_gate", "M90 128V86"], ["input_gate", "M231 148H274"]],
    valves: [["forget_gate", "hidden_before", 90, 64, "across"], ["input_gate", "candidate", 296, 148, "up"]],
    sums: [[296, 64]], flips: [], joins: [[200, 214]],
    boxes: [{ at: [254, 266], size: [58, 40], symbol: "W_{xn}" }, { at: [90, 148], size: [62, 40], symbol: "σ/Σσ", gives: "forget_gate" }, { at: [200, 148], size: [62, 40], symbol: "σ/Σσ", gives: "input_gate" }],
    tips: [["hidden_state", 334, 64]],
    ports: [["hidden_before", 2, 30, "start"], ["hidden_state", 348, 30, "end"]],
    token: [74, 214], word: [74, 252, "middle"],
    numbers: [["forget_gate", 100, 114, "start"], ["input_gate", 244, 180, "middle", "stacked"], ["candidate", 305, 240, "start", "stacked"], ["kept", 196, 26, "middle", "stacked"], ["written", 282, 100, "end", "stacked"]],
  },
};
