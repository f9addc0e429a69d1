"""Chooses the words of the shipped vectors and counts them in the ChinaXiv texts."""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from corpus import Paper, bags, grouped, read_papers, save, sentences, tokens

from guantong.matching.encoders.static import cut_into_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CHINESE = re.compile("[\u4e00-\u9fff]+")
_HAS_CHINESE = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile(r"[a-z0-9][a-z0-9+\-]*")
_BARE_NUMBER = re.compile(r"[\d.\-]+")
# Names of persons, places and bodies, and set phrases: other parts of Guantong know names better.
_LEFT_OUT = ("nr", "ns", "nt", "i")
# Rare words are kept where they may name a thing, a deed or a quality.
_RARE_KINDS = ("n", "v", "vn", "nz", "b", "a", "j", "vd", "an")
_GLUE = ("of", "in", "the", "and", "to", "is", "for", "by", "on", "with", "as", "are", "at", "be")


def main() -> None:
    """Write ``vocabulary.json`` and ``bags.pickle`` into the working folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the ChinaXiv files")
    parser.add_argument("wordlists", type=Path, help="folder with .csv and .txt lists of names")
    parser.add_argument("-o", "--output", type=Path, default=Path("work"))
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    papers = read_papers(options.data)
    general = general_words()
    counts = Counter(
        word
        for paper in papers
        for text in (paper.title, paper.abstract, paper.keywords, paper.abstract_en)
        for word in tokens(text)
    )
    chosen = choose(counts, general, set(listed_words(options.wordlists)))
    known = ranked(chosen, counts, {word: count for word, (count, _) in general.items()})
    (options.output / "vocabulary.json").write_text(
        json.dumps(known, ensure_ascii=False), encoding="utf-8"
    )
    save(count_bags(papers, [word for word, _ in known]), options.output / "bags.pickle")
    print(f"{len(papers)} papers, {len(known)} words")


def general_words() -> dict[str, tuple[int, str]]:
    """Return count and part of speech of the words in jieba's dictionary."""
    import jieba

    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    cut = (line.split(" ") for line in lines)
    return {word.lower(): (int(count), tag[0] if tag else "") for word, count, *tag in cut}


def listed_words(folder: Path) -> Iterator[str]:
    """Yield the Chinese words of the names of industries and disciplines, and frequent terms."""
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                yield from filter(_CHINESE.fullmatch, tokens(row.get("name") or ""))
    for file in sorted(folder.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            word, _, count = line.partition("\t")
            if count.strip().isdigit() and int(count) >= 200 and len(word.strip()) <= 4:
                yield word.strip()


def choose(
    counts: Counter[str], general: dict[str, tuple[int, str]], listed: Iterable[str]
) -> set[str]:
    """Return every word that gets a vector of its own; other words are cut into pieces."""
    chosen = {word for word in listed if _CHINESE.fullmatch(word) and 2 <= len(word) <= 5}
    for word, (count, tag) in general.items():
        if _CHINESE.fullmatch(word) and len(word) <= 6:
            seen = counts[word] >= 3 or len(word) == 1
            common = count >= 20 and not tag.startswith(_LEFT_OUT)
            rare = count >= 3 and len(word) <= 3 and tag in _RARE_KINDS
            if seen or common or rare:
                chosen.add(word)
    frequent = {w for w, n in counts.items() if n >= 30 and w.isascii() and len(w) > 1}
    for word, count in counts.items():
        if _HAS_CHINESE.search(word):
            if count >= 3 and len(word) <= 8:
                chosen.add(word)
        elif _spelled(word) and (count >= 30 or (count >= 4 and not glued(word, frequent))):
            chosen.add(word)
    return chosen | set("abcdefghijklmnopqrstuvwxyz")


def _spelled(word: str) -> bool:
    """Say whether a Latin word is of sensible length and more than a number."""
    return len(word) <= 24 and bool(_LATIN.fullmatch(word)) and not _BARE_NUMBER.fullmatch(word)


def glued(word: str, frequent: set[str]) -> bool:
    """Say whether a rare word is two words that lost the space between them (``ofthe``)."""
    if not word.isalpha():
        return False
    for cut in range(2, len(word) - 1):
        begin, end = word[:cut], word[cut:]
        if (
            begin in frequent
            and end in frequent
            and (len(word) > 8 or begin in _GLUE or end in _GLUE)
        ):
            return True
    return False


def ranked(
    chosen: set[str], counts: Counter[str], general: dict[str, int]
) -> list[tuple[str, float]]:
    """Return the words with their probability, likeliest first."""
    spoken, written = sum(general.values()), sum(counts.values())
    chance = {
        word: max(general.get(word, 0) / spoken, (counts[word] + 1) / written / 4)
        for word in chosen
    }
    return sorted(chance.items(), key=lambda entry: (-entry[1], entry[0]))


def count_bags(papers: list[Paper], known: list[str]) -> dict[str, object]:
    """Count the words of every title, sentence and list of key words."""
    index = {word: row for row, word in enumerate(known)}

    def rows_of(word: str) -> tuple[int, ...]:
        row = index.get(word)
        return cut_into_pieces(word, index) if row is None else (row,)

    def bag(texts: Iterable[str]) -> object:
        return bags([tokens(text) for text in texts], rows_of, len(known))

    chinese = [(n, s) for n, paper in enumerate(papers) for s in sentences(paper.abstract)]
    english = [
        (n, s) for n, paper in enumerate(papers) for s in sentences(paper.abstract_en, english=True)
    ]
    sentence, sentence_en = bag(s for _, s in chinese), bag(s for _, s in english)
    owner, owner_en = np.array([n for n, _ in chinese]), np.array([n for n, _ in english])
    return {
        "both": sum(bool(paper.abstract_en) for paper in papers),
        "title": bag(paper.title for paper in papers),
        "keywords": bag(paper.keywords for paper in papers),
        "sentence": sentence,
        "sentence_of": owner,
        "sentence_en": sentence_en,
        "sentence_en_of": owner_en,
        "abstract": grouped(sentence, owner, len(papers)),
        "abstract_en": grouped(sentence_en, owner_en, len(papers)),
        "texts": {
            "title": [paper.title for paper in papers],
            "document": [f"{paper.title}。{paper.abstract}" for paper in papers],
            "sentence": [s for _, s in chinese],
            "abstract_en": [paper.abstract_en for paper in papers if paper.abstract_en],
        },
    }


if __name__ == "__main__":
    main()
