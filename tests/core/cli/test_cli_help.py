import re
import tomllib
from importlib.resources import files
from pathlib import Path

import click
import pytest

from guantong import __version__
from guantong.cli.localised import Command, Option, help_text
from guantong.cli.reference import NAMES, reference, write
from guantong.cli.root import guantong
from guantong.cli.session import session_for
from guantong.matching.reports.wrapping import width_of
from guantong.messages import LANGUAGES

REFERENCE = Path(__file__).parents[3] / "docs" / "reference"
CODE = re.compile(r"\b(help|option|argument|usage|cli|reference)\.[a-z_]+\b")


def commands(command=guantong, path="guantong"):
    """Yield every command with its path."""
    yield path, command
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        for name in command.list_commands(ctx):
            yield from commands(command.get_command(ctx, name), f"{path} {name}")


PATHS = [path for path, _ in commands()]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reference_in_the_docs_is_what_the_commands_say(lang):
    written = (REFERENCE / NAMES[lang]).read_text(encoding="utf-8")
    assert written == reference(lang), "run python -m guantong.cli.reference docs/reference"


def test_the_reference_is_written_in_every_language(tmp_path):
    write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(NAMES.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_option_and_argument_is_described(lang):
    for path, command in commands():
        assert CODE.search(help_text(command, path, lang, 88)) is None, path


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [40, 88])
def test_help_keeps_within_the_width(lang, width):
    for path, command in commands():
        lines = help_text(command, path, lang, width).splitlines()
        assert max(map(width_of, lines)) <= width, path


def test_no_sentence_of_the_command_line_is_left_unused():
    described = {f"help.{command.about}" for _, command in commands()}
    described |= {
        f"option.{param.about}"
        for _, command in commands()
        for param in command.params
        if isinstance(param, Option)
    }
    text = files("guantong.messages").joinpath("zh", "cli.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    listed = {f"{table}.{name}" for table in ("help", "option") for name in tables[table]}
    assert listed - described == {"option.help"}


@pytest.mark.parametrize("path", PATHS)
def test_help_is_printed_and_nothing_else_done(run, path):
    result = run(*path.split()[1:], "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"用法：{path} ")
    assert result.stderr == ""


@pytest.mark.parametrize("words", [[], ["index"]])
def test_without_a_command_the_help_is_shown(run, words):
    result = run(*words)
    assert result.exit_code == 0
    assert "命令：" in result.stdout


def test_the_version_is_the_package_s(run):
    assert run("--version").stdout == f"guantong {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ["--lang", "en", "match", "--help"],
        ["--lang=en", "match", "--help"],
        ["match", "--help", "--lang", "en"],
        ["match", "--lang=en", "--help"],
    ],
)
def test_the_language_may_stand_anywhere(run, words):
    assert run(*words).stdout.startswith("Usage: guantong match")


@pytest.mark.parametrize(
    ("words", "variable", "lang"),
    [
        ([], "", "zh"),
        ([], "en", "en"),
        ([], "en_GB.UTF-8", "en"),
        ([], "fr", "zh"),
        (["--lang", "zh"], "en", "zh"),
        (["--", "--lang", "en"], "", "zh"),
        (["--lang"], "en", "en"),
    ],
)
def test_the_language_comes_from_the_option_then_the_environment(words, variable, lang):
    assert session_for(words, {"GUANTONG_LANG": variable}).lang == lang


def test_every_command_takes_a_language():
    for path, command in commands():
        assert isinstance(command, Command), path
        assert any(param.name == "lang" for param in command.params), path
