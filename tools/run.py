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
    manage("runserver", f"127.0.0.1:{port}")


def manage(*words: str) -> None:
    """Run one of Django's commands; end with its exit code if it fails."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    code = process.call([environment.PYTHON, "manage.py", *words], env)
    if code:
        print(f"Stopped: `manage.py {words[0]}` failed, see above.", file=sys.stderr)
        sys.exit(code if code > 0 else 1)


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
