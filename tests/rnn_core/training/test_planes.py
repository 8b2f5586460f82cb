from __future__ import annotations

import numpy as np
import pytest
from sklearn.decomposition import PCA

from rnn_core.models import registry
from rnn_core.tasks.feelings import NETWORKS, Felt
from rnn_core.training import planes
from rnn_core.training.feelings import FEELINGS
from rnn_core.training.planes import Plane, count_directions, judge_slow_points, principal, project, visit

SHIPPED = {spec.name: FEELINGS[spec.task].manifest()["planes"][spec.name] for spec in NETWORKS}
TEXTS = [Felt(("今日", "は", "暑い"), "negative"), Felt(("天気", "が", "良い"), "positive")]


def test_the_principal_components_are_scikit_learns() -> None:
    states = np.random.default_rng(0).normal(size=(40, 6)) * np.arange(1, 7)
    axes, variances = principal(states)
    theirs = PCA().fit(states)
    np.testing.assert_allclose(np.abs(axes), np.abs(theirs.components_[:2]), atol=1e-9)
    np.testing.assert_allclose(variances / variances.sum(), theirs.explained_variance_ratio_, atol=1e-9)


@pytest.mark.parametrize("spec", [spec for spec in NETWORKS if spec.task == "smalltalk_feelings"], ids=lambda s: s.cell)
def test_the_visited_states_are_those_of_the_trace(spec) -> None:
    every, ends = visit(registry.RECURRENT.load(spec), spec.task, TEXTS)
    for at, text in enumerate(TEXTS):
        states = registry.run(spec, text.tokens).layers.output
        np.testing.assert_allclose(every[3 * at : 3 * at + 3, : spec.hidden], states, atol=1e-5)
        np.testing.assert_allclose(ends[at, : spec.hidden], states[-1], atol=1e-5)


@pytest.mark.parametrize(("name", "plane"), SHIPPED.items())
def test_a_shipped_plane_is_whole(name: str, plane: Plane) -> None:
    axes = np.array(plane["axes"])
    np.testing.assert_allclose(axes @ axes.T, np.eye(2), atol=1e-2)
    assert 0.1 < sum(plane["explained"]) <= 1
    assert plane["explained"][0] >= plane["explained"][1]
    assert len(plane["cloud"]) == planes.CLOUD
    assert len(plane["slow"]) <= plane["searched"]
    assert judge_slow_points(plane) in ("none", "point", "line", "fading", "several")
    assert plane["constants"] == sorted(plane["constants"], reverse=True)
    assert project(plane, np.zeros((3, axes.shape[1]))).shape == (3, 2)


@pytest.mark.parametrize(
    ("directions", "constants", "slow", "judged"),
    [
        (1, [30.0, 5.0, 4.0], 3, "line"),
        (1, [9.0, 5.0, 4.0], 3, "fading"),
        (1, [30.0, 20.0, 4.0], 3, "fading"),
        (0, [30.0, 5.0, 4.0], 3, "point"),
        (3, [30.0, 5.0, 4.0], 3, "several"),
        (0, [], 0, "none"),
    ],
)
def test_only_points_on_a_line_that_outlast_a_text_are_a_line_attractor(
    directions: int, constants: list[float], slow: int, judged: str
) -> None:
    plane = Plane(
        mean=[0.0],
        axes=[[1.0], [0.0]],
        explained=[1.0, 0.0],
        cloud=[],
        slow=[[0.0, 0.0, 0]] * slow,
        searched=9,
        directions=directions,
        constants=constants,
        length=10.0,
    )
    assert judge_slow_points(plane) == judged


@pytest.mark.parametrize("directions", [1, 2, 3])
def test_directions_are_counted(directions: int) -> None:
    points = np.zeros((60, 8))
    points[:, :directions] = np.random.default_rng(1).normal(size=(60, directions))
    assert count_directions(points, 1.0) == directions
    assert count_directions(points, 1e6) == 0
