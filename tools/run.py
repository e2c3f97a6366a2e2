"""`make run`: from a fresh clone to a paper in the browser. `make demo`: the demo afresh."""

from __future__ import annotations

import os
import re
import socket
import sys

import environment
import process


def main(words: list[str]) -> None:
    environment.check_python()
    port = None if words else free_port(os.environ.get("PORT") or "8000")
    process.keep_ctrl_c_from_make()
    process.interrupt_on_stop()
    try:
        prepare()
        serve(port) if port else manage("demo", "--fresh")
    except KeyboardInterrupt:
        print("\nStopped.")


def prepare() -> None:
    environment.ensure("base")
    environment.write_dotenv()
    print("Preparing the database …", flush=True)
    manage("migrate", "--verbosity", "0")


def serve(port: int) -> None:
    if not in_dotenv("SITE_URL"):
        os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
    manage("demo")
    with process.beside(command("worker"), settings() | {"PYTHONUNBUFFERED": "1"}, mourn):
        manage("runserver", f"127.0.0.1:{port}")


def mourn(code: int) -> None:
    """The worker is dead, and the paper goes on: say so where nobody can miss it."""
    print(
        f"!! The background worker has ended (exit code {code}): mails wait, readers miss nothing. "
        "Start it anew: .venv/bin/python manage.py worker",
        file=sys.stderr,
        flush=True,
    )


def manage(*words: str) -> None:
    """Run one of Django's commands; end with its exit code if it fails."""
    code = process.call(command(*words), settings())
    if code:
        print(f"Stopped: `manage.py {words[0]}` failed, see above.", file=sys.stderr)
        sys.exit(code if code > 0 else 1)


def command(*words: str) -> list[object]:
    return [environment.PYTHON, "manage.py", *words]


def settings() -> dict[str, str]:
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}


def free_port(text: str) -> int:
    """The port to serve on, or one line why not."""
    if not (text.isdecimal() and 0 < int(text) < 65536):
        sys.exit(f"PORT must be a number from 1 to 65535, not {text!r}.")
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex(("127.0.0.1", int(text))) == 0:
            sys.exit(f"Port {text} is taken by another program. Try: make run PORT={int(text) + 1}")
    return int(text)


def in_dotenv(name: str) -> bool:
    """Whether .env gives this setting; a guess of ours would hide it."""
    return bool(re.search(rf"^(export )?{name}=", environment.DOTENV.read_text(), re.MULTILINE))


if __name__ == "__main__":
    main(sys.argv[1:])
