"""The ear itself: what it doesn't hear, no journey would notice."""

import pytest

from tests.browser_tools import said

pytestmark = pytest.mark.once


def test_an_inline_style_and_an_error_are_heard(visitor) -> None:
    reader = visitor()
    reader.page.evaluate("document.body.setAttribute('style', 'color: red')")
    reader.page.evaluate("setTimeout(() => { throw new Error('planted') })")
    reader.click(said("Search"))
    assert len(reader.violations) == 1
    assert "style-src" in reader.violations[0]
    assert [one for one in reader.errors if "planted" in one]
    reader.violations.clear()
    reader.errors.clear()
