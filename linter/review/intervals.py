"""Intervals of 95 % for shares and means, and for how far two of them lie apart.

All take posts as drawn one by one. Posts of one author or one thread are more alike than that, so what follows from many of
them is surer on paper than it is.
"""

from __future__ import annotations

from functools import lru_cache
from math import atan, cos, exp, inf, lgamma, pi, pow, sqrt, tan
from statistics import NormalDist

Interval = tuple[float, float]
_SURE = 0.95
_Z = NormalDist().inv_cdf((1 + _SURE) / 2)
_PARTS = 200
_CLOSE = 1e-12


def share(k: int, n: int) -> Interval:
    """The share of which `k` of `n` is a sample: Wilson's score interval (1927). Of nothing: from 0 to 1."""
    if n == 0:
        return 0.0, 1.0
    part, spread = k / n, _Z * _Z / n
    middle = (part + spread / 2) / (1 + spread)
    half = sqrt(spread * (part * (1 - part) + spread / 4)) / (1 + spread)
    return 0.0 if k == 0 else middle - half, 1.0 if k == n else middle + half


def share_difference(k1: int, n1: int, k2: int, n2: int) -> Interval:
    """How much the second share is above the first: Newcombe's hybrid of two score intervals (1998, method 10).

    Where either is of nothing, all that is possible: from -1 to 1.
    """
    if n1 == 0 or n2 == 0:
        return -1.0, 1.0
    first, second = k1 / n1, k2 / n2
    (low1, high1), (low2, high2) = share(k1, n1), share(k2, n2)
    apart = second - first
    below = sqrt((second - low2) ** 2 + (high1 - first) ** 2)
    above = sqrt((high2 - second) ** 2 + (first - low1) ** 2)
    return max(-1.0, apart - below), min(1.0, apart + above)


def mean(n: int, total: float, squares: float) -> Interval:
    """The mean of which `n` values are a sample, by their sum and the sum of their squares: Student's interval (1908).

    Fewer than two values say nothing of how values spread: from -inf to inf.
    """
    if n < 2:
        return -inf, inf
    half = student(n - 1) * sqrt(_variance(n, total, squares) / n)
    return total / n - half, total / n + half


def mean_difference(
    n1: int, total1: float, squares1: float, n2: int, total2: float, squares2: float
) -> Interval:
    """How much the second mean is above the first: Welch's interval (1947), its degrees of freedom after Satterthwaite (1946).

    Where either has fewer than two values: from -inf to inf.
    """
    if n1 < 2 or n2 < 2:
        return -inf, inf
    apart = total2 / n2 - total1 / n1
    error1, error2 = _variance(n1, total1, squares1) / n1, _variance(n2, total2, squares2) / n2
    error = error1 + error2
    if error == 0:
        return apart, apart
    weight = error1 / error
    freedom = 1 / (weight**2 / (n1 - 1) + (1 - weight) ** 2 / (n2 - 1))
    half = student(freedom) * sqrt(error)
    return apart - half, apart + half


def _variance(n: int, total: float, squares: float) -> float:
    """The variance of a sample; what rounding takes below nothing is nothing."""
    return max(0.0, (squares - total * total / n) / (n - 1))


@lru_cache(maxsize=1_000)
def student(freedom: float) -> float:
    """How far Student's t may lie from 0 in 95 of 100 samples, for one degree of freedom and more.

    As the tangent of an angle t has the density cos ** (freedom - 1), which is finite and falls: Newton's steps rise to the
    angle sought, from that of the normal distribution, and cannot pass it.
    """
    constant = 2 * exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2)) / sqrt(pi)
    angle = atan(_Z / sqrt(freedom))
    while True:
        step = (_SURE - constant * _area(angle, freedom - 1)) / (constant * pow(cos(angle), freedom - 1))
        angle += step
        if step < _CLOSE * angle:
            return sqrt(freedom) * tan(angle)


def _area(to: float, power: float) -> float:
    """The area below cos ** power from 0, by Simpson's rule."""
    width = to / _PARTS
    inner = sum((4 if part % 2 else 2) * pow(cos(part * width), power) for part in range(1, _PARTS))
    return width / 3 * (1 + inner + pow(cos(to), power))
