"""Words of a Chinese text: one small Protocol, the shipped segmenter and the choice of words."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from guantong.errors import ConfigurationError, InputError
from guantong.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

ENTRY_POINT_GROUP = "guantong.segmenters"
_NUMBER = re.compile(r"[\d.,%+-]+(?:e[+-]?\d+)?", re.ASCII)
_GREEK = re.compile("[Α-Ωα-ω]")
_GREEK_NAME = re.compile(
    r"((?:[A-Za-z][A-Za-z0-9]*-)?[Α-Ωα-ω](?:-?[A-Za-z0-9]+)*|[Α-Ωα-ω]-(?=[\u4e00-\u9fff]))"
)
_ONE_WORD = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fd5A-Za-z0-9+#&._%-]+")


@runtime_checkable
class Segmenter(Protocol):
    """What cuts a text into words; every back-end passes ``tests/contract/test_segmenters.py``."""

    def cut(self, text: str) -> list[str]:
        """Return the pieces of ``text`` in order; joined they are ``text`` again."""
        ...

    def cut_for_search(self, text: str) -> list[str]:
        """Return the pieces of ``text`` and, before each long word, the shorter words in it."""
        ...


class RjiebaSegmenter:
    """rjieba with a dictionary of its own, so that ``words`` stay in this object.

    A word of the dictionary may hold Chinese, Latin letters, digits and ``+#&._%-``.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        # Here and not above: loading rjieba with its dictionary takes 0.2 s.
        from rjieba import Jieba

        self._jieba = Jieba()
        for word in words:
            if not _ONE_WORD.fullmatch(word):
                raise InputError("text.user_word", word=word)
            for spelling in {word, normalize(word)}:
                # Without a figure rjieba takes the least frequency that keeps the word whole, so
                # that it does not tear neighbouring words apart.
                self._jieba.add_word(spelling, None, None)

    def cut(self, text: str) -> list[str]:
        """Return the pieces of ``text`` in order; joined they are ``text`` again."""
        return self._whole_greek(self._jieba.cut, text)

    def cut_for_search(self, text: str) -> list[str]:
        """Return the pieces of ``text`` and, before each long word, the shorter words in it."""
        return self._whole_greek(self._jieba.cut_for_search, text)

    def commonness(self, word: str) -> int:
        """Return how often ``word`` stands in the general dictionary; words it lacks are rare."""
        return int(self._jieba.suggest_freq(word))

    def _whole_greek(self, cut: Callable[[str], object], text: str) -> list[str]:
        """Cut ``text`` but keep ``α-fe2o3`` and ``tgf-β1`` whole: rjieba cuts at Greek letters."""
        if not _GREEK.search(text):
            return cast("list[str]", cut(text))
        pieces: list[str] = []
        for place, part in enumerate(_GREEK_NAME.split(text)):
            if place % 2:
                pieces.append(part)
            elif part:
                pieces.extend(cast("list[str]", cut(part)))
        return pieces


def words(
    text: str,
    segmenter: Segmenter | None = None,
    *,
    for_search: bool = False,
    numbers: bool = False,
) -> list[str]:
    """Return the content words of a normalised text in order, without punctuation and stop words.

    Latin words, formulas (``li2mno3``) and model names (``pm2.5``) stay whole, bare numbers go
    unless ``numbers``; ``for_search`` adds the shorter words inside long ones.
    """
    chosen = segmenter or default_segmenter()
    pieces = chosen.cut_for_search(text) if for_search else chosen.cut(text)
    empty = _empty_pieces()
    return [
        piece
        for piece in pieces
        if piece not in empty and (piece[0].isalpha() or _counts(piece, numbers))
    ]


def _counts(piece: str, numbers: bool) -> bool:
    """Say whether a piece that begins with no letter is a word, or a number where they count."""
    return any(map(str.isalnum, piece)) and (numbers or not _NUMBER.fullmatch(piece))


@cache
def _empty_pieces() -> frozenset[str]:
    """Return the stop words with the signs that make up most other pieces: one look-up for both."""
    return stop_words() | frozenset(
        " ,.;:!?()[]{}<>/\\-+~·、。，；：！？（）《》“”‘’%\"'$*=_^&|@#…—"
    )


@cache
def stop_words() -> frozenset[str]:
    """Return the function words of Chinese and English that :func:`words` leaves out."""
    return frozenset(
        read_words(files("guantong.text").joinpath("data/stopwords.txt").read_text("utf-8"))
    )


def read_words(source: str) -> list[str]:
    """Return the words of a word list: separated by white space, ``#`` starts a comment line."""
    return [
        word
        for line in source.splitlines()
        if not line.lstrip().startswith("#")
        for word in line.split()
    ]


def read_user_dictionary(path: Path) -> list[str]:
    """Return the words of a user dictionary: UTF-8, one on a line, what follows it is ignored."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("text.user_dictionary", file=str(path), reason=str(error)) from error
    return [line.split()[0] for line in lines if line.strip() and not line.startswith("#")]


@cache
def default_segmenter() -> Segmenter:
    """Return the shared segmenter that knows the technology vocabulary; nobody adds words to it."""
    return RjiebaSegmenter(_technology_words())


def load_segmenter(name: str = "rjieba", words: Iterable[str] = ()) -> Segmenter:
    """Return a new segmenter by its entry point in ``guantong.segmenters``, knowing ``words``."""
    # Here and not above: importing it costs more than the rest of this module.
    from importlib.metadata import entry_points

    wanted = [*_technology_words(), *words]
    found = {point.name: point for point in entry_points(group=ENTRY_POINT_GROUP)}
    if name in found:
        made = found[name].load()(wanted)
    elif name == "rjieba":
        made = RjiebaSegmenter(wanted)
    else:
        raise ConfigurationError("text.segmenter", name=name, known=", ".join({*found, "rjieba"}))
    if not isinstance(made, Segmenter):
        raise ConfigurationError("text.segmenter_shape", name=name)
    return made


def _technology_words() -> list[str]:
    """Return the words of the technology vocabulary that a segmenter can keep whole."""
    from guantong.text.vocabulary import vocabulary

    return [term for term in vocabulary().terms if _ONE_WORD.fullmatch(term)]
