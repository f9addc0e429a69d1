"""The sentences of the command line and of the reports say the same in both languages."""

import ast
import re
import string
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

import guantong
from guantong.messages import LANGUAGES, catalogue

OURS = ("cli", "matching", "reasons")
SOURCE = Path(guantong.__file__).parent


def sentences(lang, name):
    text = files("guantong.messages").joinpath(lang, f"{name}.toml").read_text(encoding="utf-8")
    return {
        f"{group}.{key}": sentence
        for group, table in tomllib.loads(text).items()
        for key, sentence in table.items()
    }


def placeholders(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("name", OURS)
def test_both_languages_have_the_same_sentences_with_the_same_parameters(name):
    zh, en = (sentences(lang, name) for lang in LANGUAGES)
    assert list(zh) == list(en)
    for code, sentence in zh.items():
        assert placeholders(en[code]) <= placeholders(sentence) | {"count"}, code
        assert placeholders(sentence) <= placeholders(en[code]) | {"count"}, code


@pytest.mark.parametrize("name", OURS)
def test_the_chinese_is_chinese_and_the_english_is_not(name):
    han = re.compile("[一-鿿]")
    assert not [code for code, text in sentences("en", name).items() if han.search(text)]
    symbols = {"usage.line", "reason.between", "reason.comma", "reason.comma_clause"}
    symbols |= {"gaps.between", "reason.with_amount", "quantity.under", "cli.rows_scored"}
    latin = [code for code, text in sentences("zh", name).items() if not han.search(text)]
    assert not set(latin) - symbols


def test_no_two_files_of_sentences_claim_the_same_code():
    for lang in LANGUAGES:
        folder = files("guantong.messages").joinpath(lang)
        counted = 0
        for each in folder.iterdir():
            if each.name.endswith(".toml"):
                counted += len(_flat(tomllib.loads(each.read_text(encoding="utf-8"))))
        assert counted == len(catalogue(lang))


def _flat(table, prefix=""):
    found = []
    for name, value in table.items():
        found += _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else [prefix + name]
    return found


_CODE = re.compile(r"(cli|usage|matching|model|pairs|learn|judged|report)\.[a-z_]+")
_FILES = {"cli.md", "model.onnx"}


def _codes(path):
    """Yield every code, or beginning of one, that stands in a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and _CODE.fullmatch(text) and text not in _FILES:
            yield text


def test_every_code_in_the_sources_has_its_sentence():
    paths = [*SOURCE.joinpath("cli").rglob("*.py"), *SOURCE.joinpath("matching").rglob("*.py")]
    known = catalogue("zh")
    for code in {code for path in paths for code in _codes(path)}:
        begun = code.endswith("_") and any(each.startswith(code) for each in known)
        assert code in known or begun, code
