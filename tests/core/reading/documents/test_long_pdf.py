"""A PDF of 300 pages is read within 500 MB, in a process of its own, with progress."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from document_makers import column, pdf

READ = """
import json, pathlib, re, sys
from guantong.reading.documents import read_document
told = []
document = read_document(sys.argv[1], progress=lambda done, total: told.append(done))
# Not ru_maxrss: a child begins with the peak of the process that started it.
status = pathlib.Path("/proc/self/status").read_text()
peak = int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) / 1024
print(json.dumps([len(document.pages), len(document.text), told[-1], peak]))
"""


def test_three_hundred_pages_stay_within_the_memory_promised(tmp_path: Path) -> None:
    line = (
        "支持企业与高校院所共建联合实验室，开展关键核心技术攻关，对承担国家项目的企业给予配套支持。"
    )
    pages = [
        [
            (60.0, 30.0, 9.0, "临江市人民政府公报"),
            (280.0, 800.0, 9.0, f"— {number} —"),
            *column("\n".join([line] * 10), 40, 80, width=20, leading=16),
            *column("\n".join([line] * 10), 310, 80, width=20, leading=16),
        ]
        for number in range(1, 301)
    ]
    path = tmp_path / "long.pdf"
    path.write_bytes(pdf(pages))
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, check=True, text=True
    )
    count, length, told, peak = json.loads(done.stdout)
    assert (count, told) == (300, 300)
    assert length > 300 * 20 * len(line)
    assert peak < 500
    assert Path(path).exists()
