"""How fast documents are read, how much memory a long PDF takes, and how well against gold.

    python benchmarks/reading_bench.py [FOLDER] [--gold GOLD_FOLDER] [--pages 300] [--repeat 3]

FOLDER holds documents; the speed is characters of text a second on one core, the best of the
repetitions, for the document and the statements apart. The PDF is made here: pages of a work plan
with running heads. Its time and peak memory are those of a fresh process. GOLD_FOLDER holds
NAME.txt and NAME.gold.jsonl. With FOLDER left out only the PDF is measured.
"""

from __future__ import annotations

import argparse
import itertools
import json
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from guantong.reading.documents import read_document
from guantong.reading.folder import ENDINGS
from guantong.reading.statements import Score, load_records, read_statements, score

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH, HEIGHT, SIZE, PER_LINE, LINES = 595, 842, 12, 38, 36
SENTENCES = (
    "新建标准化厂房{a}万平方米，培育专精特新企业{b}家，规上工业增加值增长{c}%左右。",
    "对新认定的企业技术中心，按研发设备投资的{c}%给予补助，最高不超过{a}0万元。",
    "加快推进第{b}号科创走廊建设，年底前完成主体工程，力争服务企业超过{a}00家。",
    "过去一年，技术合同成交额达到{a}亿元、增长{c}%，高新技术企业达{b}0家。",
)
MEASURED = """
import json, resource, sys, time
from guantong.reading.documents import read_document
from guantong.reading.statements import read_statements
told = []
start = time.perf_counter()
document = read_document(sys.argv[1], progress=lambda done, total: told.append(done))
read = time.perf_counter()
records = len(read_statements(document))
end = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"pages": len(document.pages), "characters": len(document.text),
    "records": records, "document_s": round(read - start, 2), "statements_s": round(end - read, 2),
    "peak_mb": round(peak), "progress_told": len(told)}))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}")
    if options.folder:
        speed(options.folder, options.repeat)
    long_pdf(options.pages)
    if options.gold:
        quality(options.gold)


def speed(folder: Path, repeat: int) -> None:
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS)
    if not files:
        raise SystemExit(f"{folder} holds no documents")
    # The lexicons are read once in a process, whatever the number of documents.
    read_statements(read_document(files[0]))
    reading, finding = [], []
    for _ in range(repeat):
        start = time.perf_counter()
        documents = [read_document(file) for file in files]
        reading.append(time.perf_counter() - start)
        start = time.perf_counter()
        records = sum(len(read_statements(document)) for document in documents)
        finding.append(time.perf_counter() - start)
    characters = sum(len(document.text) for document in documents)
    print(f"\n{len(files)} documents, {characters:,} characters, {records:,} records")
    for name, seconds in (("documents", reading), ("statements", finding)):
        print(f"  {name:<11}{min(seconds):7.2f} s {characters / min(seconds):12,.0f} characters/s")
    both = min(one + other for one, other in zip(reading, finding, strict=True))
    print(f"  {'together':<11}{both:7.2f} s {characters / both:12,.0f} characters/s")


def long_pdf(pages: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "long.pdf"
        file.write_bytes(pdf(pages))
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, file], check=True, capture_output=True, text=True
        )
    found = json.loads(done.stdout)
    seconds = found["document_s"] + found["statements_s"]
    print(f"\nPDF of {found['pages']} pages, {found['characters']:,} characters")
    print(f"  {seconds:.1f} s, peak {found['peak_mb']} MB, {found['records']:,} records")
    print(f"  document {found['document_s']} s, statements {found['statements_s']} s")
    print(f"  progress told {found['progress_told']} times")


def quality(folder: Path) -> None:
    total: dict[str, Score] = {}
    names = sorted(folder.glob("*.gold.jsonl"))
    for gold in names:
        text = gold.with_name(gold.name.replace(".gold.jsonl", ".txt"))
        out = [each.to_json() for each in read_statements(read_document(text))]
        for kind, found in score(load_records(gold), out).items():
            total[kind] = total[kind] + found if kind in total else found
    print(f"\n{len(names)} gold files        precision  recall     F1   right / read / gold")
    for kind, found in total.items():
        counts = f"{found.right} / {found.predicted} / {found.gold}"
        figures = f"{found.precision:9.3f} {found.recall:7.3f} {found.f1:6.3f}"
        print(f"  {kind:<19}{figures}   {counts}")


def pages_of(count: int) -> Iterator[list[str]]:
    """Yield pages of lines; paragraphs of a few sentences begin two characters further in."""
    lines = written()
    for _ in range(count):
        yield list(itertools.islice(lines, LINES))


def written() -> Iterator[str]:
    for number in itertools.count(1):
        if number % 12 == 1:
            yield f"（{'一二三四五六七八九'[number // 12 % 9]}）第{number}项重点工作"
        parts = (SENTENCES[(number + at) % len(SENTENCES)] for at in range(number % 4 + 2))
        figures = {"a": number % 90 + 10, "b": number % 70 + 20, "c": number % 9 + 1}
        text = "\u3000\u3000" + "".join(parts).format(**figures)
        yield from (text[at : at + PER_LINE] for at in range(0, len(text), PER_LINE))


def pdf(count: int) -> bytes:
    """Return a PDF with a running head and a page number on each page."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (count, b" ".join(b"%d 0 R" % (5 + 2 * page) for page in range(count))),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        b"/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/ItalicAngle 0"
        b"/FontBBox[-25 -254 1000 880]/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>",
    ]
    for page, lines in enumerate(pages_of(count), 1):
        placed = [(60, 40, "示例市年度工作安排"), (290, 800, str(page))]
        placed += [(60, 90 + 19 * row, line) for row, line in enumerate(lines)]
        stream = b"BT\n%sET" % b"".join(
            b"/F1 %d Tf 1 0 0 1 %d %d Tm <%s> Tj\n"
            % (SIZE, left, HEIGHT - top - SIZE, text.encode("utf-16-be").hex().encode())
            for left, top, text in placed
        )
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % (WIDTH, HEIGHT, 4 + 2 * page)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    return with_table(objects)


def with_table(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


if __name__ == "__main__":
    main()
