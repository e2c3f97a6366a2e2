"""The composition root: settings, routes, and what the apps only share here."""
