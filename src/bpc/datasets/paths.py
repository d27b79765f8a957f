"""Where the committed files of `data/` are, by default; every reader also takes the folder as an argument."""

from pathlib import Path

#: `data/` of the repository: three folders above this package (src/bpc/datasets).
DATA: Path = Path(__file__).resolve().parents[3] / "data"
