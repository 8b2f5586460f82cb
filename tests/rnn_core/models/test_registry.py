import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import order
from rnn_core.errors import KiokuError
from rnn_core.models import registry
from rnn_core.models.family import count_parameters
from rnn_core.quantities import CELLS, QUANTITIES
from rnn_core.recurrent.clamps import Clamp
from rnn_core.specs import ModelSpec, TransformerSpec
from rnn_core.tasks import smalltalk
from tests.rnn_core.cases import by_the_table

SENTENCE = ("今日", "は", "天気", "が", "良い", "ね")
SPECS = [
    ModelSpec(cell=cell, hidden=6, weights="fresh", layers=layers, bidirectional=both)
    for cell in CELLS
    for layers, both in ((1, False), (2, True))
]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_run_is_what_torch_computes(spec: ModelSpec) -> None:
    trace = registry.run(spec, SENTENCE)
    model = registry.family_of(spec).fresh(spec).double()
    words = torch.tensor([smalltalk.vocabulary().encode(SENTENCE)])
    with torch.inference_mode():
        states = model.recurrent(model.embedding(words))[0][0]
        expected = model(words)[0].softmax(dim=-1)
    np.testing.assert_array_equal(
        trace.embedding, registry.family_of(spec).fresh(spec).embedding.weight[words[0]].detach().numpy()
    )
    np.testing.assert_allclose(trace.layers.output, states.numpy(), atol=1e-6, rtol=0)
    np.testing.assert_allclose(trace.distribution, expected.numpy(), atol=1e-6, rtol=0)
    np.testing.assert_allclose(trace.distribution.sum(axis=1), 1.0, atol=1e-6)
    assert trace.layers.parity <= 1e-5


@pytest.mark.parametrize("cell", CELLS)
def test_gates_and_states_are_those_of_the_equations(cell: str) -> None:
    """Written by hand in float64, for the cell in which each quantity has its textbook form."""
    spec = ModelSpec(cell=cell, hidden=6, weights="fresh", seed=3)
    layer, model = registry.run(spec, SENTENCE).layer(), registry.family_of(spec).fresh(spec).double()
    w_ih, w_hh, b_ih, b_hh = (weight.detach() for weight in model.recurrent.parameters())
    h = c = torch.zeros(6, dtype=torch.float64)
    for t, word in enumerate(smalltalk.vocabulary().encode(SENTENCE)):
        x = model.embedding.weight[word].detach()
        before = {"x": x, "h": h, "c": c, "W_ih": w_ih, "W_hh": w_hh, "b_ih": b_ih, "b_hh": b_hh}
        came, kept = w_ih @ x + b_ih, w_hh @ h + b_hh
        if cell == "rnn":
            h = (came + kept).tanh()
            seen = {"preactivation": came + kept, "hidden_state": h}
        elif cell == "lstm":
            i, f, g, o = (came + kept).chunk(4)
            i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
            seen = {"input_gate": i, "forget_gate": f, "cell_candidate": g, "output_gate": o}
            seen |= {"kept": f * c, "written": i * g}
            c = f * c + i * g
            h = o * c.tanh()
            seen |= {"cell_state": c, "hidden_state": h}
        else:
            (r, z, n), (r_h, z_h, n_h) = came.chunk(3), kept.chunk(3)
            r, z = (r + r_h).sigmoid(), (z + z_h).sigmoid()
            n = (n + r * n_h).tanh()
            seen = {"reset_gate": r, "update_gate": z, "candidate": n, "kept": z * h, "written": (1 - z) * n}
            h = (1 - z) * n + z * h
            seen["hidden_state"] = h
        seen |= {key: torch.tensor(value) for key, value in by_the_table(cell, seen, before).items()}
        assert set(seen) == {row.key for row in QUANTITIES.of(cell)}
        for key, value in seen.items():
            np.testing.assert_allclose(layer[key][t], value.numpy(), atol=1e-6, rtol=0, err_msg=f"{key} {t}")


def test_a_fresh_model_is_torchs_own_initialisation_and_leaves_the_global_chance_alone() -> None:
    spec = ModelSpec(cell="lstm", hidden=8, weights="fresh", seed=5)
    before = torch.get_rng_state()
    first, again, other = (
        registry.family_of(spec).fresh(spec),
        registry.family_of(spec).load(spec),
        registry.RECURRENT.fresh(ModelSpec(cell="lstm", hidden=8, seed=6)),
    )
    assert torch.equal(before, torch.get_rng_state())
    for name, weight in first.state_dict().items():
        assert torch.equal(weight, again.state_dict()[name])
        assert not torch.equal(weight, other.state_dict()[name])
    bound = 8**-0.5
    for weight in first.recurrent.parameters():
        assert -bound <= weight.min() < -bound / 2 < bound / 2 < weight.max() <= bound


def test_unknown_words_stay_visible_and_are_embedded_as_the_unknown_one() -> None:
    spec = ModelSpec(cell="gru", hidden=8, weights="fresh")
    trace = registry.run(spec, ("今日", "は", "タピオカ", "🙂"))
    assert [(token.text, token.known) for token in trace.tokens] == [
        ("今日", True), ("は", True), ("タピオカ", False), ("🙂", False),
    ]  # fmt: skip
    assert [bool(token.gloss) for token in trace.tokens] == [True, True, False, False]
    unknown = registry.family_of(spec).fresh(spec).embedding.weight[0].detach().numpy()
    np.testing.assert_array_equal(trace.embedding[2:], [unknown, unknown])


@pytest.mark.parametrize("cell", CELLS)
def test_clamps_move_the_distribution_from_their_step_on_and_are_not_compared(cell: str) -> None:
    spec = ModelSpec(cell=cell, hidden=8, weights="fresh")
    row = QUANTITIES.of(cell)[0]
    base, clamped = registry.run(spec, SENTENCE), registry.run(spec, SENTENCE, [Clamp(row.key, 0.0, steps=2)])
    assert np.isnan(clamped.layers.parity)
    assert (clamped.layer()[row.key][2] == 0).all()
    np.testing.assert_allclose(clamped.distribution[:2], base.distribution[:2], atol=1e-6)
    assert (np.abs(clamped.distribution[2:] - base.distribution[2:]).max(axis=1) > 1e-5).all()
    np.testing.assert_allclose(clamped.distribution.sum(axis=1), 1.0, atol=1e-6)


def test_a_clamp_at_the_value_it_had_changes_nothing() -> None:
    spec = ModelSpec(cell="lstm", hidden=4, weights="fresh")
    base = registry.run(spec, SENTENCE)
    gate = base.layer()["forget_gate"]
    clamps = [Clamp("forget_gate", float(gate[t, j]), units=j, steps=t) for t in range(6) for j in range(4)]
    np.testing.assert_allclose(registry.run(spec, SENTENCE, clamps).distribution, base.distribution, atol=1e-6)


def test_outputs_are_words_then_replies_and_only_replies_end() -> None:
    trace = registry.run(ModelSpec(cell="rnn", hidden=4, weights="fresh"), SENTENCE)
    assert trace.outputs == smalltalk.outputs()
    assert [text for text, ends in zip(trace.outputs, trace.ends, strict=True) if ends] == list(smalltalk.replies())
    assert trace.outputs[: trace.ends.index(True)] == smalltalk.vocabulary().words[1:]


@pytest.mark.parametrize(("cell", "blocks"), [("rnn", 1), ("lstm", 4), ("gru", 3)])
def test_parameters_are_those_of_the_recurrent_layer(cell: str, blocks: int) -> None:
    trace = registry.run(ModelSpec(cell=cell, hidden=8, weights="fresh"), SENTENCE)
    assert trace.parameters == blocks * 8 * (trace.embedding.shape[1] + 8 + 2)


@pytest.mark.parametrize("wrong", [(), [], "今日は暑い", ["今日", 3]])
def test_what_is_no_list_of_words_is_refused(wrong: object) -> None:
    with pytest.raises(KiokuError) as caught:
        registry.run(ModelSpec(cell="rnn", hidden=4, weights="fresh"), wrong)
    assert caught.value.code == "not_words"
    assert repr(wrong) in str(caught.value)


@pytest.mark.parametrize("spec", order.NETWORKS, ids=lambda spec: spec.name)
def test_an_answer_is_what_the_network_says_after_the_last_word(spec: order.NetworkSpec) -> None:
    model = registry.family_of(spec).load(spec)
    for answer, sentence in zip(
        registry.answers(spec, [SENTENCE, SENTENCE[:2]]), (SENTENCE, SENTENCE[:2]), strict=True
    ):
        with torch.inference_mode():
            scores = model(torch.tensor([smalltalk.vocabulary().encode(sentence)]))[0, -1]
        np.testing.assert_allclose(answer.distribution, scores.softmax(dim=0).numpy(), atol=1e-6, rtol=0)
        assert tuple(token.text for token in answer.tokens) == sentence
        assert sum(answer.ends) == len(smalltalk.replies())
        assert answer.outputs[answer.ends.index(True)] in smalltalk.replies()


def test_a_recurrent_network_answers_what_its_trace_says() -> None:
    spec = order.RECURRENT[1]
    (answer,) = registry.answers(spec, [SENTENCE])
    assert answer.reply == registry.run(spec, SENTENCE).reply


@pytest.mark.parametrize("tokens", [[], "今日", ["今日", 3]])
def test_no_words_have_no_answer(tokens: object) -> None:
    with pytest.raises(KiokuError) as caught:
        registry.answers(order.READERS[0], [["今日"], tokens])
    assert caught.value.code == "not_words"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(smalltalk.vocabulary().words), min_size=1, max_size=40), st.data())
def test_the_trained_bag_and_convolution_keep_their_laws_to_the_last_bit(
    tokens: list[str], data: st.DataObject
) -> None:
    bag, _, convolution = order.READERS
    one, other = registry.answers(bag, [tokens, data.draw(st.permutations(tokens))])
    assert order.total_variation(one.distribution, other.distribution) == 0
    far = len(tokens) - order.KERNEL
    if far > 0:
        changed = order.replaced(tokens, data.draw(st.integers(0, far - 1)), "🙂")
        one, other = registry.answers(convolution, [tokens, changed])
        assert order.total_variation(one.distribution, other.distribution) == 0


def test_the_window_refuses_one_word_more() -> None:
    window = order.READERS[1]
    assert registry.answers(window, [["犬"] * order.PLACES])
    with pytest.raises(KiokuError) as caught:
        registry.answers(window, [["犬"] * (order.PLACES + 1)])
    assert caught.value.code == "window_full"


def test_a_transformer_runs_as_every_model_and_has_nothing_to_hold() -> None:
    spec = TransformerSpec(hidden=32)
    trace = registry.run(spec, SENTENCE)
    (answer,) = registry.answers(spec, [SENTENCE])
    assert trace.reply.text == answer.reply.text == "そうだね!"
    np.testing.assert_array_equal(trace.distribution[-1], answer.distribution)
    assert [layer["attention"].shape for layer in trace.attention] == [(6, 4, 6)] * 2
    assert (trace.spec, trace.parameters, len(trace)) == (
        spec,
        count_parameters(registry.family_of(spec).load(spec)),
        6,
    )
    assert trace.layers.parity <= 1e-6
    with pytest.raises(KiokuError) as caught:
        registry.run(spec, SENTENCE, [Clamp("hidden_state", 0.0)])
    assert caught.value.code == "clamp_no_cell"
    with pytest.raises(KiokuError):
        registry.run(spec, [])
