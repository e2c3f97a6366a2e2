"""People: accounts, roles, consent. Knows no other app."""
