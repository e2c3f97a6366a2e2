"""Readers of articles that come from elsewhere."""
