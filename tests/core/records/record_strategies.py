"""Records of every kind with arbitrary content, as far as a table can hold it."""

from dataclasses import fields
from datetime import date, datetime

from hypothesis import strategies as st

from guantong.records.amounts import MONEY, MoneyCodec
from guantong.records.codecs import (
    ChoiceCodec,
    CountCodec,
    DateCodec,
    FlagCodec,
    ListCodec,
    MomentCodec,
    TextCodec,
)
from guantong.records.codes import CreditCodeCodec, check_character
from guantong.records.industries import IndustriesCodec, industry_names
from guantong.records.maturity import MATURITY, TrlCodec
from guantong.records.model import Contact, Disclosure, Maturity, Money, Patent, PriceMode
from guantong.records.privacy import find_personal_numbers
from guantong.records.structured import CONTACT, FIELDS, IndicatorsCodec, PatentsCodec
from guantong.text.indicators import Indicator
from guantong.text.quantities import Comparator
from guantong.text.spans import Span

# Weighted towards what breaks tables: separators, quotes, formula signs, line breaks.
_AWKWARD = st.sampled_from(list("、；;，,\"'=+-@|\\\n\t（）()0123456789. 无是否AaZz中文成果"))
_ANY = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff", max_codepoint=0x1FFFF
)


def _is_plain(text: str) -> bool:
    return text == text.strip() and not find_personal_numbers(text)


texts = st.text(st.one_of(_AWKWARD, _ANY), max_size=24).map(str.strip).filter(_is_plain)
words = texts.filter(bool)
lines = st.text(_ANY, min_size=1, max_size=12).map(lambda text: " ".join(text.split()))
names = lines.filter(lambda text: text and _is_plain(text))
lists = st.lists(words, max_size=4, unique=True).map(tuple)
days = st.dates(min_value=date(1000, 1, 1))
amounts = st.decimals(min_value=0, max_value=10**13, places=4)
figures = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9)


@st.composite
def moneys(draw, modes=True):
    low, high = draw(st.none() | amounts), draw(st.none() | amounts)
    mode = draw(st.none() | st.sampled_from(PriceMode)) if modes else None
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    if low is None and high is None and mode is None:
        return None
    return Money(low=low, high=high, mode=mode)


@st.composite
def contacts(draw):
    contact = Contact(name=draw(texts), phone=draw(texts), mobile=draw(texts))
    return contact if contact != Contact() else None


@st.composite
def maturities(draw):
    return Maturity(
        level=draw(st.integers(1, 9)),
        stage=draw(texts),
        evidence=draw(texts),
        derived=draw(st.booleans()),
    )


@st.composite
def spans(draw):
    start = draw(st.integers(0, 1000))
    return Span(start, start + draw(st.integers(0, 100)))


indicators = st.builds(
    Indicator,
    name=texts,
    comparator=st.sampled_from(Comparator),
    value=figures,
    unit=texts,
    upper=st.none() | figures,
    condition=texts,
    evidence=texts,
    quote=texts,
    span=st.none() | spans(),
    change=st.sampled_from(["", "+", "-"]),
)
patents = st.builds(
    Patent,
    number=words,
    kind=texts,
    status=texts,
    expiry=st.none() | days,
    holder=texts,
)
credit_codes = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9).map(
    lambda body: f"91320100{body}{check_character('91320100' + body)}"
)
_BY_CODEC = {
    TextCodec: texts,
    ListCodec: lists,
    FlagCodec: st.none() | st.booleans(),
    CountCodec: st.none() | st.integers(0, 10**6),
    TrlCodec: st.none() | st.integers(1, 9),
    DateCodec: st.none() | days,
    MomentCodec: st.none()
    | st.datetimes(min_value=datetime.fromisoformat("1000-01-01")).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    MoneyCodec: moneys(modes=False),
    IndicatorsCodec: st.lists(indicators, max_size=3).map(tuple),
    PatentsCodec: st.lists(patents, max_size=3).map(tuple),
    IndustriesCodec: st.lists(
        st.sampled_from(sorted(industry_names())), max_size=3, unique=True
    ).map(tuple),
    CreditCodeCodec: st.just("") | credit_codes,
}
_BY_COMPOSITE = {
    id(MONEY): moneys(),
    id(MATURITY): st.none() | maturities(),
    id(CONTACT): contacts(),
    id(FIELDS): lists,
}


def _values(column):
    if column.composite is not None:
        return _BY_COMPOSITE[id(column.composite)]
    if isinstance(column.codec, ChoiceCodec):
        return st.sampled_from(Disclosure)
    return _BY_CODEC[type(column.codec)]


def records_of(kind):
    """Return a strategy for records of ``kind`` in which every field may be filled."""
    values = {
        column.target: _values(column)
        for column in kind.columns
        if not column.dropped and column.target not in {"id", "title"}
    }
    extra = st.dictionaries(names, words, max_size=2)
    filled = st.fixed_dictionaries({}, optional={**values, "extra": extra})
    return st.builds(
        lambda identity, title, values: kind.record(id=identity, title=title, **values),
        words,
        words,
        filled,
    )


def differences(read, written):
    """Return the fields in which records differ, as (field, read, written)."""
    if len(read) != len(written):
        return [("number of records", len(read), len(written))]
    return [
        (field.name, getattr(one, field.name), getattr(other, field.name))
        for one, other in zip(read, written, strict=True)
        for field in fields(other)
        if field.compare and getattr(one, field.name) != getattr(other, field.name)
    ]
