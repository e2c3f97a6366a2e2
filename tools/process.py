"""Starting programs, and ending them with everything they started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def call(command: list[object], env: dict[str, str] | None = None) -> int:
    """Run `command` in a session of its own: Ctrl-C reaches us alone, and we end it in order."""
    words = [str(word) for word in command]
    child = subprocess.Popen(words, cwd=str(ROOT), env=env, start_new_session=True)
    try:
        return child.wait()
    finally:
        end(child)


@contextlib.contextmanager
def beside(
    command: list[object], env: dict[str, str], mourn: Callable[[int], None]
) -> Iterator[None]:
    """Keep `command` running during the block; if it ends before that, `mourn` gets its code."""
    words = [str(word) for word in command]
    child = subprocess.Popen(words, cwd=str(ROOT), env=env, start_new_session=True)
    wanted = threading.Event()
    wanted.set()

    def wait() -> None:
        code = child.wait()
        if wanted.is_set():
            mourn(code)

    threading.Thread(target=wait, daemon=True).start()
    try:
        yield
    finally:
        wanted.clear()
        end(child)


def end(child: subprocess.Popen[bytes]) -> None:
    """Ask the program and all it started to end; insist after ten seconds."""
    if child.poll() is not None:
        return
    os.killpg(child.pid, signal.SIGTERM)
    try:
        child.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def interrupt_on_stop() -> None:
    """Every request to stop is a KeyboardInterrupt, once: a second one can't disturb the end."""
    for number in STOPS:
        signal.signal(number, interrupted)


def interrupted(*_: object) -> None:
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def keep_ctrl_c_from_make() -> None:
    """Go on in a child that owns the terminal, so that Ctrl-C reaches it and not make.

    make answers an interrupt with an error line and exit code 130, however cleanly its recipe ends.
    """
    if not (sys.stdin.isatty() and os.tcgetpgrp(0) == os.getpgrp()):
        return
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    child = os.fork()
    if child:
        sys.exit(guard_terminal(child))
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    # make would not see a Ctrl-Z, and the shell would wait for both for ever.
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)


def guard_terminal(child: int) -> int:
    """Wait for the child, hand on requests to stop, and give make its terminal back."""
    group = os.getpgrp()
    for number in STOPS:
        signal.signal(number, lambda *_: os.kill(child, signal.SIGTERM))
    status = os.waitpid(child, 0)[1]
    os.tcsetpgrp(0, group)
    return os.waitstatus_to_exitcode(status)


def number(name: str, default: int) -> str:
    """A whole number from the command line, or one line why not."""
    text = os.environ.get(name) or str(default)
    if not text.isdecimal():
        sys.exit(f"{name} must be a whole number, not {text!r}.")
    return text
