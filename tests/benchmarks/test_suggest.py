"""The bench of suggestions reads folders of judgements by their files, and refuses others in one plain sentence."""

import csv
import json

import numpy as np
import pytest
from bench import suggest, suggest_folders
from bench.suggest_folders import Wrong
from tests.analysis.small_frameworks import several
from tests.encoder.tiny import make

AREAS = ("CC1", "CC2", "CC3", "CC4", "CC5", "CC6")
SKILLS = ("plan boats", "paint roofs", "repair engines", "sell gardens", "clean maps", "measure cheese")


def table(path, columns, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([columns, *rows])


@pytest.fixture
def duties(tmp_path):
    folder, frameworks = tmp_path / "duties", several(6)
    folder.mkdir()
    trades = ("Potter", "Sailor", "Baker", "Miller", "Cutler", "Tanner")
    table(
        folder / "standards.csv", ("standard", "title"), [(f.key, t) for f, t in zip(frameworks, trades, strict=True)]
    )
    table(folder / "duties.csv", ("standard", "duty_id", "core", "text"),
          [(f.key, t.key, 1, t.text) for f in frameworks for t in f.texts])  # fmt: skip
    table(folder / "statements.csv", ("standard", "statement_id", "kind", "text"),
          [(f.key, s.key, s.kind, s.text) for f in frameworks for s in f.statements])  # fmt: skip
    links = [(f.key, f.texts[r].key, f.statements[c].key) for f in frameworks for r, c in np.argwhere(f.verdicts)]
    table(folder / "links.csv", ("standard", "duty_id", "statement_id"), links)
    return folder


@pytest.fixture
def skills(tmp_path):
    folder = tmp_path / "skills"
    folder.mkdir()
    (folder / "skills_en_label.txt").write_text("\n".join(SKILLS))
    rows = [
        (f"At number {n} you will {skill} with care", skill, "", skill) for n, skill in enumerate(SKILLS * 3)
    ] + [("Nothing is asked here", "asked", "", "LABEL NOT PRESENT")]  # fmt: skip
    table(folder / "small_validation_annotations.csv", ("sentence", "span", "sub_span", "label"), rows)
    return folder


@pytest.fixture
def ratings(tmp_path):
    folder = tmp_path / "ratings"
    folder.mkdir()
    said = ("Talking with families", "How children develop", "Keeping children safe from harm", "Changing school",
            "Working with other agencies", "Sharing records")  # fmt: skip
    places = ("nursery", "club", "farm", "museum", "street")
    rows = [(f"X{n}{m}", f"{t} in a {p}", *(2 * int(n == k) for k in range(6)), 0, "")
            for n, t in enumerate(said) for m, p in enumerate(places)]  # fmt: skip
    for rater in "ab":
        table(
            folder / f"common_core_2005_rater_{rater}.csv", ("unit_id", "title", *AREAS, "doubt", "rationale"), rows
        )
    return folder


def test_duties_without_any_of_the_frameworks_own_judgements_and_with_some(duties):
    found = suggest.measure(duties, None, None)
    assert found["kind"] == "duties"
    assert set(found["curve"]) == {"0", "1", "3", "5"}
    assert (
        found["map"] == found["curve"]["0"]["map"] > found["beside"]["BM25"]["map"] > found["beside"]["random"]["map"]
    )
    assert 0 <= found["ece"] <= 1


def test_sentences_labelled_with_skills(skills):
    found = suggest.measure(skills, None, None)
    assert (found["kind"], found["sentences"], found["labels"]) == ("skills", 18, 6)
    assert found["rp5"] == found["rp10"] == 100
    assert found["words_overlap"] == 1
    assert set(found["curve"]) == {"0", "10", "25", "50", "100", "all"}


def test_ratings_and_how_far_the_raters_agree(ratings):
    found = suggest.measure(ratings, None, None)
    assert (found["kind"], found["units"]) == ("ratings", 30)
    assert found["raters"] == {"macro_f1": 1.0, "macro_f1_none_partly_fully": 1.0}
    assert found["macro_f1"] > found["curve"]["0"]["macro_f1"] > 0
    assert list(found["curve"]) == ["0", "10", "all"]  # no part leaves 25 units to learn from


def test_units_judged_in_both_folders_are_not_learned_from(ratings):
    with pytest.raises(Wrong, match="every unit"):
        suggest.measure(ratings, _copy(ratings), None)


def _copy(folder):
    to = folder.parent / "again"
    to.mkdir()
    for path in folder.iterdir():
        (to / path.name).write_bytes(path.read_bytes())
    return to


def test_standards_with_near_same_titles_go_together():
    names = suggest_folders.groups(["Pipe welder", "Plate welder", "Baker", "Baker (degree)", "Dietitian"])
    assert names[0] == names[1]
    assert names[2] == names[3]
    assert len(set(names)) == 3
    for part in suggest_folders.parts(names, 2, seed=0):
        assert {0, 1} <= set(part) or not {0, 1} & set(part)


def test_dealt_verdicts_keep_popularity_and_nothing_else():
    framework = several(1)[0]
    dealt = suggest_folders.dealt(framework, 0)
    assert np.array_equal(dealt.verdicts.sum(axis=0), framework.verdicts.sum(axis=0))
    assert not np.array_equal(dealt.verdicts, framework.verdicts)


def test_the_answer_as_json_with_an_encoder(skills, tmp_path, capsys):
    folder = make(tmp_path / "encoder")
    assert suggest.main(["--data", str(skills), "--encoder", str(folder), "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["rp5"] == 100
    assert err.count("were not checked") == 1


def test_an_encoder_that_cannot_be_used_is_said_once_and_words_are_compared(skills, tmp_path, capsys):
    assert suggest.main(["--data", str(skills), "--encoder", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert err.count("Words alone are compared") == 1
    assert "rp5: 100.0000" in out


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ({}, "holds no judgements"),
        ({"a_rater_x.csv": "unit_id,title,CC1\nU1,One,3\n"}, "CC1 is “3”; it must be 0, 1 or 2"),
        ({"a_rater_x.csv": "unit,title\n"}, "has no column unit_id"),
        ({"a_rater_x.csv": "unit_id,title,CC1\n"}, "has no ratings"),
        ({"x_annotations.csv": "sentence,label\n"}, "has no skills_en_label.txt"),
        ({"x_annotations.csv": "sentence,label\n", "skills_en_label.txt": "swim\n"}, "no sentence"),
        (dict.fromkeys(suggest_folders.DUTIES, "standard\n"), "has no column"),
    ],
)
def test_a_wrong_folder_is_one_plain_sentence(made, said, tmp_path, capsys):
    for name, text in made.items():
        (tmp_path / name).write_text(text)
    assert suggest.main(["--data", str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert err.count("\n") == 1
    assert out == ""


def test_a_folder_that_is_not_there_and_one_of_another_kind(skills, ratings, tmp_path, capsys):
    assert suggest.main(["--data", str(tmp_path / "none")]) == 2
    assert "There is no folder" in capsys.readouterr().err
    assert suggest.main(["--data", str(skills), "--train", str(ratings)]) == 2
    assert "train on a like folder" in capsys.readouterr().err
