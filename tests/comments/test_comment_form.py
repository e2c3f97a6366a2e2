"""What may be written, and what a form carries with it."""

from uuid import UUID

import pytest
import time_machine
from django.core import signing

from comments import forms
from comments.forms import CommentForm, clean_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Setuju.", "Setuju."),
        ("  dua\r\nbaris  \r\n", "dua\nbaris"),
        ("satu\n\n\n\n\ndua", "satu\n\ndua"),
        ("satu\n \n \ndua", "satu\n\ndua"),
        ("a\x00b\x07c\x1b[31m\x7f\x9f", "abc[31m"),
        ("kata \u202eterbalik\u202c \u2066x\u2069", "kata terbalik x"),
        ("j\u200bu\ufeffdi", "judi"),
        ("satu\u2028dua\u2029tiga", "satu\ndua\ntiga"),
        ("tab\tdi sini", "tab di sini"),
        ("e\u0301", "é"),
        ("keluarga 👨\u200d👩\u200d👧 kami", "keluarga 👨\u200d👩\u200d👧 kami"),
        ("ﷺ بسم الله", "ﷺ بسم الله"),
        ("<b>tebal</b> & 'kutip'", "<b>tebal</b> & 'kutip'"),
        ("\u202e\x00 \u200b", ""),
    ],
)
def test_text_is_kept_as_text_without_orders_to_the_screen(typed, kept):
    assert clean_text(typed) == kept
    assert clean_text(kept) == kept


@pytest.mark.parametrize("body", ["", "   \n\t ", "\x00\u202e"])
def test_an_empty_comment_is_refused(body):
    assert CommentForm({"body": body}).errors.keys() == {"body"}


def test_two_thousand_characters_fit_and_one_more_does_not():
    assert CommentForm({"body": "é" * 2000}).is_valid()
    form = CommentForm({"body": "x" * 2001})
    assert "2001" in form.errors["body"][0]
    assert form["body"].value() == "x" * 2001


def test_a_line_end_counts_once_however_the_browser_sends_it():
    assert CommentForm({"body": "x\r\n" * 1000 + "y"}).errors.keys() == {"body"}
    assert CommentForm({"body": "x\r\n" * 999 + "y"}).is_valid()


def test_no_browser_cuts_the_text_by_itself():
    assert "maxlength" not in str(CommentForm()["body"])


def test_nul_in_any_field_is_no_error():
    form = CommentForm(
        {"body": "Halo\x00", "website": "\x00", "stamp": "\x00", "submission": "\x00"}
    )
    assert form.is_valid()
    assert form.cleaned_data["body"] == "Halo"


def test_a_stamp_tells_how_long_ago_the_form_was_shown():
    with time_machine.travel("2026-11-23T03:00:00Z", tick=False) as clock:
        stamp = forms.stamp(7)
        clock.shift(90)
        assert forms.age(stamp, 7) == pytest.approx(90)


FORGED = {
    "missing": lambda stamp: "",
    "no stamp at all": lambda stamp: "x",
    "cut off": lambda stamp: stamp[:-1],
    "changed": lambda stamp: "x" + stamp,
    "signed for something else": lambda stamp: signing.dumps([7, 0.0]),
    "of another shape": lambda stamp: signing.dumps("x", salt=forms.SALT),
    "of another article": lambda stamp: signing.dumps([8, 0.0], salt=forms.SALT),
}


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED)
def test_a_stamp_of_our_own_for_this_article_or_none(forge):
    assert forms.age(forge(forms.stamp(7)), 7) is None


def test_a_form_without_a_mark_gets_a_new_one():
    given = "12345678-1234-4234-8234-123456789abc"
    assert forms.mark(given) == UUID(given)
    assert forms.mark("bukan") != forms.mark("bukan")
