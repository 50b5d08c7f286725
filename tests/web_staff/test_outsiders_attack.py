"""An outsider who has everything that leaves by the doors, and solves his own equations, finds no small count.

Nothing of ours reckons here: his numbers are read out of files and pages, his equations are written down from what
anybody knows (levels add up to their total, places to wider places, who achieves was a learner).
"""

import csv
import io
import random
import re
import zipfile

import pytest
from django.apps import apps
from scipy.optimize import linprog
from tests.indicators.true_counts import AUTHORITIES, REGIONS, printed, published

from iqf.accounts.queries import data_version

pytestmark = pytest.mark.django_db
KIRKLEES, LEEDS, DERBY, LEICESTER = AUTHORITIES
FIRST = {
    (KIRKLEES, "2"): (1237, 613),
    (KIRKLEES, "3"): (3, 1),
    (LEEDS, "2"): (1453, 742),
    (LEEDS, "3"): (1879, 863),
    (DERBY, "2"): (1618, 593),
    (DERBY, "3"): (2371, 967),
    (LEICESTER, "2"): (1733, 877),
    (LEICESTER, "3"): (4, 2),
}
THEN = {**FIRST, (DERBY, "3"): (2372, 967)}
"""One learner more, who is known to have come to Derby."""
LEVELS = ("2", "3")
NUMBERS = ("learners", "achieved")
VERSIONS = ("1.0", "1.1", "2.0")
FORMS = (
    "figures/training/{0}?format=csv",
    "figures/training/{0}?format=json",
    "figures/training/{0}",
    "figures/training/{0}?by=level&by=la_name",
    "figures/training/{0}?where=la_name=Nowhere",
    "takeup/training/{0}?by=region",
    "takeup/training/{0}?by=region&by=level&format=json",
    "takeup/training/{0}?by=region&by=level&format=csv",
    "takeup/training/{0}?by=region&where=level%3D3&format=svg",
    "takeup/training/{0}?by=authority&where=level%3D3",
    "takeup/training/{0}?by=authority&by=level&format=json",
    "supply?of=training@{0}&by=authority",
    "supply?of=training@{0}&by=authority&format=json",
    "supply?of=training@{0}&by=region&format=funnel",
    "figures",
    "figures?format=json",
    "sources/statistics-training",
    "sources/statistics-training?format=json",
    "staff/figures/training/{0}",
    "staff/trail",
)


@pytest.fixture
def releases(settings, tmp_path):
    """Two releases of one table, and then one without its authorities; the lines in the order of the counts."""
    settings.IQF_HOME = tmp_path / "home"
    regions_only = "".join(line for line in lines(THEN) if "Local authority" not in line)
    for text in ("".join(lines(FIRST)), "".join(lines(THEN)), regions_only):
        published(tmp_path, text, "threshold=5,base=10")
    return tmp_path


def lines(counts):
    head, *rows = printed(counts).splitlines(keepends=True)
    return [head, *sorted(rows, key=lambda row: -int(row.split(",")[-2]))]


def package(client, version):
    """The rows of the table in the zip of a release."""
    answer = client.get(f"/figures/training/{version}?format=zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return list(csv.DictReader(io.TextIOWrapper(archive.open("training.csv"), "utf-8")))


def place(row):
    return row["new_la_code"] or row["region_code"] or "E92000001"


def true_numbers():
    found = {}
    for counts in (FIRST, THEN):
        for row in csv.DictReader(io.StringIO(printed(counts))):
            found |= {int(row[name]): (place(row), row["level"], name) for name in NUMBERS}
    return found


def _said_of(dataset):
    """Every row of the database that speaks of a data set, and all that describes any."""
    for model in apps.get_models():
        for row in model.objects.values():
            said = str([value for name, value in row.items() if name != "id" and not name.endswith("_id")])
            if dataset in said or model._meta.app_label == "indicators":
                yield said


def in_it(number, text):
    """Whether it stands there as a number, and not within a hash or a code."""
    return re.search(rf"(?<![\w.#]){number // 1000},?{number % 1000:03d}(?!\w)", text)


def test_no_true_count_leaves_by_any_door_or_lies_about(client, bob, releases):
    """Of counts that are rounded the true ones; the small ones themselves are what the next test is about."""
    client.force_login(bob)
    telling = [number for number in true_numbers() if number > 1000 and number % 10]
    assert len(telling) > 20
    for form in FORMS:
        answer = client.get("/" + form.format(VERSIONS[1]))
        # How long an answer is may be any number, and is a count of letters.
        headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
        text = answer.content.decode(errors="replace") + str(headers)
        text = re.sub(rf"\b{data_version()}\b", "", text)  # the number of the latest change, which may be any
        assert not [number for number in telling if in_it(number, text)], form
    held = list(_said_of("training"))
    assert len(held) > 10
    assert not [(number, row) for number in telling for row in held if in_it(number, row)]


def test_the_order_of_the_rows_tells_nothing(client, releases, tmp_path):
    """The files came with the largest counts first; another order gives the same table."""
    head, *rows = lines(FIRST)
    random.Random(2).shuffle(rows)
    published(tmp_path, "".join([head, *rows]), "threshold=5,base=10", "other")
    other = client.get("/figures/other?format=csv").content
    assert client.get("/figures/training/1.0?format=csv").content == other


class Outsider:
    """Unknown numbers, what is known of each, and the equations between them."""

    def __init__(self):
        self.at, self.least, self.most, self.rows = {}, [], [], []

    def unknown(self, *name):
        if name not in self.at:
            self.at[name] = len(self.at)
            self.least.append(0.0)
            self.most.append(None)
        return self.at[name]

    def between(self, name, least, most):
        at = self.unknown(*name)
        self.least[at] = max(self.least[at], least)
        if most is not None:
            self.most[at] = most if self.most[at] is None else min(self.most[at], most)

    def adds_up(self, total, parts, least=0.0, most=0.0):
        """total − parts lies between `least` and `most`."""
        self.rows.append((self.unknown(*total), [self.unknown(*part) for part in parts], least, most))

    def narrowed(self, *name):
        width = len(self.at)
        matrix, limits = [], []
        for total, parts, least, most in self.rows:
            row = [0.0] * width
            row[total] += 1
            for part in parts:
                row[part] -= 1
            matrix += [row, [-each for each in row]]
            limits += [most, -least]
        known = [n for n, limit in enumerate(limits) if limit != float("inf")]
        matrix, limits = [matrix[n] for n in known], [limits[n] for n in known]
        found = []
        for sign in (1.0, -1.0):
            cost = [0.0] * width
            cost[self.at[name]] = sign
            bounds = list(zip(self.least, self.most, strict=True))
            answer = linprog(cost, A_ub=matrix, b_ub=limits, bounds=bounds)
            assert answer.status in (0, 3), "what he has read contradicts itself"
            found.append(sign * answer.fun if answer.status == 0 else float("inf"))
        return found


def what_he_knows(client):
    he = Outsider()
    for version in VERSIONS:
        for row in package(client, version):
            for name in NUMBERS:
                if row[name].isdecimal():
                    number = int(row[name])
                    # Rounded to tens, halves up; and what is shown is 0, or not below the threshold.
                    he.between((version, place(row), row["level"], name), *_tens(number))
            he.adds_up(
                (version, place(row), row["level"], "learners"),
                [(version, place(row), row["level"], "achieved")],
                most=float("inf"),
            )
        _of_cuts(he, client, version)
        for name in NUMBERS:
            _adds_up(he, version, name)
    # Nobody came or went but in Derby, and few there.
    for (version, *cell), at in list(he.at.items()):
        if (VERSIONS[0], *cell) in he.at and version != VERSIONS[0]:
            few = 4.0 if _touched(*cell) else 0.0
            he.rows.append((at, [he.at[VERSIONS[0], *cell]], -few, few))
    return he


def _tens(number):
    return (0, 0) if number == 0 else (max(5, number - 5), number + 4)


def _touched(where, level, _):
    return where in (DERBY, "E12000004", "E92000001") and level != "2"


def _adds_up(he, version, name):
    for where in [*AUTHORITIES, *REGIONS, "E92000001"]:
        he.adds_up((version, where, "Total", name), [(version, where, level, name) for level in LEVELS])
    for level in ("Total", *LEVELS):
        for region in REGIONS:
            inside = [code for code, (_, of) in AUTHORITIES.items() if of == region]
            he.adds_up((version, region, level, name), [(version, code, level, name) for code in inside])
        he.adds_up((version, "E92000001", level, name), [(version, region, level, name) for region in REGIONS])


def _of_cuts(he, client, version):
    """Values, bounds and shares of take-up by place and level: each row is one cell of the table."""
    for by in ("region", "authority") if version != VERSIONS[2] else ("region",):
        answer = client.get(f"/takeup/training/{version}?by={by}&by=level&format=json").json()
        assert len(answer["rows"]) >= 8
        for row in answer["rows"]:
            cell = (version, row["area_code"], row["level"], row["indicator"])
            told = [row[name] for name in ("share", "share_low", "share_high")]
            assert told == [None] * 3, "a share would tell the part from the whole"
            if row["value"] is not None:
                he.between(cell, *_tens(int(row["value"])))
            elif row["at_least"] is not None:
                he.between(cell, row["at_least"], row["at_most"])


def test_his_equations_narrow_no_small_count(client, releases):
    he = what_he_knows(client)
    small = [
        (version, *cell)
        for counts, version in ((FIRST, VERSIONS[0]), (THEN, VERSIONS[1]), (THEN, VERSIONS[2]))
        for row in csv.DictReader(io.StringIO(printed(counts)))
        for cell in [(place(row), row["level"], name) for name in NUMBERS if 0 < int(row[name]) < 5]
    ]
    assert len(small) == 12
    for name in small:
        least, most = he.narrowed(*name)
        assert (least, most) <= (1e-6, most), name
        assert most >= 5 - 1e-6, name


def test_he_would_have_found_one_without_secondary_suppression():
    """That the attack is one: with the small counts alone kept back he has them."""
    he = Outsider()
    for row in csv.DictReader(io.StringIO(printed(FIRST))):
        for name in NUMBERS:
            if int(row[name]) >= 5:
                he.between(("1.0", place(row), row["level"], name), int(row[name]), int(row[name]))
    for name in NUMBERS:
        _adds_up(he, "1.0", name)
    assert he.narrowed("1.0", KIRKLEES, "3", "learners") == pytest.approx([3, 3])
