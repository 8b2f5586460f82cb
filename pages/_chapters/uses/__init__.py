"""What the chapters on uses share: no chapter itself, so it declares none.

A use is one order of things: the input as a person meets it, the network reading it step by step with its states and
gates under it on the same axis (`components/tracks.py`, `browser/shared/tracks.js`), what comes out, how good it is,
the model card, and a way to train one.

- `networks.choose` draws the switches of cell and size, `networks.spec` is the network that they name; the chapter
  declares `*switches.held(sizes, opens)` among what its address holds.
- `worth.how_good` is the block "How good is it?" over `figures.worth`, whose rows the chapter gives.
- `training.offer` leads to the lab, where it has the task.
"""
