"""Ctrl-C, remembered: what Python raises for it is lost where it happens to strike a destructor."""

from __future__ import annotations

import signal
from threading import current_thread, main_thread
from types import FrameType, TracebackType
from typing import Self


class BreakingOff:
    """While it lasts, Ctrl-C raises KeyboardInterrupt as always, and `asked` tells of it afterwards. Only the main thread hears it."""

    def __init__(self) -> None:
        self.asked = False

    def __enter__(self) -> Self:
        if current_thread() is main_thread():
            self._before = signal.signal(signal.SIGINT, self._end)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if current_thread() is main_thread():
            signal.signal(signal.SIGINT, self._before)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        signal.default_int_handler(number, frame)

    def look(self) -> None:
        """Raise KeyboardInterrupt where it was asked for and got lost."""
        if self.asked:
            raise KeyboardInterrupt
