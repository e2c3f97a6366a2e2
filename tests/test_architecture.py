"""The laws of docs/architecture.md on imports, late ones inside functions included."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Law 1: an app may import those before it.
APPS = ["accounts", "articles", "comments", "newsroom"]

# Law 2: inside an app, a room may import those of its own line and of the lines below. A new room
# is entered here first: where does it belong? (newsroom is the composition root and has no lines.)
LINES = [
    "apps urls adapter signals",
    "views admin api feeds sitemaps management tasks templatetags checks context_processors",
    "middleware forms editor imports longlists",
    "restoring refiling",
    (
        "content workflow moves moderation naming pictures editing scheduled verification"
        " wastebin confidential"
    ),
    "families previews searches",
    "copies",
    "frontpage history listing lookups metadata paging reading related relations results",
    "embargoes relatives",
    "chains steps gate",
    "notices rights",
    "pagecache search renditions readership jobs outbox addresses trail consent roles mail",
    "snapshots audit",
    "models",
    "querysets guard routes prepared appendonly",
    "dependencies errors",
]
# They know plain values and each other, and no database, so that their tests need none.
PURE = [
    "__init__",
    "markup",
    "merging",
    "embeds",
    "hints",
    "rules",
    "keyset",
    "slugs",
    "questions",
    "datelines",
    "days",
    "creditline",
    "crops",
    "terms",
    "words",
    "pieces",
    "comparing",
    "seal",
    "spreadsheet",
]

LINE_OF = {
    room: number for number, line in enumerate([*LINES, " ".join(PURE)]) for room in line.split()
}


@dataclass(frozen=True)
class Room:
    """A module or a package right below an app; outside of our apps, whatever the import names."""

    app: str
    name: str

    def __str__(self) -> str:
        return f"{self.app}.{self.name}"


@dataclass(frozen=True)
class Import:
    place: str
    source: Room
    target: Room
    for_types_only: bool


def offences(root: Path) -> list[str]:
    """Every way in which imports below `root` break a law, with the first place of each."""
    first: dict[str, str] = {}
    for found in imports_below(root):
        for why in judge(found):
            first.setdefault(why, found.place)
    return [f"{place}: {why}" for why, place in first.items()]


def judge(found: Import) -> Iterator[str]:
    source, target = found.source, found.target
    if source.name in PURE and source.app != "newsroom" and is_impure(target):
        yield f"{source} is pure, and {target} is not"
    elif target.app in APPS[APPS.index(source.app) + 1 :]:
        yield f"{source.app} may not know {target.app}"
    elif source.app == target.app != "newsroom":
        yield from judge_inside(found)


def judge_inside(found: Import) -> Iterator[str]:
    source, target = found.source, found.target
    for room in {source, target}:
        if room.name not in LINE_OF:
            yield f"{room} stands in no line of tests/test_architecture.py"
            return
    if LINE_OF[target.name] < LINE_OF[source.name] and not found.for_types_only:
        yield f"{source} may not know {target}"


def is_impure(target: Room) -> bool:
    ours = target.app in APPS and target.name not in PURE
    return ours or (target.app == "django" and target.name in {"db", "apps", "contrib"})


def imports_below(root: Path) -> list[Import]:
    return [
        Import(
            f"{path.relative_to(root)}:{node.lineno}", room_of(path, root), Room(*words[:2]), typed
        )
        for app in APPS
        for path in sorted((root / app).rglob("*.py"))
        if "migrations" not in path.parts
        for node, typed in import_nodes(ast.parse(path.read_text()))
        for words in named(node, path.relative_to(root).parent.parts)
    ]


def room_of(path: Path, root: Path) -> Room:
    """articles/models/people.py belongs to the models of articles."""
    app, name = path.relative_to(root).with_suffix("").parts[:2]
    return Room(app, name)


def import_nodes(tree: ast.AST, typed: bool = False) -> Iterator[tuple[ast.stmt, bool]]:
    """All imports at any depth, and whether each stands below `if TYPE_CHECKING:`."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node, typed
        is_guard = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        yield from import_nodes(node, typed or is_guard)


def named(node: ast.stmt, package: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The modules that one statement names, each as words with `__init__` at its end."""
    match node:
        case ast.Import(names=names):
            bases = [tuple(alias.name.split(".")) for alias in names]
        case ast.ImportFrom(module=module, names=names, level=level):
            above = package[: len(package) - level + 1] if level else ()
            base = above + tuple(filter(None, (module or "").split(".")))
            bases = [(*base, alias.name) if len(base) == 1 else base for alias in names]
    return [(*base, "__init__") for base in bases]


def cycles(root: Path) -> list[str]:
    """The first ring of rooms that import each other."""
    graph = TopologicalSorter()
    for found in imports_below(root):
        if found.target.app in APPS and found.source != found.target and not found.for_types_only:
            graph.add(found.source, found.target)
    try:
        graph.prepare()
    except CycleError as error:
        return [str(room) for room in error.args[1]]
    return []


def test_imports_run_one_way() -> None:
    assert "\n".join(offences(ROOT)) == ""


def test_no_rooms_import_each_other_in_a_ring() -> None:
    assert " → ".join(cycles(ROOT)) == ""


@pytest.fixture
def plant(tmp_path):
    """Write one file of a small product and return its offences without their line numbers."""

    def write(path: str, text: str) -> list[str]:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return [offence.split(": ", 1)[1] for offence in offences(tmp_path)]

    return write


@pytest.mark.parametrize(
    ("path", "text", "offence"),
    [
        (
            "articles/views.py",
            "from comments.models import Comment",
            "articles may not know comments",
        ),
        ("comments/tasks.py", "import newsroom.settings", "comments may not know newsroom"),
        ("accounts/models.py", "from articles import models", "accounts may not know articles"),
        (
            "articles/models/people.py",
            "def late():\n    from articles import workflow",
            "articles.models may not know articles.workflow",
        ),
        (
            "articles/models/people.py",
            "from ..views import front",
            "articles.models may not know articles.views",
        ),
        (
            "comments/moderation.py",
            "try:\n    from comments.tasks import announce\nexcept ImportError: pass",
            "comments.moderation may not know comments.tasks",
        ),
        (
            "comments/rules.py",
            "from articles.models import Article",
            "comments.rules is pure, and articles.models is not",
        ),
        (
            "articles/markup.py",
            "from django.db import models",
            "articles.markup is pure, and django.db is not",
        ),
        (
            "articles/cupboard.py",
            "from articles import models",
            "articles.cupboard stands in no line of tests/test_architecture.py",
        ),
    ],
)
def test_a_planted_import_is_found(plant, path, text, offence) -> None:
    assert plant(path, text) == [offence]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "comments/views.py",
            "from articles.models import Article\nfrom comments import moderation",
        ),
        (
            "articles/models/people.py",
            "from .images import Image\nfrom articles.querysets import live",
        ),
        (
            "articles/querysets.py",
            "if TYPE_CHECKING:\n    from articles.models import Article",
        ),
        ("newsroom/urls.py", "from comments import urls\nfrom newsroom import views"),
    ],
)
def test_an_import_that_runs_inward_is_not(plant, path, text) -> None:
    assert plant(path, text) == []


def test_a_planted_ring_is_found(plant, tmp_path) -> None:
    plant("articles/content.py", "from articles import workflow")
    plant("articles/workflow.py", "def late():\n    from articles import content")
    assert "articles.content" in cycles(tmp_path)
