"""Ctrl-C is heard, also where what it raises gets lost."""

from __future__ import annotations

import signal
from contextlib import suppress

import pytest

from linter.breaking_off import BreakingOff


class Lost:
    """A value whose destructor is struck by Ctrl-C: what that raises there, Python drops."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_ctrl_c_that_strikes_a_destructor_is_remembered() -> None:
    with BreakingOff() as ctrl_c:
        lost = Lost()
        del lost
        assert ctrl_c.asked
        with pytest.raises(KeyboardInterrupt):
            ctrl_c.look()


def test_it_raises_as_always_and_leaves_no_trace() -> None:
    before = signal.getsignal(signal.SIGINT)
    with BreakingOff() as ctrl_c:
        ctrl_c.look()
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
            pytest.fail("Ctrl-C was not heard")
        assert ctrl_c.asked
    assert signal.getsignal(signal.SIGINT) is before
