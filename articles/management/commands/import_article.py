from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from articles import markup
from articles.errors import Refused
from articles.imports.plaintext import MAX_BYTES, BadFile
from articles.imports.writer import Options, import_text
from articles.models import Article


class Command(BaseCommand):
    """One article from each plain-text file; a bad file is named and the others go on."""

    help = "Import articles from plain-text files, as newsrooms hand them over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--headline", default="", help="else it is made of the first sentence")
        parser.add_argument("--section", default="", help="a slug; else DEFAULT_SECTION")
        parser.add_argument("--author", default="", help="a byline code, slug or name")
        parser.add_argument("--tags", default="", help="with commas between")
        parser.add_argument("--by", default="", metavar="EMAIL", help="who imports; else “import”")
        parser.add_argument("--publish", action="store_true", help="publish at once")
        parser.add_argument("--again", action="store_true", help="take a file imported before")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        if options["headline"] and len(files) > 1:
            raise CommandError("--headline goes with one file.")
        chosen = self.read_options(options)
        failed = [path for path in files if not self.take(path, chosen)]
        if failed:
            raise SystemExit(1)

    def read_options(self, options: dict[str, Any]) -> Options:
        by = None
        if email := options["by"]:
            by = get_user_model().objects.filter(email=email.lower(), is_active=True).first()
            if by is None:
                raise CommandError(f"--by: there is no account {email}.")
        return Options(
            headline=options["headline"].strip(),
            section=options["section"],
            author=options["author"],
            tags=tuple(tag.strip() for tag in options["tags"].split(",") if tag.strip()),
            publish=options["publish"],
            again=options["again"],
            by=by,
        )

    def take(self, path: Path, options: Options) -> bool:
        """Import one file; say in one line what became of it."""
        try:
            article = import_text(self.read(path), options)
        except (BadFile, Refused, OSError) as error:
            self.stderr.write(f"{path}: {reason(error)}")
        except ValidationError as error:
            self.stderr.write(f"{path}: {'; '.join(error.messages)}")
        else:
            self.report(article)
            return True
        return False

    def read(self, path: Path) -> bytes:
        """One byte more than allowed is enough to refuse the file without reading it whole."""
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)

    def report(self, article: Article) -> None:
        address = settings.SITE_URL + article.get_absolute_url()
        count = markup.word_count(article.body)
        self.stdout.write(f"{article.pk}\t{address}\t{count} words")
        if article.headline_derived:
            self.stdout.write(f"\theadline made from the first sentence: {article.headline}")


def reason(error: Exception) -> str:
    """An error in one line, without the file's name again."""
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
