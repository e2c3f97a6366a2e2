"""What it costs to keep and to save a text at the desk. For addresses.py.

Asked in this process, of Django itself: a form's fields are read from the page that shows them.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

TIMES = 9

type Fields = dict[str, list[str]]


def measured(client: Client, form: str, beat: str, pk: int) -> dict[str, tuple[int, float]]:
    """Queries, and milliseconds until the answer (median of nine), of each act."""
    acts: dict[str, Callable[[Fields, int], int]] = {
        "autosave": lambda fields, number: post(
            client, beat, fields | typed(number) | {"_typed": ["1"], "_article": [str(pk)]}, 200
        ),
        "save": lambda fields, number: post(
            client, form, fields | typed(number) | {"_continue": ["1"]}, 302
        ),
    }
    return {name: cost(client, form, act) for name, act in acts.items()}


def typed(number: int) -> Fields:
    return {"headline": [f"Judul yang sedang diketik ulang {number}"]}


def cost(client: Client, form: str, act: Callable[[Fields, int], int]) -> tuple[int, float]:
    took = []
    for number in range(TIMES):
        fields = fields_of(client, form)
        begun = time.perf_counter()
        act(fields, number)
        took.append((time.perf_counter() - begun) * 1000)
    fields = fields_of(client, form)
    with CaptureQueriesContext(connection) as captured:
        act(fields, TIMES)
    return len(captured), statistics.median(took)


def post(client: Client, path: str, fields: Fields, expected: int) -> int:
    status = client.post(path, fields).status_code
    if status != expected:
        raise SystemExit(f"{path} answered {status} and not {expected}.")
    return status


def fields_of(client: Client, form: str) -> Fields:
    """What a browser would send if nobody changed anything."""
    page = LexborHTMLParser(client.get(form).content.decode())
    fields: Fields = {}
    for node in page.css("#article_form input, #article_form textarea, #article_form select"):
        name, kind = node.attributes.get("name"), node.attributes.get("type") or ""
        if not name or kind in {"submit", "file", "button"}:
            continue
        if kind in {"checkbox", "radio"} and "checked" not in node.attributes:
            continue
        if node.tag == "textarea":
            value = node.text()
        elif node.tag == "select":
            chosen = node.css_first("option[selected]") or node.css_first("option")
            value = (chosen.attributes.get("value") if chosen else "") or ""
        else:
            value = node.attributes.get("value") or ""
        fields.setdefault(name, []).append(value)
    return fields
