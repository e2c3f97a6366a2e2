"""Two contents of an article compared, as plain data for a page to show. Pure.

Contents are what revisions keep. Texts are compared word by word, the body paragraph by paragraph
and there word by word, all else as values in words. From the runs of a text both sides can be
put together again: nothing is left out of a comparison.
"""

from articles.comparing.bodies import Part, Passage
from articles.comparing.fields import Difference, Names, compare, mentioned
from articles.comparing.runs import Run

__all__ = ["Difference", "Names", "Part", "Passage", "Run", "compare", "mentioned"]
