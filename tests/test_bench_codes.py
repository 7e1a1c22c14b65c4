"""The statistical test of the bench sees a difference of times where there is one, and none where there is none."""

import random

import pytest

from tools.bench import codes

NORMAL = random.Random(11)


def drawn(mean: float) -> list[float]:
    return [NORMAL.gauss(mean, 1.0) for _sample in range(1000)]


def test_welchs_t_of_known_samples():
    assert codes.t([27.5, 21.0, 19.0, 23.6], [27.1, 22.0, 20.8, 23.4, 23.4]) == pytest.approx(-0.2667, abs=0.0001)


@pytest.mark.parametrize(("difference", "is_seen"), [(0.0, False), (0.5, True)])
def test_difference_of_half_a_deviation_is_seen(difference, is_seen):
    assert (abs(codes.t(drawn(20), drawn(20 + difference))) > codes.MOST) == is_seen


def test_slowest_samples_of_both_kinds_are_cut():
    kinds = {"existing": [1.0] * 50, "unknown": [1.0] * 45 + [9.0] * 5}
    assert codes.cut(kinds["unknown"], codes.bound(kinds)) == [1.0] * 45
