"""Intervals: the values that their papers print, what scipy says of any sample, and what must hold of all."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from linter.review import intervals
from linter.review.intervals import mean, mean_difference, share, share_difference

SHARES = st.integers(0, 2_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
VALUES = st.lists(st.floats(0, 100).map(lambda value: round(value, 2)), min_size=2, max_size=40)


def sums(values: list[float]) -> tuple[int, float, float]:
    return len(values), sum(values), sum(value * value for value in values)


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (20, 20, 0.8389, 1.0),
    ],
)
def test_shares_as_newcombe_prints_them(k: int, n: int, low: float, high: float) -> None:
    assert share(k, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("k1", "n1", "k2", "n2", "low", "high"),
    [
        (48, 80, 56, 70, 0.0524, 0.3339),
        (3, 10, 9, 10, 0.1705, 0.8090),
        (0, 29, 5, 56, -0.0381, 0.1926),
        (0, 10, 0, 10, -0.2775, 0.2775),
        (0, 20, 10, 10, 0.6791, 1.0),
    ],
)
def test_differences_of_shares_as_newcombe_prints_them(
    k1: int, n1: int, k2: int, n2: int, low: float, high: float
) -> None:
    assert share_difference(k1, n1, k2, n2) == pytest.approx((low, high), abs=5e-5)


@given(SHARES)
def test_a_share_lies_in_its_interval_as_scipy_has_it(one: tuple[int, int]) -> None:
    k, n = one
    low, high = share(k, n)
    assert 0 <= low < high <= 1
    if n:
        assert low <= k / n <= high
        wilson = stats.binomtest(k, n).proportion_ci(method="wilson")
        assert (low, high) == pytest.approx((wilson.low, wilson.high), abs=1e-9)


@given(SHARES, SHARES)
def test_a_difference_turned_round_changes_its_sign(one: tuple[int, int], two: tuple[int, int]) -> None:
    low, high = share_difference(*one, *two)
    back = share_difference(*two, *one)
    assert (low, high) == pytest.approx((-back[1], -back[0]), abs=1e-12)
    assert -1 <= low < high <= 1


@given(VALUES)
def test_a_mean_is_as_scipy_has_it(values: list[float]) -> None:
    assume(len(set(values)) > 1)
    about = stats.t.interval(0.95, len(values) - 1, sum(values) / len(values), stats.sem(values))
    assert mean(*sums(values)) == pytest.approx(about, rel=1e-6, abs=1e-4)


@given(VALUES, VALUES)
def test_a_difference_of_means_is_as_scipy_has_it(one: list[float], two: list[float]) -> None:
    assume(len(set(one)) > 1 and len(set(two)) > 1)
    welch = stats.ttest_ind(two, one, equal_var=False).confidence_interval()
    assert mean_difference(*sums(one), *sums(two)) == pytest.approx(
        (welch.low, welch.high), rel=1e-6, abs=1e-4
    )


@given(st.floats(1, 1e7))
def teststudents_t_is_as_scipy_has_it(freedom: float) -> None:
    assert intervals.student(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=1e-7)


@pytest.mark.parametrize("values", [[], [3.0]])
def test_too_few_values_say_nothing(values: list[float]) -> None:
    assert mean(*sums(values)) == (-inf, inf)
    assert mean_difference(*sums(values), *sums([1.0, 2.0])) == (-inf, inf)
    assert mean_difference(*sums([1.0, 2.0]), *sums(values)) == (-inf, inf)


def test_values_that_are_all_the_same_leave_no_doubt() -> None:
    assert mean(*sums([2.5] * 4)) == (2.5, 2.5)
    assert mean_difference(*sums([2.5] * 4), *sums([4.0] * 3)) == (1.5, 1.5)


def test_shares_of_nothing_may_be_anything() -> None:
    assert share(0, 0) == (0, 1)
    assert share_difference(0, 0, 1, 2) == share_difference(1, 2, 0, 0) == (-1, 1)
