"""The program from the outside, as people and other programs start it."""

import json
import os
import pty
import signal
import subprocess
import sys
import time

import pytest

PROGRAM = [sys.executable, "-m", "guantong"]
HEAVY = (
    "numpy",
    "openpyxl",
    "rich",
    "tantivy",
    "usearch",
    "pint",
    "guantong.records",
    "guantong.text",
)


def start(*words, **how):
    return subprocess.run(
        [*PROGRAM, *map(str, words)], capture_output=True, timeout=120, check=False, **how
    )


def match_words(town):
    return ("match", town / "needs.csv", town / "offers.jsonl", "--today", "2026-11-22")


def test_help_loads_none_of_the_heavy_parts():
    code = (
        "import sys; from guantong.cli.root import guantong; "
        "guantong.run(['--help']); print(*sys.modules, file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    assert "match" in result.stdout
    assert not set(result.stderr.split()) & set(HEAVY)


def test_two_runs_write_the_same_bytes_and_nothing_but_results_to_stdout(town):
    first, second = (start(*match_words(town), "--format", "jsonl") for _ in range(2))
    assert first.returncode == 0
    assert first.stdout == second.stdout
    assert len([json.loads(line) for line in first.stdout.splitlines()]) == 50
    assert b"\x1b" not in first.stdout + first.stderr
    assert b"\r" not in first.stdout + first.stderr


def test_texts_can_be_read_by_other_processes_with_the_same_result(town):
    words = (*match_words(town), "--format", "jsonl")
    assert start(*words, "--workers", 1).stdout == start(*words).stdout


def test_who_stops_reading_is_not_bothered_with_a_traceback():
    process = subprocess.Popen(
        [*PROGRAM, "demo", "--needs", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=120) == 141
    assert b"Traceback" not in errors
    assert b"Error" not in errors


def test_a_full_disk_is_told_in_one_sentence():
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        result = subprocess.run(
            [*PROGRAM, "kinds"], stdout=full, stderr=subprocess.PIPE, timeout=120, check=False
        )
    assert result.returncode == 2
    assert result.stderr.decode().splitlines()[-1].startswith("错误：")
    assert b"Traceback" not in result.stderr


def test_control_c_ends_with_130_and_a_short_line(tmp_path):
    table = tmp_path / "many.jsonl"
    line = '{"title": "硅碳负极材料的制备方法与应用", "description": "导电剂和粘结剂配方"}\n'
    table.write_text(line * 200_000, encoding="utf-8")
    process = subprocess.Popen(
        [*PROGRAM, "index", "build", str(tmp_path / "index"), str(table), "--side", "offer"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    while not (tmp_path / "index").exists() and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130
    assert errors.decode().splitlines()[-1] == "已中断。"
    assert b"Traceback" not in errors


@pytest.mark.skipif(not hasattr(pty, "openpty"), reason="needs a terminal")
def test_a_terminal_gets_colour_and_progress(town):
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, *map(str, match_words(town))],
        stdout=follower,
        stderr=follower,
        env=os.environ | {"TERM": "xterm-256color", "COLUMNS": "100"},
    )
    os.close(follower)
    shown = b""
    try:
        while chunk := os.read(leader, 65536):
            shown += chunk
    except OSError:
        pass  # Linux reports the end of a terminal as an error
    os.close(leader)
    assert process.wait(timeout=120) == 0
    assert b"\x1b[" in shown
    assert "读取并编入索引".encode() in shown


@pytest.mark.parametrize("encoding", ["gbk", "latin-1"])
def test_a_terminal_of_another_encoding_gets_what_it_can_show(town, encoding):
    words = (*match_words(town), "--format", "csv", "--top", "1")
    result = start(*words, env=os.environ | {"PYTHONIOENCODING": encoding})
    assert result.returncode == 0
    shown = result.stdout.decode(encoding)
    assert ("需求编号" if encoding == "gbk" else "????") in shown
    assert "NJ-A012" in shown
