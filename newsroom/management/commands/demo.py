from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from accounts import roles
from accounts.models import User
from newsroom.demo import backend, edition, loader


class Command(BaseCommand):
    """The demo edition: a small paper with people, articles and comments in every state."""

    help = "Load the demo edition into an empty database and print its people's log-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--fresh", action="store_true", help="first delete ALL data, then load the demo anew"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo edition is for a machine of one's own: set DEBUG=1.")
        if options["fresh"]:
            self.stdout.write("Deleting all data …")
            loader.wipe()
        if loader.is_empty():
            self.stdout.write("Loading the demo edition …")
            self.stdout.write(f"{loader.load()} articles.")
        self.print_people()

    def print_people(self) -> None:
        """Who can log in, if these are the demo's people and no others."""
        staff = {person["email"]: person["role"] for person in edition.paper()["staff"]}
        present = User.objects.filter(email__in=staff).values_list("email", flat=True)
        if not present:
            return
        reader = edition.paper()["readers"][0]["email"]
        self.stdout.write(f"\nDemo log-in, password for all: {backend.demo_password()}")
        with translation.override("en"):  # As all that commands say.
            for email, role in staff.items():
                self.stdout.write(f"  {email:28} {roles.ROLES[role].label}")
        self.stdout.write(f"  {reader:28} a reader\n")
