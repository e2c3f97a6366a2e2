"""Agreements: separate, versioned, provable (U-3, D-1)."""

from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts import consent
from accounts.models import Consent
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    person = make.user()
    Consent.objects.all().delete()
    client.force_login(person)
    return person


def test_two_agreements_are_missing_at_first(reader):
    assert consent.missing(reader) == ["comment_rules", "privacy"]


def test_a_row_holds_version_language_and_the_hash_of_the_very_words(reader):
    with translation.override("en"):
        consent.record(reader, ["comment_rules"])
        words = str(consent.TEXTS["comment_rules"])
    row = reader.consents.get()
    assert (row.version, row.locale) == (consent.VERSION, "en")
    assert row.text_hash == sha256(words.encode()).hexdigest()
    assert consent.missing(reader) == ["privacy"]


def test_agreeing_twice_is_one_row(reader):
    consent.record(reader, consent.TEXTS)
    consent.record(reader, consent.TEXTS)
    assert reader.consents.count() == 2


def test_the_database_refuses_a_second_standing_row(reader):
    consent.record(reader, ["privacy"])
    row = {"text_hash": "x", "locale": "id", "version": consent.VERSION}
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(user=reader, purpose="privacy", **row)


def test_a_new_wording_is_asked_for_again_and_old_rows_stay(reader, monkeypatch):
    consent.record(reader, consent.TEXTS)
    old = list(reader.consents.values())
    monkeypatch.setattr(consent, "VERSION", "2027-01")
    assert consent.missing(reader) == ["comment_rules", "privacy"]
    consent.record(reader, consent.TEXTS)
    assert consent.missing(reader) == []
    assert list(reader.consents.exclude(version="2027-01").values()) == old


def test_a_withdrawn_agreement_is_missing(reader):
    consent.record(reader, consent.TEXTS)
    reader.consents.filter(purpose="privacy").update(withdrawn_at=timezone.now())
    assert consent.missing(reader) == ["privacy"]


def test_the_page_asks_only_for_what_is_missing_with_boxes_unticked(client, reader):
    consent.record(reader, ["privacy"])
    page = client.get(reverse("accounts:consent")).text
    assert 'name="comment_rules"' in page
    assert 'name="privacy"' not in page
    assert "checked" not in page


def test_without_a_tick_nothing_is_recorded(client, reader):
    answer = client.post(reverse("accounts:consent"), {"comment_rules": "on", "next": "/x/"})
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"privacy"}
    assert not reader.consents.exists()


def test_with_both_ticks_the_reader_goes_on(client, reader):
    data = {"comment_rules": "on", "privacy": "on", "next": "/nasional/"}
    answer = client.post(reverse("accounts:consent"), data)
    assert (answer.status_code, answer["Location"]) == (302, "/nasional/")
    assert consent.missing(reader) == []


@pytest.mark.parametrize("bad", ["https://example.net/", "//example.net", "javascript:alert(1)"])
def test_the_way_on_stays_on_this_site(client, reader, bad):
    data = {"comment_rules": "on", "privacy": "on", "next": bad}
    assert client.post(reverse("accounts:consent"), data)["Location"] == "/"
    assert bad not in client.get(reverse("accounts:consent"), {"next": bad}).text


def test_an_empty_form_shows_its_errors(client, reader):
    answer = client.post(reverse("accounts:consent"))
    assert answer.context["form"].errors.keys() == {"comment_rules", "privacy"}


def test_a_stranger_is_sent_to_log_in(client):
    answer = client.get(reverse("accounts:consent"))
    assert answer["Location"].startswith(reverse("account_login"))
