"""ChinaXiv papers as bags of words: the only running text the shipped vectors learn from."""

from __future__ import annotations

import gzip
import json
import pickle
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from guantong.text.normalize import normalize
from guantong.text.segment import RjiebaSegmenter, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_END_ZH = re.compile("(?<=[。；;！？])")
_END_EN = re.compile(r"(?<=[.;])\s+|(?<=[a-z)]\.)(?=[A-Z])")
_AFTER_KEYWORDS = re.compile("中图|分类号|文献标识|doi|DOI")
_SEGMENTER = RjiebaSegmenter()


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper; ``abstract_en`` is empty where there is no English side."""

    id: str
    title: str
    abstract: str
    keywords: str
    abstract_en: str = ""
    keywords_en: str = ""


def read_papers(folder: Path) -> list[Paper]:
    """Read the papers with both languages first, then those with Chinese only."""
    both = [
        Paper(
            row["id"],
            row["title"],
            row["abstract"],
            _keywords(row.get("keywords")),
            row["en_abstract"],
            row.get("en_keywords") or "",
        )
        for row in _rows(folder / "chinaxiv_zh_en.jsonl.gz")
    ]
    known = {paper.id for paper in both}
    chinese = [
        Paper(row["id"][3:], row["title"], row["abstract"], _keywords(row.get("keywords")))
        for row in _rows(folder / "research_results.jsonl.gz")
        if row["id"].startswith("cx-") and row["id"][3:] not in known
    ]
    return both + chinese


def tokens(text: str) -> list[str]:
    """Cut a text as the encoder will cut it."""
    return words(normalize(text), _SEGMENTER)


def sentences(text: str, *, english: bool = False) -> list[str]:
    """Cut an abstract into sentences; very short ones join the one before."""
    shortest = 50 if english else 20
    found: list[str] = []
    for part in (_END_EN if english else _END_ZH).split(text):
        if found and len(found[-1]) < shortest:
            found[-1] += part
        elif part.strip():
            found.append(part)
    return found


def bags(texts: Sequence[list[str]], rows_of: Any, width: int) -> sparse.csr_matrix:
    """Return word counts, one row for each text; ``rows_of`` cuts a word into vocabulary rows."""
    rows: list[int] = []
    columns: list[int] = []
    shares: list[float] = []
    for number, text in enumerate(texts):
        for word in text:
            pieces = rows_of(word)
            share = max(len(pieces), 1) ** -0.5
            rows.extend([number] * len(pieces))
            columns.extend(pieces)
            shares.extend([share] * len(pieces))
    return sparse.csr_matrix(
        (np.array(shares, np.float32), (rows, columns)), shape=(len(texts), width)
    )


def grouped(bag: sparse.csr_matrix, owner: np.ndarray, groups: int) -> sparse.csr_matrix:
    """Add up the rows that belong to the same group."""
    ones = np.ones(len(owner), np.float32)
    return sparse.csr_matrix((ones, (owner, np.arange(len(owner)))), (groups, len(owner))) @ bag


def save(value: object, file: Path) -> None:
    """Keep an intermediate result of these scripts."""
    with file.open("wb") as target:
        pickle.dump(value, target)


def load(file: Path) -> Any:
    """Return what :func:`save` kept; only ever used on files these scripts wrote."""
    with file.open("rb") as source:
        return pickle.load(source)


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _keywords(text: str | None) -> str:
    return _AFTER_KEYWORDS.split(text or "")[0]
