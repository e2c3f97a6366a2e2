"""Reading the demo edition: one TOML file an article, and paper.toml for the rest. Pure."""

import re
import tomllib
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "edition"


def paper() -> dict[str, Any]:
    """Site, sections, authors, readers and staff."""
    return tomllib.loads((FOLDER / "paper.toml").read_text())


def stories() -> dict[str, dict[str, Any]]:
    """The articles in their order, under their files' names."""
    files = sorted(FOLDER.glob("[0-9]*.toml"))
    return {file.stem: tomllib.loads(file.read_text()) for file in files}


def body(text: str, article_id: Callable[[str], int | None]) -> str:
    """The HTML of an article's text: a block between blank lines, marked by how it begins."""
    blocks = [block.strip() for block in text.split("\n\n") if block.strip()]
    return "".join(_block(block, article_id) for block in blocks)


def _block(block: str, article_id: Callable[[str], int | None]) -> str:
    if related := re.fullmatch(r"\[\[baca-juga: (.+)\]\]", block):
        return _related(related[1], article_id)
    if block.startswith("## "):
        return f"<h2>{escape(block[3:])}</h2>"
    if block.startswith("> "):
        quote = escape(block.replace("\n> ", " ")[2:])
        return f"<blockquote><p>{quote}</p></blockquote>"
    if block.startswith(("- ", "1. ")):
        return _list(block)
    return f"<p>{escape(block)}</p>"


def _related(names: str, article_id: Callable[[str], int | None]) -> str:
    ids = [article_id(name.strip()) for name in names.split(",")]
    known = ",".join(str(pk) for pk in ids if pk)
    return f'<aside data-articles="{known}"></aside>' if known else ""


def _list(block: str) -> str:
    tag = "ul" if block.startswith("- ") else "ol"
    lines = [re.sub(r"^(- |\d+\. )", "", line) for line in block.splitlines()]
    return f"<{tag}>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</{tag}>"
