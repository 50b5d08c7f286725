"""What is read once for each state of the data is read again after every change of them, and not before."""

import pytest
from django.db import transaction

from iqf.accounts.kept import Kept
from iqf.accounts.models import AuditEvent

pytestmark = pytest.mark.django_db


class Reading:
    """Gives a number that grows with every reading."""

    def __init__(self):
        self.read = 0

    def __call__(self):
        self.read += 1
        return self.read


def changed(subject="IQF-R-000001"):
    return AuditEvent.objects.create(actor="somebody", action="change role", subject=subject)


def test_it_is_read_once_until_something_changes():
    kept = Kept(Reading())
    assert [kept(), kept()] == [1, 1]
    changed()
    assert [kept(), kept()] == [2, 2]
    changed("user:somebody")  # what no page shows makes no new state
    assert kept() == 2


def test_what_a_trial_saw_is_not_taken_for_the_change_that_gets_its_number():
    kept = Kept(Reading())
    with transaction.atomic():
        tried = changed()
        assert kept() == 1
        transaction.set_rollback(True)
    AuditEvent.objects.create(pk=tried.pk, actor="another", action="change role", subject="IQF-R-000002")
    assert kept() == 2
