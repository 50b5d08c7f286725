"""An encoder's folder is read whole and checked against its manifest, or refused in one sentence."""

import numpy as np
import pytest
from tests.encoder.tiny import make
from tools.encoder_folder import main

from iqf.encoder.folder import MANIFEST, NoEncoder, manifest, read


@pytest.fixture
def folder(tmp_path):
    return make(tmp_path / "encoder")


def test_texts_become_rows_of_length_one_whatever_stands_beside_them(folder):
    encode = read(folder).encode
    together = encode(["keep children safe", "food", "keep"])
    assert np.linalg.norm(together, axis=1) == pytest.approx(1)
    assert together[0] @ together[2] == pytest.approx(3**-0.5)
    assert together[1] @ together[2] == 0
    assert np.array_equal(encode(["food"])[0], together[1])


def test_without_a_manifest_it_is_read_and_said(folder):
    assert "were not checked" in read(folder).note


def test_with_its_manifest_it_is_read_and_nothing_said(folder):
    (folder / MANIFEST).write_text(manifest(folder))
    assert read(folder).note == ""


def test_a_file_that_differs_from_the_manifest_is_refused(folder):
    (folder / MANIFEST).write_text(manifest(folder))
    with (folder / "model.onnx").open("ab") as file:
        file.write(b"x")
    with pytest.raises(NoEncoder, match=r"model\.onnx in .* differ"):
        read(folder)


def test_a_manifest_that_is_none_is_refused(folder):
    (folder / MANIFEST).write_text("[]")
    with pytest.raises(NoEncoder, match="cannot be read"):
        read(folder)


def test_a_missing_file_is_named(folder):
    (folder / "tokenizer.json").unlink()
    with pytest.raises(NoEncoder, match=r"has no tokenizer\.json"):
        read(folder)


def test_a_model_that_is_none_is_refused(folder):
    (folder / "model.onnx").write_bytes(b"not a model")
    with pytest.raises(NoEncoder, match="not an encoder"):
        read(folder)


def test_the_tool_makes_a_checked_folder(folder, tmp_path, capsys):
    assert main([str(folder.parent), str(tmp_path / "made")]) == 0
    assert read(tmp_path / "made").note == ""
    assert read(tmp_path / "made").version in capsys.readouterr().out


def test_the_tool_says_what_is_missing(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert main([str(tmp_path / "empty"), str(tmp_path / "made")]) == 2
    assert "holds 0 files named model.onnx" in capsys.readouterr().err
