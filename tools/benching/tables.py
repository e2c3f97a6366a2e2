"""The issue's rows: which pages, on which server, against which target."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benching.client import Readers
from benching.measure import Bench, Row, growth, waits
from benching.report import Section, number

PAGE, DISCUSSED, SEARCH = 30, 60, {10_000: 75, 200_000: 150}
QUERIES = 6
GROWTH = 1.2
CACHED = 1.0
DESK_MS = 1000
HITS = 95
COLD = ("article", "front", "section", "tag", "author", "day index")
GROWING = (
    *("article", "front", "section", "section, half-way", "tag", "tag, half-way"),
    *("author", "author, half-way", "feed", "monthly sitemap"),
)


@dataclass(frozen=True)
class Paper:
    """A running paper with an archive of some size."""

    size: int
    readers: Readers
    roots: Sequence[int]
    found: dict[str, Any]

    def row(self, name: str) -> Row:
        return Row(name, self.readers, self.found["pages"][name], self.roots)


def cold(bench: Bench, papers: Sequence[Paper]) -> list[Section]:
    """Every page of every paper, not kept: round by round, the papers beside each other."""
    names = list(papers[0].found["pages"])
    rows = {(name, paper.size): paper.row(name) for name in names for paper in papers}
    bench.run(list(rows.values()))
    sections = [of_size(paper, rows) for paper in papers]
    return [*sections, grown(papers, rows)] if len(papers) > 1 else sections


def of_size(paper: Paper, rows: dict[tuple[str, int], Row]) -> Section:
    section = Section(f"Not cached, {paper.size:,} articles")
    for name in paper.found["pages"]:
        row, queries = rows[name, paper.size], paper.found["queries"][name]
        more = f" = {number(row.ms)} ms, {queries} queries"
        if (most := target(name, paper.size)) is None:
            section.told(name, f"{number(row.times_h)} H{more}")
        else:
            section.below(name, row.times_h, most, "H", more)
    counted = max(paper.found["queries"][name] for name in (*COLD, "article with 200 comments"))
    section.below("most queries of these pages", counted, QUERIES, "queries")
    return section


def target(name: str, size: int) -> int | None:
    """How many H the page may cost."""
    if name.startswith("search"):
        return next((most for limit, most in SEARCH.items() if size <= limit), None)
    if name == "article with 200 comments":
        return DISCUSSED
    return PAGE if name in COLD else None


def grown(papers: Sequence[Paper], rows: dict[tuple[str, int], Row]) -> Section:
    """The largest paper against the smallest; a sitemap by what it lists."""
    small, large = papers[0], papers[-1]
    section = Section(f"Growth from {small.size:,} to {large.size:,} articles")
    for name in GROWING:
        per = 1.0
        if name == "monthly sitemap":
            per = large.found["entries"] / small.found["entries"]
        times = growth(rows[name, small.size], rows[name, large.size], per)
        more = ", for each entry" if name == "monthly sitemap" else ""
        section.below(name, times, GROWTH, "×", more)
    return section


def kept(bench: Bench, rows: Sequence[Row], file: Row | None) -> Section:
    """Cached pages of the application alone, and nginx with a file."""
    for row in rows:
        row.readers.warm(row.paths)
    bench.run([*rows, file] if file else rows)
    section = Section("Cached, the application alone")
    section.told("H: a constant page of 27 KB", f"{number(bench.h_ms)} ms")
    if file:
        section.told("S: nginx and a compressed file", f"{number(file.ms)} ms")
    else:
        section.told("S: nginx and a compressed file", "NOT MEASURED: nginx is not installed")
    for row in rows:
        times_s = f" = {number(row.ms / file.ms)} S" if file else ""
        section.below(row.name, row.times_h, CACHED, "H", f" = {number(row.ms)} ms{times_s}")
    return section


def hammered(file: Path) -> Section:
    """What the freshness hammer counted: `changes`, `seed`, `stale` and `hit_rate` (%), as JSON."""
    counted = json.loads(file.read_text())
    section = Section(f"Freshness, {counted['changes']:,} changes, seed {counted['seed']}")
    section.below("stale reads after the answer to a change", counted["stale"], 0, "reads")
    section.above("hit rate while editors and moderators work", counted["hit_rate"], HITS, "%")
    return section


def desk(paper: Paper, readers: Readers) -> Section:
    """The desk's lists, searches and forms: the time until the answer."""
    section = Section(f"The desk, {paper.size:,} articles")
    for name, path in paper.found["desk"].items():
        readers.get(path)
        queries = f", {paper.found['desk_queries'][name]} queries"
        section.below(name, waits(readers, path), DESK_MS, "ms", queries)
    for name, (queries, took) in paper.found["desk_acts"].items():
        section.below(f"article, {name}", took, DESK_MS, "ms", f", {queries} queries")
    return section
