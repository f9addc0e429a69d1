"""Every code that matching raises has its sentence, in both languages, with the same parameters."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import guantong
from guantong.messages import LANGUAGES, catalogue

SOURCE = Path(guantong.__file__).parent
FILES = [*sorted((SOURCE / "matching").glob("*.py")), SOURCE / "records" / "stored.py"]
ERRORS = re.compile(r"\w+Error$")


def raised():
    """Yield file, code and the names of the parameters of each error that is raised."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if ERRORS.match(node.func.id) and node.args and isinstance(node.args[0], ast.Constant):
                names = {keyword.arg for keyword in node.keywords}
                yield file.name, str(node.args[0].value), names


def returned():
    """Yield the codes of conditions, which are returned and not raised."""
    text = (SOURCE / "matching" / "conditions.py").read_text(encoding="utf-8")
    yield from set(re.findall(r'"(condition\.\w+)"', text))


def parameters(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


RAISED = sorted(raised(), key=str)


def test_errors_are_found_in_the_source():
    codes = {code for _, code, _ in RAISED}
    assert {"model.not_a_model", "learn.too_few", "judged.level", "stored.not_a_record"} <= codes
    assert set(returned()) >= {"condition.expired", "condition.own_offer"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("file", "code", "names"), RAISED)
def test_an_error_that_is_raised_has_a_sentence_with_its_parameters(lang, file, code, names):
    assert code in catalogue(lang), file
    assert parameters(catalogue(lang)[code]) <= names


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", sorted(returned()))
def test_a_condition_has_a_sentence(lang, code):
    assert catalogue(lang)[code]
    assert parameters(catalogue(lang)[code]) == set()


@pytest.mark.parametrize("group", ["model", "learn", "judged", "stored", "condition", "matching"])
def test_both_languages_have_the_same_sentences_with_the_same_parameters(group):
    zh, en = (
        {
            code: parameters(text)
            for code, text in catalogue(lang).items()
            if code.split(".")[0] == group
        }
        for lang in LANGUAGES
    )
    assert zh == en
    assert zh
