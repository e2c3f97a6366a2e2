"""Komentar: what readers say, and who decides whether it shows."""
