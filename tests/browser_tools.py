"""Somebody in front of a browser, who clicks on the words she sees; and an ear for errors."""

import re
from pathlib import Path

from django.core import mail
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, WebError, expect

from accounts.models import User
from tests import make

ROLES = ("link", "button")
VIOLATION = "securitypolicyviolation"
# The event is counted apart from the line that the browser itself writes into the console.
LISTEN = f"""addEventListener("{VIOLATION}", (event) => console.error("{VIOLATION}",
  event.effectiveDirective, event.blockedURI, event.sourceFile, event.lineNumber));"""
PASTE = """(editor, [html, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", text);
  const options = { clipboardData, bubbles: true, cancelable: true };
  editor.dispatchEvent(new ClipboardEvent("paste", options));
}"""
OUTLINED = """(element) => [null, "::after"].some(
  (part) => getComputedStyle(element, part).outlineStyle !== "none")"""
# The words of a form's label, whatever marks the form puts behind them.
LABEL = r"^\s*{}\s*[:*]*\s*$"


def said(message: str, **words: object) -> str:
    """What the interface says for `message`, in the paper's language."""
    with translation.override("id"):
        return gettext(message) % words if words else gettext(message)


def exactly(words: str, form: str = r"^\s*{}\s*$") -> re.Pattern[str]:
    return re.compile(form.format(re.escape(words)), re.IGNORECASE)


class Visitor:
    """A person with a browser of her own, who begins at the front page."""

    def __init__(self, context: BrowserContext, paper: str) -> None:
        self.violations: list[str] = []
        self.errors: list[str] = []
        self.paper = paper
        self.context = context
        context.set_default_timeout(15_000)
        context.add_init_script(LISTEN)
        context.on("console", self._hear)
        context.on("weberror", self._catch)
        self.page: Page = context.new_page()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            heard = self.violations if message.text.startswith(VIOLATION) else self.errors
            heard.append(f"{message.page.url if message.page else ''}: {message.text}")

    def _catch(self, thrown: WebError) -> None:
        self.errors.append(f"{thrown.page.url if thrown.page else ''}: {thrown.error.stack}")

    # Where she goes

    def arrive(self) -> "Visitor":
        """Open the front page: the only address that anybody types."""
        return self.follow(f"{self.paper}/")

    def follow(self, address: str) -> "Visitor":
        """Open a link that somebody has sent her."""
        self.page.goto(address)
        return self

    def open_mail(self) -> None:
        """Open the link in the newest mail."""
        found = re.search(rf"{re.escape(self.paper)}/\S+", str(mail.outbox[-1].body))
        assert found
        self.follow(found.group())

    def click(self, words: str, inside: str = "body") -> "Visitor":
        """Click the link or the button that is called that."""
        self.called(words, inside).click()
        return self

    def called(self, words: str, inside: str = "body") -> Locator:
        """The visible link or button of that name."""
        area = self.page.locator(inside)
        links, buttons = (area.get_by_role(role, name=exactly(words)) for role in ROLES)
        return links.or_(buttons).filter(visible=True).first

    def log_in(self, person: User) -> "Visitor":
        """Go to log-in from the foot of the page, and through it."""
        return self.click(said("Log in"), "footer").give_password(person)

    def give_password(self, person: User) -> "Visitor":
        """Fill the form of log-in and send it."""
        self.write(said("Email"), person.email)
        self.write(said("Password"), make.PASSWORD)
        return self.click(said("Log in"), "main")

    def go_to_desk(self, person: User) -> "Visitor":
        """Log in, and go to the newsroom."""
        return self.log_in(person).click(said("To the newsroom"))

    # What she does

    def field(self, label: str) -> Locator:
        """The input with that label."""
        return self.page.get_by_label(exactly(label, LABEL))

    def write(self, label: str, text: str) -> "Visitor":
        """Fill an input."""
        self.field(label).fill(text)
        return self

    def press(self, key: str) -> "Visitor":
        self.page.keyboard.press(key)
        return self

    def type(self, text: str) -> "Visitor":
        """Write with the keyboard, wherever it writes now."""
        self.page.keyboard.type(text)
        return self

    def tab_to(self, target: Locator) -> "Visitor":
        """Press the tabulator until `target` has the focus, and shows it."""
        target.wait_for()
        for _ in range(100):
            self.press("Tab")
            if target.evaluate("element => element === document.activeElement"):
                assert target.evaluate(OUTLINED)
                return self
        raise AssertionError(f"The tabulator does not lead to {target}.")

    def choose_file(self, label: str, file: Path) -> None:
        self.field(label).set_input_files(file)

    @property
    def editor(self) -> Locator:
        """The text of an article, open for writing."""
        return self.page.locator(".ProseMirror[contenteditable=true]")

    def paste(self, html: str, text: str) -> None:
        """Paste into the editor what another program has put on the clipboard."""
        self.editor.click()
        self.editor.evaluate(PASTE, [html, text])

    def rewrite(self, text: str) -> "Visitor":
        """Type something else over the whole text in the editor."""
        self.editor.click()
        return self.press("Control+a").type(text)

    # What she sees

    def sees(self, words: str, inside: str = "body") -> "Visitor":
        expect(self.page.locator(inside).first).to_contain_text(words, ignore_case=True)
        return self

    def misses(self, words: str) -> "Visitor":
        """Nowhere on the page, hidden or not."""
        assert words not in self.page.content()
        return self
