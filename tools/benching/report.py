"""The table: target, value, verdict; for the terminal and as Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """One figure. `good` is None where there is no target to keep."""

    name: str
    target: str
    value: str
    good: bool | None = None

    @property
    def verdict(self) -> str:
        return {True: "yes", False: "**NO**", None: ""}[self.good]


@dataclass
class Section:
    """A part of the report, under its own heading."""

    title: str
    heads: tuple[str, ...] = ("", "target", "value", "kept")
    lines: list[Line] = field(default_factory=list)

    def below(self, name: str, value: float, most: float, unit: str, more: str = "") -> None:
        """A figure that may be `most` at most."""
        shown = f"{number(value)} {unit}{more}"
        self.lines.append(Line(name, f"≤ {most:g} {unit}", shown, value <= most))

    def above(self, name: str, value: float, least: float, unit: str) -> None:
        """A figure that must be `least` at least."""
        shown = f"{number(value)} {unit}"
        self.lines.append(Line(name, f"≥ {least:g} {unit}", shown, value >= least))

    def told(self, name: str, value: str) -> None:
        """A figure without a target."""
        self.lines.append(Line(name, "", value))


def number(value: float) -> str:
    """Three digits that count, as people write them."""
    return f"{value:.3g}" if value < 100 else f"{value:,.0f}"


def markdown(title: str, notes: list[str], sections: list[Section]) -> str:
    """The whole report."""
    parts = [f"## {title}", *notes]
    return "\n\n".join([*parts, *map(table, sections)]) + "\n"


def table(section: Section) -> str:
    rows = [(line.name, line.target, line.value, line.verdict) for line in section.lines]
    text = [section.heads, tuple("---" for _ in section.heads), *rows]
    lines = [f"| {' | '.join(row)} |" for row in text]
    return "\n".join([f"### {section.title}", "", *lines])


def plain(sections: list[Section]) -> str:
    """For the terminal, in columns."""
    out = []
    for section in sections:
        width = max(len(line.name) for line in section.lines) + 2 if section.lines else 0
        out.append(f"\n{section.title}")
        for line in section.lines:
            verdict = line.verdict.strip("*")
            out.append(f"  {line.name:{width}}{line.value:34}{line.target:14}{verdict}")
    return "\n".join(out)


def failures(sections: list[Section]) -> list[str]:
    return [line.name for section in sections for line in section.lines if line.good is False]
