from iqf.accounts import actions
from iqf.accounts.queries import data_version


def test_what_happens_to_people_makes_no_new_version_of_the_framework(db):
    first = actions.audit(by="tests", action="change role", subject="IQF-R-000001", before={"a": 1}, after={"a": 2})
    assert data_version() == str(first.pk)
    actions.create_user(by="tests", username="ann", password="a-long-password")
    actions.join(by="tests", username="ann", body="A", role="editor")
    actions.make_reset(by="tests", username="ann")
    actions.invite(by="ann", body="A", role="editor")
    assert data_version() == str(first.pk)
    second = actions.audit(by="ann", action="change role", subject="IQF-R-000001", before={"a": 2}, after={"a": 1})
    assert data_version() == str(second.pk)
