"""An invented archive of any size, for measuring: the same seed always makes the same paper.

It writes rows in bulk and past the writers, which a hundred thousand articles leave no time for;
tests/newsroom/test_archive.py compares what it makes with what the writers would have made.
"""
