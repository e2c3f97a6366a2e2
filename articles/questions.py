"""The questions that a text is asked before it goes out, each answered yes or no by a person.

None has a usual answer: what nobody has answered is unanswered. An article keeps the answers in
`sensitivity`, as {"suicide": "no"}.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

YES, NO = "yes", "no"
ANSWERS: list[tuple[str, Promise]] = [(YES, _("Yes")), (NO, _("No"))]
# PPMS butir 2a and 2b; KEJ 5 and the guideline on children; on suicide; on AI (domain.md §1).
QUESTIONS: dict[str, Promise] = {
    "may_harm": _("May it harm somebody?"),
    "involves_child": _("Is a child involved (victim, witness or accused)?"),
    "sexual_violence": _("Is it about sexual violence?"),
    "suicide": _("Is it about suicide?"),
    "ai_used": _("Was AI used for its text or pictures?"),
}
# Identities that a second editor must look for (KEJ 5, domain rule E-1).
GUARDED = ("involves_child", "sexual_violence")

type Answers = Mapping[str, str]


def answer(answers: Answers, question: str) -> str:
    """YES, NO, or nothing for what nobody has answered."""
    given = answers.get(question, "")
    return given if given in {YES, NO} else ""


def clean(answers: Answers) -> dict[str, str]:
    """The answers to questions that there are, without anything else."""
    given = {question: answer(answers, question) for question in QUESTIONS}
    return {question: word for question, word in given.items() if word}


def may_harm(answers: Answers) -> bool:
    return answer(answers, "may_harm") == YES


def guards_identity(answers: Answers) -> bool:
    """Whether somebody in the text must not be recognized by anything in it."""
    return any(answer(answers, question) == YES for question in GUARDED)
