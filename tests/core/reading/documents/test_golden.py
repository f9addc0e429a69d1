"""Documents in the official style, written for this purpose, are read as they were once agreed.

``golden/NAME.blocks`` holds a line for each block: article, page, kind and level, rule, clean text;
then the head of every article. Write it anew with ``python test_golden.py`` and read the diff.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from guantong.reading.documents import Block, Document, outline, read_document

FOLDER = Path(__file__).with_name("golden")
FIELDS = ("title", "subtitle", "issuer", "number", "date", "published", "region")
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".txt", ".html"))


def listing(document: Document) -> str:
    """Return blocks, heads and outline of a document as lines that a person can check."""
    lines = [_shown(block) for block in document.blocks]
    for article in document.articles:
        head = article.head
        lines.append(f"--- article {article.number}: {head.kind.value}")
        lines += [f"{name}: {getattr(head, name)}" for name in FIELDS if getattr(head, name)]
        lines += [f"attachment: {title}" for title in head.attachments]
    lines.append("--- outline")
    lines += [
        f"{'  ' * node.level}{node.label}{node.title}"
        for node in outline(document).walk()
        if node.level
    ]
    return "\n".join(lines) + "\n"


def _shown(block: Block) -> str:
    kind = f"{block.kind.value}{block.level or ''}{f' ({block.rule})' if block.rule else ''}"
    return f"{block.article} {block.page} {kind}: " + block.clean.replace("\n", " / ")


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_read_as_agreed(name: str) -> None:
    agreed = FOLDER.joinpath(name).with_suffix(".blocks").read_text("utf-8")
    assert listing(read_document(FOLDER / name)) == agreed


@pytest.mark.parametrize("name", NAMES)
def test_the_same_words_in_another_encoding_are_read_the_same(name: str) -> None:
    text = FOLDER.joinpath(name).read_text("utf-8")
    plain = read_document(text.encode(), name=name)
    for encoding in ("gb18030", "utf-16"):
        other = read_document(text.encode(encoding), name=name)
        assert (other.text, other.blocks, other.head) == (plain.text, plain.blocks, plain.head)


@pytest.mark.parametrize("name", NAMES)
def test_line_ends_of_windows_make_no_difference_but_to_offsets(name: str) -> None:
    text = FOLDER.joinpath(name).read_text("utf-8")
    plain = read_document(text.encode(), name=name)
    other = read_document(text.replace("\n", "\r\n").encode(), name=name)
    assert [block.clean for block in other.blocks] == [block.clean for block in plain.blocks]


if __name__ == "__main__":
    for written in NAMES:
        target = FOLDER.joinpath(written).with_suffix(".blocks")
        target.write_text(listing(read_document(FOLDER / written)), "utf-8")
