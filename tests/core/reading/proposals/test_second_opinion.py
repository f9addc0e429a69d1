import json
import threading
from contextlib import contextmanager
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from guantong.errors import ConfigurationError
from guantong.reading.proposals import propose
from guantong.reading.second_opinion import RULE, SecondOpinion
from guantong.reading.sources import Reading
from guantong.reading.statements import StatementKind, explain

TEXT = """示例市科技工作简讯

据介绍，试验车间的良率爬上了九成，产线日均下线32台样机。星河联盟在安顺亮了牌子。
"""


class Service:
    """A service on this machine that answers what the test wants."""

    def __init__(self):
        self.asked = []
        self.headers = []
        self.answers = []

    @contextmanager
    def running(self):
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.asked.append((self.path, json.loads(body)))
                service.headers.append(dict(self.headers))
                answer = service.answers[min(len(service.asked), len(service.answers)) - 1]
                answer(self)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def send(handler, status, body):
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def says(content):
    """Return an answer that a model could give."""
    message = {"choices": [{"message": {"role": "assistant", "content": content}}]}
    return lambda handler: send(handler, 200, json.dumps(message).encode())


def records(*found):
    return says(json.dumps({"records": list(found)}, ensure_ascii=False))


def fails(status, body=b"busy"):
    return lambda handler: send(handler, status, body)


@pytest.fixture
def service():
    return Service()


@pytest.fixture
def reading(read_text):
    found = read_text(TEXT, "brief.txt")
    return Reading(document=found.document, statements=())


def ask(service, reading, *answers, **options):
    service.answers = list(answers)
    pauses = []
    with service.running() as url:
        opinion = SecondOpinion(url, "example-model", pause=pauses.append, **options).on(reading)
    service.pauses = pauses
    return opinion


YIELD = {
    "kind": "indicator",
    "quote": "产线日均下线32台",
    "indicator": "产线日均下线",
    "value": 32,
    "unit": "台",
    "comparator": "=",
    "change": "level",
    "modality": "actual",
    "time": None,
    "place": "安顺",
}
ALLIANCE = {
    "kind": "release",
    "quote": "星河联盟在安顺亮了牌子",
    "object": "organisation",
    "name": "星河联盟",
    "action": "founded",
}


def test_a_record_whose_quote_stands_in_the_text_is_kept_and_marked(service, reading):
    opinion = ask(service, reading, records(YIELD, ALLIANCE))
    assert [each.kind for each in opinion.statements] == ["indicator", "release"]
    assert opinion.dropped == 0
    for each in opinion.statements:
        assert each.rule == RULE
        assert each.span.of(reading.document.text) == each.quote
        assert reading.document.block_at(each.span.start) == reading.document.blocks[each.block]
    assert opinion.statements[0].facts.value == Decimal(32)
    assert "模型" in explain(opinion.statements[0])[0]


def test_what_a_model_proposed_is_marked_as_its_proposal(service, reading):
    product = ALLIANCE | {"object": "product", "action": "launched"}
    added = ask(service, reading, records(product)).statements
    proposal = propose(Reading(document=reading.document, statements=added))[0]
    assert (proposal.proposer, proposal.rule) == ("model", RULE)


def without(record, name):
    return {key: value for key, value in record.items() if key != name}


LIES = {
    "an invented quote": YIELD | {"quote": "产线日均下线99台", "value": 99},
    "a quote put together from two places": YIELD | {"quote": "试验车间产线日均下线32台"},
    "a figure that the quote does not state": YIELD | {"value": 320},
    "an upper figure that the quote does not state": YIELD | {"value_max": 40},
    "a name that the quote does not hold": ALLIANCE | {"name": "银河联盟"},
    "an empty name": ALLIANCE | {"name": ""},
    "a name of punctuation": ALLIANCE | {"name": "，，"},
    "no quote": without(YIELD, "quote"),
    "a quote that is a list": YIELD | {"quote": ["产线"]},
    "a quote of one character": ALLIANCE | {"quote": "星"},
    "an unknown kind": YIELD | {"kind": "prophecy"},
    "a kind that it may not propose": {"kind": "task", "quote": "产线日均下线32台", "text": "产线"},
    "no kind": without(YIELD, "kind"),
    "a figure as text": YIELD | {"value": "32"},
    "a figure that is true": YIELD | {"value": True},
    "no figure": YIELD | {"value": None},
    "an unknown comparator": YIELD | {"comparator": "=="},
    "an unknown modality": YIELD | {"modality": "dream"},
    "an unknown change": without(YIELD, "change"),
    "a unit that is an object": YIELD | {"unit": {"a": 1}},
    "an unknown object": ALLIANCE | {"object": "spell"},
    "an unknown action": ALLIANCE | {"action": "dreamt"},
    "holders that are no list": {
        "kind": "achievement",
        "quote": "星河联盟",
        "name": "星河联盟",
        "holders": "安顺",
    },
    "an event on no day": {
        "kind": "event",
        "quote": "星河联盟在安顺亮了牌子",
        "name": "星河联盟",
        "date": "soon",
    },
    "a support without its sum": {
        "kind": "support",
        "quote": "产线日均下线32台",
        "instrument": "补助",
        "amount": 5000,
    },
    "a support of an unknown sort": {
        "kind": "support",
        "quote": "产线日均下线",
        "instrument": "金",
    },
    "a word": "indicator",
    "nothing": None,
    "a number": 7,
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_what_does_not_stand_up_to_the_text_is_left_out(service, reading, lie):
    opinion = ask(service, reading, records(lie, YIELD))
    assert [each.quote for each in opinion.statements] == [YIELD["quote"]]
    assert opinion.dropped == 1


def test_infinity_is_no_figure(service, reading):
    bad = json.dumps({"records": [YIELD]}, ensure_ascii=False).replace(
        '"value": 32', '"value": NaN'
    )
    opinion = ask(service, reading, says(bad))
    assert opinion.statements == ()
    assert opinion.dropped == 1


def test_a_rate_is_read_as_a_share_of_the_quote(service, read_text):
    text = "示例区若干措施\n\n第一条 设备款的三分之一即33%由区里承担，上限50万元。\n"
    found = read_text(text, "m.txt")
    support = {
        "kind": "support",
        "quote": "设备款的三分之一即33%由区里承担，上限50万元",
        "beneficiary": None,
        "instrument": "补助",
        "rate": 0.33,
        "base": "设备款",
        "amount": None,
        "cap": 500000,
    }
    reading = Reading(document=found.document, statements=())
    facts = ask(service, reading, records(support)).statements[0].facts
    assert (facts.rate, facts.cap) == (Decimal("0.33"), Decimal(500000))


def test_what_the_rules_read_already_is_not_added_again(service, read_text):
    reading = read_text("示例市简讯\n\n全年地区生产总值达到900亿元，增长6%。\n", "b.txt")
    assert reading.of_kind(StatementKind.INDICATOR)
    known = YIELD | {
        "quote": "地区生产总值达到900亿元",
        "indicator": "地区生产总值",
        "value": 90000000000,
        "unit": "元",
    }
    opinion = ask(service, reading, records(known))
    assert opinion.statements == ()
    assert opinion.dropped == 1


def test_the_same_record_twice_is_added_once(service, reading):
    opinion = ask(service, reading, records(YIELD, YIELD))
    assert (len(opinion.statements), opinion.dropped) == (1, 1)


@pytest.mark.parametrize(
    "content",
    [
        "抱歉，我不能回答这个问题。",
        "",
        "{",
        '{"answer": 42}',
        "42",
        '"text"',
        None,
        {"records": []},
        "[" * 100_000,
    ],
)
def test_an_answer_that_is_no_list_of_records_adds_nothing(service, reading, content):
    opinion = ask(service, reading, says(content))
    assert (opinion.statements, opinion.dropped) == ((), 1)


def test_a_list_in_a_fence_is_understood(service, reading):
    fenced = "```json\n" + json.dumps([ALLIANCE], ensure_ascii=False) + "\n```"
    assert len(ask(service, reading, says(fenced)).statements) == 1


@pytest.mark.parametrize("body", [b"<html>", b"{}", b'{"choices": []}', b"[1]", b"\xff\xfe"])
def test_a_service_of_another_kind_is_told(service, reading, body):
    with pytest.raises(ConfigurationError) as caught:
        ask(service, reading, lambda handler: send(handler, 200, body))
    assert caught.value.code == "reading.error.model_answer"


def test_a_busy_service_is_asked_again_after_a_pause(service, reading):
    opinion = ask(service, reading, fails(503), fails(429), records(ALLIANCE))
    assert len(opinion.statements) == 1
    assert service.pauses == [1.0, 2.0]


def test_a_service_that_stays_busy_is_told(service, reading):
    with pytest.raises(ConfigurationError) as caught:
        ask(service, reading, fails(500), attempts=2)
    assert caught.value.code == "reading.error.model_failed"
    assert caught.value.params["attempts"] == 2
    assert len(service.asked) == 2


def test_a_refusal_is_final(service, reading):
    with pytest.raises(ConfigurationError) as caught:
        ask(service, reading, fails(401, b"bad key"))
    assert caught.value.code == "reading.error.model_refused"
    assert "bad key" in caught.value.params["problem"]
    assert len(service.asked) == 1


def test_a_service_that_hangs_up_is_told(service, reading):
    with pytest.raises(ConfigurationError) as caught:
        ask(service, reading, lambda handler: handler.connection.close(), attempts=2)
    assert caught.value.code == "reading.error.model_failed"


def test_a_silent_service_is_given_up(service, reading):
    release = threading.Event()

    def wait(handler):
        release.wait(20)
        handler.close_connection = True

    service.answers = [wait]
    with service.running() as url:
        model = SecondOpinion(url, "m", timeout=0.2, attempts=2, pause=lambda _: None)
        try:
            with pytest.raises(ConfigurationError) as caught:
                model.on(reading)
        finally:
            release.set()
    assert caught.value.code == "reading.error.model_failed"


def test_an_answer_that_drips_in_is_cut_off(service, reading):
    times = iter(range(0, 1000, 40))

    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"{")
        handler.wfile.flush()

    with pytest.raises(ConfigurationError) as caught:
        ask(service, reading, drip, attempts=1, timeout=30.0, clock=lambda: next(times))
    assert caught.value.code == "reading.error.model_failed"
    assert caught.value.params["problem"] == "30 s"


def test_an_endless_answer_is_cut_off(service, reading):
    def flood(handler):
        handler.send_response(200)
        handler.end_headers()
        try:
            for _ in range(100):
                handler.wfile.write(b" " * 100_000)
        except ConnectionError:
            handler.close_connection = True

    with pytest.raises(ConfigurationError) as caught:
        ask(service, reading, flood, attempts=1)
    assert caught.value.code == "reading.error.model_failed"


def test_nobody_listening_is_told(reading):
    service = Service()
    with service.running() as url:
        gone = url
    with pytest.raises(ConfigurationError) as caught:
        SecondOpinion(gone, "m", attempts=1).on(reading)
    assert caught.value.code == "reading.error.model_failed"


@pytest.mark.parametrize("address", ["", "ftp://example.org", "file:///etc/passwd", "example.org"])
def test_only_web_addresses_are_asked(address):
    with pytest.raises(ConfigurationError) as caught:
        SecondOpinion(address, "m")
    assert caught.value.code == "reading.error.model_address"


def test_the_service_gets_the_text_and_the_key_it_was_given(service, reading):
    ask(service, reading, records(), api_key="secret")
    path, body = service.asked[0]
    assert path == "/v1/chat/completions"
    assert body["model"] == "example-model"
    assert body["temperature"] == 0
    assert "星河联盟在安顺亮了牌子" in body["messages"][1]["content"]
    assert "brief.txt" not in json.dumps(body, ensure_ascii=False)
    assert service.headers[0]["Authorization"] == "Bearer secret"


def test_without_a_key_none_is_sent(service, reading):
    ask(service, reading, records())
    assert "Authorization" not in service.headers[0]


def test_a_long_document_is_sent_piece_by_piece(service, read_text):
    lines = [
        f"第{number}号样机的噪声为{number}分贝，运转平稳，等待复核。" for number in range(40, 60)
    ]
    found = read_text("样机记录\n\n" + "\n\n".join(lines) + "\n", "long.txt")
    reading = Reading(document=found.document, statements=())
    ask(service, reading, records(), piece=100)
    texts = [body["messages"][1]["content"] for _, body in service.asked]
    assert len(texts) > 5
    assert all(len(text) <= 100 + 20 for text in texts)
    assert all(any(line in text for text in texts) for line in lines)


def test_a_quote_over_a_line_break_of_the_file_is_found(service, read_text):
    line = "据车间负责人介绍，经过三个月的连续调试和两轮工艺改进，现在产线日均下"
    rest = "线32台样机，运转平稳，没有停过机，也没有出过差错，用户反映良好。"
    found = read_text(f"车间简讯\n\n{line}\n{rest}\n", "b.txt")
    reading = Reading(document=found.document, statements=())
    opinion = ask(service, reading, records(YIELD))
    for each in opinion.statements:
        assert each.quote == each.span.of(found.document.text)
        assert each.quote.replace("\n", "") == YIELD["quote"]
    assert len(opinion.statements) == 1


def test_only_the_kinds_that_are_wanted_are_added(service, reading):
    service.answers = [records(YIELD, ALLIANCE)]
    with service.running() as url:
        opinion = SecondOpinion(url, "m").on(reading, kinds=(StatementKind.RELEASE,))
    assert [each.kind for each in opinion.statements] == ["release"]
