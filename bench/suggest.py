"""How good suggestions are, on any folder of people's judgements: `bench/suggest.py --data FOLDER`.

`--train FOLDER` learns from that folder and tries on the data; without it parts of the data are left out in turn,
whole frameworks or near-same titles together. `--encoder FOLDER` adds a sentence encoder. `--json` prints one JSON
object.
"""

import argparse
import json
import sys
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import suggest_duties, suggest_folders, suggest_ratings, suggest_skills
from bench.suggest_folders import Wrong
from iqf.analysis.suggest.records import Encode
from iqf.encoder import folder as encoder_folder


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 2 with one plain sentence where a folder cannot be used."""
    told = _parser().parse_args(arguments)
    try:
        found = measure(told.data, told.train, told.encoder, told.seed, told.shuffled)
    except Wrong as wrong:
        print(wrong, file=sys.stderr)
        return 2
    print(json.dumps(found, indent=2, ensure_ascii=False) if told.json else "\n".join(lines(found)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder to be tried on")
    parser.add_argument("--train", type=Path, help="a folder of the same kind to learn from")
    parser.add_argument("--encoder", type=Path, help="a folder with model.onnx and tokenizer.json")
    parser.add_argument("--seed", type=int, default=0, help="for the parts and all that is drawn at random")
    parser.add_argument(
        "--shuffled", action="store_true", help="deal what is learned from at random: must teach nothing"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def measure(
    data: Path, train: Path | None, encoder: Path | None, seed: int = 0, shuffled: bool = False
) -> dict[str, object]:
    """Every figure for a folder; raises Wrong where it, or the folder to train on, cannot be used."""
    kind = suggest_folders.kind_of(data)
    if train and suggest_folders.kind_of(train) != kind:
        raise Wrong(
            f"{train} holds {suggest_folders.kind_of(train)} and {data} holds {kind}; train on a like folder."
        )
    encode, version = _encoder(encoder)
    return {"kind": kind, "encoder": version, **WAYS[kind](data, train, encode, seed, shuffled)}


def _duties(data: Path, train: Path | None, encode: Encode | None, seed: int, shuffled: bool) -> dict[str, object]:
    known = suggest_folders.duties(train) if train and train != data else []
    return suggest_duties.measure(suggest_folders.duties(data), known, encode, seed, shuffled)


def _ratings(data: Path, train: Path | None, encode: Encode | None, seed: int, shuffled: bool) -> dict[str, object]:
    known = suggest_ratings.read(train) if train and train != data else None
    return suggest_ratings.measure(suggest_ratings.read(data), known, encode, seed, shuffled)


def _skills(data: Path, train: Path | None, encode: Encode | None, seed: int, shuffled: bool) -> dict[str, object]:
    folders = [data, *([train] if train else [])]
    labels, priors = suggest_folders.labels(folders), suggest_folders.priors(folders)
    known = suggest_folders.sentences(train, labels) if train and train != data else {}
    return suggest_skills.measure(
        suggest_folders.sentences(data, labels), known, labels, priors, encode, seed, shuffled
    )


WAYS = {"duties": _duties, "ratings": _ratings, "skills": _skills}


def _encoder(folder: Path | None) -> tuple[Encode | None, str]:
    """The encoder's function and version; without a usable folder none, said once, and words alone are compared."""
    if folder is None:
        return None, ""
    try:
        found = encoder_folder.read(folder)
    except encoder_folder.NoEncoder as trouble:
        print(f"{trouble} Words alone are compared.", file=sys.stderr)
        return None, ""
    if found.note:
        print(found.note, file=sys.stderr)
    return found.encode, found.version


def lines(found: dict[str, object], indent: str = "") -> list[str]:
    """The figures as a person reads them."""
    told = []
    for name, value in found.items():
        if isinstance(value, dict):
            told += [f"{indent}{name}", *lines(value, indent + "  ")]
        else:
            told.append(f"{indent}{name}: {value:.4f}" if isinstance(value, float) else f"{indent}{name}: {value}")
    return told


if __name__ == "__main__":
    sys.exit(main())
