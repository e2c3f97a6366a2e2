"""What a newcomer meets in the first minute: `make run`, its refusals, its way out; the locks."""

import os
import pty
import re
import shutil
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LEVELS = ("base", "production", "dev")

# Stands for Django: server and worker go on until they are told to stop, all else ends at once.
MANAGE = """
import os, sys, time
# At once: the worker speaks at the same time.
line = " ".join([*sys.argv[1:], str(os.environ.get("SITE_URL"))])
os.write(1, f"{line}\\n".encode())
while sys.argv[1] in ("runserver", "worker") and not os.path.exists("dead-" + sys.argv[1]):
    time.sleep(0.1)
sys.exit(3 if sys.argv[1] == "worker" else 0)
"""
# A Python that is told what to be, then does what it was asked.
PYTHON = """#!/bin/sh
[ "$1" = -c ] && exec {python} "$@"
exec {python} -c 'import runpy, sys; sys.argv.pop(0); sys.path.insert(0, "tools")
{lie}
runpy.run_path(sys.argv[0], run_name="__main__")' "$@"
"""


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A project of the tools alone, whose packages are installed already."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copytree(ROOT / "tools", folder / "tools")
    (folder / "manage.py").write_text(MANAGE)
    (folder / "requirements").mkdir()
    for level in LEVELS:
        (folder / "requirements" / f"{level}.txt").touch()
    write_program(folder / ".venv" / "bin" / "python", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    assert run(folder, "base").returncode == 0
    return folder


@pytest.fixture
def clone(original, tmp_path, monkeypatch):
    """A copy of it, and a shell that has no opinion."""
    for name in ("PORT", "SITE_URL", "MAKEFLAGS", "MAKELEVEL", "PYTHON"):
        monkeypatch.delenv(name, raising=False)
    return shutil.copytree(original, tmp_path / "clone")


def write_program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    python = next(
        (word for word in words if word.startswith("PYTHON=")), f"PYTHON={sys.executable}"
    )
    command = ["make", *words, python]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)


def only_line(done: subprocess.CompletedProcess[str]) -> str:
    """The one line that a refusal says, beside make's own."""
    assert done.returncode != 0
    [line] = [line for line in done.stderr.splitlines() if not line.startswith("make: ***")]
    return line


def lying_python(folder: Path, lie: str) -> str:
    text = PYTHON.format(python=sys.executable, lie=lie)
    return f"PYTHON={write_program(folder / 'python', text)}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run_until_ctrl_c(folder: Path, *words: str, wait_for: str = "worker") -> tuple[int, str]:
    """`make` at a terminal; once server and worker run, someone presses Ctrl-C."""
    pid, terminal = pty.fork()
    if not pid:
        os.chdir(folder)
        os.execvp("make", ["make", *words, f"PYTHON={sys.executable}"])
    said = ""
    while not ("runserver" in said and wait_for in said):
        said += os.read(terminal, 1024).decode()
    time.sleep(0.2)
    os.write(terminal, b"\x03")
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), said + rest_of(terminal)


def rest_of(terminal: int) -> str:
    """What is left to read; Linux says at the end of a terminal that reading fails."""
    with os.fdopen(terminal, "rb", buffering=0) as file:
        try:
            return file.read(4096).decode()
        except OSError:
            return ""


def test_ctrl_c_ends_make_run_without_a_complaint(clone) -> None:
    code, said = run_until_ctrl_c(clone, "run", f"PORT={free_port()}")
    assert code == 0
    assert said.rstrip().endswith("Stopped.")
    assert "***" not in said


def test_ctrl_c_ends_the_worker_with_the_server(clone) -> None:
    note = "open(f'{sys.argv[1]}.pid', 'w').write(str(os.getpid()))\n"
    (clone / "manage.py").write_text(MANAGE.replace("while", f"{note}while"))
    code, said = run_until_ctrl_c(clone, "run", f"PORT={free_port()}")
    assert code == 0
    assert "worker" in said
    assert "has ended" not in said
    for name in ("runserver", "worker"):
        with pytest.raises(ProcessLookupError):
            os.kill(int((clone / f"{name}.pid").read_text()), 0)


def test_the_paper_goes_on_without_its_worker_and_the_terminal_says_so_once(clone) -> None:
    (clone / "dead-worker").touch()
    code, said = run_until_ctrl_c(clone, "run", f"PORT={free_port()}", wait_for="has ended")
    assert code == 0
    assert said.count("!! The background worker has ended (exit code 3)") == 1
    assert said.rstrip().endswith("Stopped.")


@pytest.mark.parametrize("words", [["PORT={}"], []], ids=["argument", "environment"])
def test_the_address_moves_with_the_port(clone, monkeypatch, words) -> None:
    port = free_port()
    monkeypatch.setenv("PORT", str(port))
    _, said = run_until_ctrl_c(clone, "run", *(word.format(port) for word in words))
    assert f"runserver 127.0.0.1:{port} http://127.0.0.1:{port}" in said


def test_an_address_in_dotenv_is_not_hidden(clone) -> None:
    (clone / ".env").write_text("SITE_URL=http://paper.test\n")
    _, said = run_until_ctrl_c(clone, "run", f"PORT={free_port()}")
    assert re.search(r"runserver \S+ None", said)


def test_dotenv_is_written_once_and_for_its_owner(clone) -> None:
    run(clone, "demo")
    first = (clone / ".env").read_text()
    run(clone, "demo")
    assert (clone / ".env").read_text() == first
    assert stat.S_IMODE((clone / ".env").stat().st_mode) == 0o600
    assert re.search(r"^DEBUG=1\nSECRET_KEY=[\w-]{60,}$", first, re.MULTILINE)


def test_two_newcomers_have_two_keys(clone) -> None:
    run(clone, "demo")
    first = (clone / ".env").read_text()
    (clone / ".env").unlink()
    run(clone, "demo")
    assert (clone / ".env").read_text() != first


def test_a_taken_port_is_one_line(clone) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = run(clone, "run", f"PORT={port}")
    assert (
        only_line(done) == f"Port {port} is taken by another program. Try: make run PORT={port + 1}"
    )


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_a_port_that_is_none_is_one_line(clone, port) -> None:
    assert only_line(run(clone, "run", f"PORT={port}")).startswith("PORT must be a number")


def test_an_old_python_is_one_line(clone) -> None:
    python = lying_python(clone, 'sys.version_info = (3, 11, 2, "final", 0)')
    assert only_line(run(clone, "run", python)).startswith("Python 3.12 or newer is needed, and ")


def test_no_python_is_one_line(clone) -> None:
    assert "Python 3.12 or newer is needed" in only_line(run(clone, "run", "PYTHON="))


def test_a_python_without_venv_is_one_line(clone) -> None:
    shutil.rmtree(clone / ".venv")
    done = run(clone, "run", lying_python(clone, 'sys.modules["ensurepip"] = None'))
    assert only_line(done).endswith("On Debian and Ubuntu: apt install python3-venv")


@pytest.mark.parametrize("python", ["#!/bin/sh\nexit 1\n", None], ids=["no pip", "no Python"])
def test_a_half_made_environment_is_made_anew(clone, python) -> None:
    """Making it was interrupted before pip was there, or before Python was."""
    program = clone / ".venv" / "bin" / "python"
    write_program(program, python) if python else program.unlink()
    done = run(clone, "base")
    assert done.stdout.startswith("The environment in .venv is broken: making it anew.\n")
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_is_installed_twice(clone) -> None:
    (clone / "requirements" / "base.txt").write_text("# Another lock\n")
    assert run(clone, "base").stdout == "Installing the packages of requirements/base.txt …\n"
    assert run(clone, "dev").stdout == "Installing the packages of requirements/dev.txt …\n"
    assert run(clone, "base").stdout == ""


def test_clean_keeps_a_dotenv_that_someone_changed(clone) -> None:
    run(clone, "demo")
    with (clone / ".env").open("a") as file:
        file.write("SITE_NAME=Kabar\n")
    run(clone, "clean")
    assert (clone / ".env").exists()
    assert not (clone / ".venv").exists()


def test_clean_removes_the_dotenv_that_make_wrote(clone) -> None:
    run(clone, "demo")
    run(clone, "clean")
    assert not (clone / ".env").exists()


def test_make_alone_lists_the_targets(clone) -> None:
    listed = re.findall(r"^  make (\w+)", run(clone).stdout, re.MULTILINE)
    assert {"run", "demo", "test", "lint", "format", "bench", "lock", "clean", "help"} <= set(
        listed
    )


@pytest.mark.parametrize("level", LEVELS)
def test_a_lock_has_hashes_and_names_no_host(level) -> None:
    text = (ROOT / "requirements" / f"{level}.txt").read_text()
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE), "an index, a link or another file"


@pytest.mark.parametrize(("level", "above"), [("base", "production"), ("production", "dev")])
def test_a_lock_holds_the_versions_of_the_one_below(level, above) -> None:
    assert pins(level) <= pins(above)


@pytest.mark.parametrize("level", LEVELS)
def test_a_lock_covers_what_is_asked_for(level) -> None:
    asked = re.findall(
        r"^([\w-]+)", (ROOT / "requirements" / f"{level}.in").read_text(), re.MULTILINE
    )
    assert {name.lower() for name in asked if not name.startswith("-")} <= {
        pin.split("==")[0] for pin in pins(level)
    }


def pins(level: str) -> set[str]:
    text = (ROOT / "requirements" / f"{level}.txt").read_text()
    return set(re.findall(r"^([\w.-]+==[\w.]+)", text, re.MULTILINE))


BARE_MACHINE = """
import contextlib, sys
sys.path.insert(0, "tools")
import services, suite
services.postgres = services.redis = lambda: contextlib.nullcontext("")
services.chromium = lambda: ""
suite.PYTEST = ["true"]
sys.exit(suite.main())
"""


def test_what_a_machine_lacks_is_said_last() -> None:
    done = run_suite(REQUIRE="")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == (
        "!! Left out on this machine: PostgreSQL, Redis, Chromium (the browser journeys). "
        "CI runs everything."
    )


def test_what_is_required_may_not_be_lacking() -> None:
    done = run_suite(REQUIRE="all")
    assert done.returncode == 1
    assert done.stderr.startswith("REQUIRE=all, but there is no PostgreSQL and no Redis and no")


def run_suite(**env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BARE_MACHINE]
    return subprocess.run(command, cwd=ROOT, env=os.environ | env, capture_output=True, text=True)
