"""Real files by name, missing ones a failure with a clear message; and what they print, read the plain way."""

import csv

import pytest


def existing(folder, *names):
    """The paths of these files."""
    for name in names:
        if not (folder / name).exists():
            pytest.fail(f"The real file {folder / name} is missing; set IQF_REAL_DATA to the folder of real files.")
    return [folder / name for name in names]


def printed(path, encoding="utf-8-sig", skip=0):
    """The rows of a table file, by column."""
    with path.open(newline="", encoding=encoding) as file:
        for _ in range(skip):
            next(file)
        return list(csv.DictReader(file))


def edited(path, to, before, after, encoding="utf-8-sig"):
    """A copy of a file with one text replaced, which stands in it once."""
    text = path.read_bytes().decode(encoding)
    assert text.count(before) == 1, before
    to.write_bytes(text.replace(before, after).encode(encoding))
    return to
