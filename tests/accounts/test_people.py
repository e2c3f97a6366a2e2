"""The account itself."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User, confirm_address, has_confirmed_address
from tests import make

pytestmark = pytest.mark.django_db


def test_a_manager_makes_addresses_lower_case():
    assert User.objects.create_user(" Foo@Example.COM ").email == "foo@example.com"


def test_an_account_needs_an_address():
    with pytest.raises(ValueError, match="address"):
        User.objects.create_user("")


def test_the_database_refuses_capitals_in_an_address():
    person = make.user()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=person.pk).update(email="Foo@example.com")


def test_a_natural_key_is_found_in_any_case():
    person = make.user(email="siti@example.com")
    assert User.objects.get_by_natural_key("SITI@example.com") == person


def test_initials_are_unique_and_many_have_none():
    make.user(initials="Luk")
    make.user()
    make.user()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.user(initials="Luk")


def test_a_superuser_may_log_in_at_once():
    person = User.objects.create_superuser("bos@example.com", make.PASSWORD, name="Bos")
    assert person.is_staff
    assert has_confirmed_address(person)


def test_confirming_twice_is_one_address():
    person = make.user()
    confirm_address(person)
    assert person.emailaddress_set.count() == 1


def test_a_confirmed_address_that_is_not_the_accounts_own_does_not_count():
    person = make.user()
    person.emailaddress_set.update(email="lain@example.com")
    assert not has_confirmed_address(person)


@pytest.mark.parametrize(
    ("fields", "shown"), [({"name": "Siti Rahayu"}, "Siti"), ({"name": ""}, "siti@example.com")]
)
def test_somebody_without_a_name_is_called_by_the_address(fields, shown):
    assert make.user(email="siti@example.com", **fields).get_short_name() == shown
