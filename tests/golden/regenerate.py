"""The golden matches of the sample city: ``python -m tests.golden.regenerate`` writes them anew."""

import json
import re
from pathlib import Path

from click.testing import CliRunner

FOLDER = Path(__file__).parent
LANGUAGES = ("zh", "en")
_AMOUNT = re.compile(r" ?[（(][+±-]\d\.\d\d[）)]")


def run(*words):
    """Run the command line in 110 columns and return what it did."""
    from guantong.cli.root import guantong

    return CliRunner(env={"COLUMNS": "110"}).invoke(guantong, list(words), prog_name="guantong")


def matches(lang, folder):
    """Return the best three matches of every need, scores and all but their last digits."""
    target = Path(folder) / f"demo_{lang}.jsonl"
    result = run("demo", "--needs", "1", "--lang", lang, "-o", str(target))
    assert result.exit_code == 0, result.stderr
    return [rounded(json.loads(line)) for line in target.read_text(encoding="utf-8").splitlines()]


def rounded(match):
    """Return a match without what may differ in the last digit from one machine to another."""
    kept = ("need_id", "offer_id", "rank", "level", "gaps")
    reasons = sorted(_AMOUNT.sub("", each) for each in match["reasons"])
    return {key: match[key] for key in kept} | {
        "score": round(match["score"], 2),
        "reasons": reasons,
    }


def table(lang):
    """Return what ``guantong demo`` prints of its best needs."""
    result = run("demo", "--needs", "6", "--lang", lang)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def write():
    """Write every golden file of the sample city."""
    from tempfile import TemporaryDirectory

    for lang in LANGUAGES:
        with TemporaryDirectory() as folder:
            lines = [json.dumps(each, ensure_ascii=False) for each in matches(lang, folder)]
        text = "".join(f"{line}\n" for line in lines)
        (FOLDER / f"demo_matches_{lang}.jsonl").write_text(text, encoding="utf-8")
        (FOLDER / f"demo_matches_{lang}.txt").write_text(table(lang), encoding="utf-8")


if __name__ == "__main__":
    write()
