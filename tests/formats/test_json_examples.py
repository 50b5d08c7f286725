"""The examples in docs/json have the keys that the commands give."""

import json

import pytest
from tests.cli.running import home, iqf, shared_home  # noqa: F401

from . import json_examples

pytestmark = pytest.mark.django_db
SHAPES = ("ingest", *json_examples.COMMANDS)


def example(shape):
    return json.loads((json_examples.FOLDER / f"{shape}.json").read_text())


@pytest.mark.parametrize("shape", json_examples.COMMANDS)
def test_the_keys_are_those_of_the_command(iqf, shape):  # noqa: F811
    for first in json_examples.BEFORE.get(shape, ()):
        assert iqf(*first).status == 0
    if shape in json_examples.MADE:
        getattr(json_examples, json_examples.MADE[shape])()
    ran = iqf(*json_examples.COMMANDS[shape], "--json")
    assert json_examples.keys(json_examples.cut(ran.answer)) == json_examples.keys(example(shape))


def test_the_keys_of_an_import_are_those_of_the_command(iqf):  # noqa: F811
    answer = iqf("ingest", "starter", "--dry-run", "--json").answer
    assert answer.keys() == example("ingest").keys()
    assert answer["retrieval"].keys() == example("ingest")["retrieval"].keys()


@pytest.mark.parametrize("shape", SHAPES)
def test_no_list_is_longer_than_two_and_the_shape_is_named(shape):
    held = example(shape)
    assert held["schema"] == f"iqf.{shape}/1"
    assert json_examples.cut(held) == held


def test_the_list_of_keys_is_made_from_the_examples():
    made = json_examples.readme({shape: example(shape) for shape in SHAPES})
    assert (json_examples.FOLDER / "README.md").read_text() == made


def test_nothing_else_lies_in_the_folder():
    assert {p.name for p in json_examples.FOLDER.iterdir()} == {"README.md", *(f"{s}.json" for s in SHAPES)}
