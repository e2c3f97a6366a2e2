"""Two editors type into one article while everything that can fail fails; nothing may be lost.

Each typed piece holds a word of its own. At the end every such word must be in the article's text
or in its history, whatever became of tabs, networks, servers and sessions in between.
"""

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as BrowserError

from accounts.models import User
from articles import editing, snapshots
from articles.models import Article, Revision
from tests import desk, make
from tests.background import wait_until
from tests.hammer.servers import ROOT, free_port, is_open
from tests.storm import settings as storm_settings

BODY = "".join(f"<p>Paragraf {name}.</p>" for name in ("satu", "dua", "tiga", "empat", "lima"))
PATIENCE = 20_000  # milliseconds
AROUND = 6  # so many mishaps before and after a lost word are told


class Server:
    """The paper in a process of its own, which can be killed."""

    def __init__(self, env: dict[str, str], log: Path) -> None:
        self.port = free_port()
        self.env = {**os.environ, **env, "DJANGO_SETTINGS_MODULE": storm_settings.__name__}
        self.env["SITE_URL"] = self.root
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_up(self) -> bool:
        return self.process is not None

    def start(self) -> None:
        if self.process:
            return
        words = ["manage.py", "runserver", "--noreload", f"127.0.0.1:{self.port}"]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, *words],
                cwd=ROOT,
                env=self.env,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        wait_until(lambda: is_open(self.port), 60)

    def kill(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
            self.process = None


@dataclass
class Editor:
    """Somebody with a browser of her own."""

    name: str
    user: User
    context: BrowserContext
    page: Page
    is_offline: bool = False

    @property
    def body(self) -> "str | None":
        """What is in the editor now; None where no form is open."""
        text = self.page.locator(".ProseMirror[contenteditable=true]")
        return text.inner_text(timeout=PATIENCE) if text.count() else None


@dataclass
class Report:
    """What was done, and what is missing."""

    rounds: int
    seed: int
    done: Counter[str] = field(default_factory=Counter)
    saved: int = 0
    refused: int = 0
    typed: int = 0
    in_text: int = 0
    in_history: int = 0
    lost: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        acts = ", ".join(f"{name} {times}" for name, times in sorted(self.done.items()))
        return [
            f"seed             {self.seed}",
            f"rounds           {self.rounds}: {acts}",
            f"saves            {self.saved}, refused for a conflict {self.refused}",
            f"pieces typed     {self.typed}",
            f"in the text      {self.in_text}",
            f"in the history   {self.in_history}",
            f"silent losses    {len(self.lost)} {' '.join(self.lost[:5])}".rstrip(),
            *(line for word in self.lost[:5] for line in self.around(word)),
        ]

    def around(self, word: str) -> list[str]:
        """What was done when the word was typed."""
        # What was typed in calm weather stands before all mishaps.
        places = (place for place, line in enumerate(self.log) if line.endswith(f" {word}"))
        at = next(places, 0)
        return ["", *self.log[max(0, at - AROUND) : at + AROUND + 1]]


class Storm:
    """One article, two editors, one server, and a random order of mishaps."""

    def __init__(self, browser: Browser, server: Server, seed: int) -> None:
        self.random = random.Random(seed)
        self.browser, self.server, self.seed = browser, server, seed
        self.article = make.live_article(headline="Badai di Selat", body=BODY)
        self.editors = [self.arrive(name) for name in ("Andi", "Sri")]
        self.typed: list[str] = []
        self.report = Report(0, seed)

    def arrive(self, name: str) -> Editor:
        context = self.browser.new_context()
        context.set_default_timeout(PATIENCE)
        editor = Editor(name, make.user("editor", name=name), context, context.new_page())
        editor.page.on("dialog", lambda dialog: dialog.accept())
        return editor

    def run(self, rounds: int) -> Report:
        acts: list[tuple[Callable[[Editor], None], int]] = [
            *((self.type, 10), (self.save, 4), (self.close_the_tab, 2), (self.reload, 1)),
            *((self.cut_the_network, 2), (self.mend_the_network, 3), (self.end_the_session, 1)),
            *((self.kill_the_server, 1), (self.start_the_server, 3), (self.take_over, 1)),
            (self.go_on, 2),
        ]
        names, weights = zip(*acts, strict=True)
        self.server.start()
        for editor in self.editors:
            self.open(editor)
            self.save_in_calm_weather(editor)
        for number in range(rounds):
            editor = self.random.choice(self.editors)
            [act] = self.random.choices(names, weights)
            name = act.__name__.replace("_", " ")
            self.report.done[name] += 1
            before, began = len(self.typed), f"{timezone.localtime():%H:%M:%S.%f}"
            act(editor)
            line = "on" if self.can_reach(editor) else "off"
            words = "".join(self.typed[before:])
            self.report.log.append(f"{began} {number} {editor.name} {line}: {name} {words}")
            self.calm(editor)
        self.report.rounds = rounds
        self.heal()
        return self.count()

    def save_in_calm_weather(self, editor: Editor) -> None:
        """Whatever follows would prove nothing if nobody could save."""
        self.type(editor)
        self.save(editor)
        editor.page.locator(".messagelist .success").wait_for()
        text = json.dumps(snapshots.working(Article.objects.get(pk=self.article.pk)))
        assert self.typed[-1] in text

    # What they do

    def type(self, editor: Editor) -> None:
        if not self.is_ready(editor):
            return
        word = f"kata{len(self.typed)}{editor.name.lower()}"
        page = editor.page
        page.locator(".ProseMirror p").nth(self.random.randrange(5)).click()
        page.keyboard.press(self.random.choice(["Home", "End", "End"]))
        page.keyboard.type(f" {word} ", delay=self.random.choice([0, 0, 15]))
        if word in (editor.body or ""):
            self.typed.append(word)
        page.wait_for_timeout(self.random.choice([0, 0, 50, 400, 1500, 4000]))

    def save(self, editor: Editor) -> None:
        if not self.is_ready(editor):
            return
        over = editor.page.locator("input[name=overwrite]")
        if over.count() and self.random.random() < 0.7:
            over.check()
        button = editor.page.locator(".desk-bar__save")
        assert button.count() == 1, "She can't find the button."
        with suppress(BrowserError):
            button.click(no_wait_after=True)
            editor.page.wait_for_timeout(300)
            editor.page.wait_for_load_state()

    def close_the_tab(self, editor: Editor) -> None:
        editor.page.close(run_before_unload=False)
        editor.page = editor.context.new_page()
        editor.page.on("dialog", lambda dialog: dialog.accept())
        self.open(editor)

    def reload(self, editor: Editor) -> None:
        with suppress(BrowserError):
            editor.page.reload()

    def cut_the_network(self, editor: Editor) -> None:
        editor.context.set_offline(True)
        editor.is_offline = True

    def mend_the_network(self, editor: Editor) -> None:
        editor.context.set_offline(False)
        editor.is_offline = False

    def kill_the_server(self, editor: Editor) -> None:
        self.server.kill()

    def start_the_server(self, editor: Editor) -> None:
        self.server.start()

    def end_the_session(self, editor: Editor) -> None:
        Session.objects.all().delete()

    def take_over(self, editor: Editor) -> None:
        self.press(editor, "button[formaction*=take-over]")

    def go_on(self, editor: Editor) -> None:
        self.press(editor, ".desk-live a[href*='typed=']")

    def press(self, editor: Editor, what: str) -> None:
        found = editor.page.locator(what)
        if self.is_ready(editor) and found.count():
            with suppress(BrowserError):
                found.first.click(no_wait_after=True)
                editor.page.wait_for_timeout(300)
                editor.page.wait_for_load_state()

    # Between the mishaps

    def is_ready(self, editor: Editor) -> bool:
        """Whether there is a form before her that she can write in."""
        self.calm(editor)
        return editor.body is not None

    def calm(self, editor: Editor) -> None:
        """Answer a question about the password; come back to the form where that is possible."""
        self.log_in_beside(editor)
        if editor.body is None:
            self.open(editor)

    def can_reach(self, editor: Editor) -> bool:
        return self.server.is_up and not editor.is_offline

    def log_in_beside(self, editor: Editor) -> None:
        dialog = editor.page.locator("dialog[open]")
        again = editor.page.locator("[data-login-again]")
        if not dialog.count():
            if not (again.count() and again.is_visible() and self.random.random() < 0.5):
                return
            again.click()
        if self.can_reach(editor) and self.random.random() < 0.8:
            dialog.locator("input[type=password]").fill(make.PASSWORD)
            dialog.locator("button[type=submit]").click()
            dialog.wait_for(state="detached")
        else:
            dialog.locator("button[type=button]").click()

    def open(self, editor: Editor) -> None:
        """Go to the article's form, through log-in if need be."""
        if not self.can_reach(editor):
            return
        page = editor.page
        page.goto(self.server.root + desk.change(self.article))
        if page.locator("input[name=login]").count():
            page.fill("input[name=login]", editor.user.email)
            page.fill("input[name=password]", make.PASSWORD)
            page.press("input[name=password]", "Enter")
            page.wait_for_url("**/change/**")
        page.locator(".ProseMirror").wait_for()

    # The end

    def heal(self) -> None:
        """Everything works again; each comes back once more and closes her browser."""
        self.server.start()
        for editor in self.editors:
            self.mend_the_network(editor)
            editor.page.close(run_before_unload=False)
            editor.page = editor.context.new_page()
            self.open(editor)
            # What is in the journal is sent when the form is opened again.
            editor.page.locator("[data-kept]").wait_for(state="attached")
            wait_until(lambda page=editor.page: not self.journal(page), 60)
            editor.context.close()

    def journal(self, page: Page) -> int:
        """How many texts wait in her browser."""
        return int(page.evaluate(COUNT_JOURNAL))

    def count(self) -> Report:
        editing.sweep(timezone.now() + timedelta(days=2))
        article = Article.objects.get(pk=self.article.pk)
        text = json.dumps(snapshots.working(article))
        history = " ".join(json.dumps(one.content) for one in article.revisions.all())
        report = self.report
        kinds = Counter(article.revisions.values_list("kind", flat=True))
        report.saved = kinds[Revision.Kind.SAVE]
        report.refused = kinds[Revision.Kind.LOSING]
        report.typed = len(self.typed)
        report.in_text = sum(word in text for word in self.typed)
        report.in_history = sum(word in history and word not in text for word in self.typed)
        report.lost = [word for word in self.typed if word not in history and word not in text]
        return report


COUNT_JOURNAL = """() => new Promise((resolve) => {
  const request = indexedDB.open("newsroom-desk", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("typed", { keyPath: "key" });
  request.onsuccess = () => {
    const count = request.result.transaction("typed").objectStore("typed").count();
    count.onsuccess = () => { resolve(count.result); request.result.close(); };
  };
  request.onerror = () => resolve(0);
})"""
