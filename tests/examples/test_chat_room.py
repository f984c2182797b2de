"""The review handler of the chat_room example, called as IVS Chat calls it."""

from __future__ import annotations

import json
import runpy
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.examples.apps import EXAMPLES, golden
from tests.support.arns import arn
from tests.support.graph import in_order, only

FILE = EXAMPLES / "chat_room" / "handler.py"

Handler = Callable[[dict[str, Any], object], dict[str, Any]]


@pytest.fixture
def handler() -> Handler:
    """The handler, as Lambda loads it."""
    found: Handler = runpy.run_path(str(FILE))["handler"]
    return found


def request_of(content: str, **changes: object) -> dict[str, Any]:
    """What the guide says that a handler gets, with a content."""
    return {
        "Content": content,
        "MessageId": "AYk6xKitV4On",
        "RoomArn": arn("room/AbCdef1G2hij", service="ivschat"),
        "Attributes": {"color": "green"},
        "Sender": {"Attributes": {"badge": "vip"}, "UserId": "alice", "Ip": "203.0.113.7"},
        **changes,
    }


def is_taken(response: object) -> bool:
    """Whether the service takes an answer, by the guide; for any other it takes the fallback."""
    match response:
        case {"ReviewResult": "ALLOW" | "DENY", "Content": str(content), **rest}:
            attributes = rest.pop("Attributes", {})
            return (
                not rest
                and len(content) <= 500
                and isinstance(attributes, dict)
                and all(isinstance(text, str) for pair in attributes.items() for text in pair)
                and len(json.dumps(attributes).encode()) <= 1024
            )
    return False


def reviewed(handler: Handler, content: str) -> object:
    """The content as it is delivered."""
    # As it travels: what is no JSON would fail.
    response = json.loads(json.dumps(handler(json.loads(json.dumps(request_of(content))), None)))
    assert is_taken(response)
    assert response["ReviewResult"] == "ALLOW"
    return response["Content"]


@pytest.mark.parametrize(
    "response",
    [
        None,
        {},
        {"ReviewResult": "ALLOW"},
        {"Content": "hello"},
        {"ReviewResult": "allow", "Content": "hello"},
        {"ReviewResult": "ALLOW", "Content": None},
        {"ReviewResult": "ALLOW", "Content": "x" * 501},
        {"ReviewResult": "ALLOW", "Content": "hello", "Attributes": None},
        {"ReviewResult": "ALLOW", "Content": "hello", "Attributes": {"count": 1}},
        {"ReviewResult": "ALLOW", "Content": "hello", "Attributes": {"a": "x" * 1024}},
        {"ReviewResult": "ALLOW", "Content": "hello", "Reason": "rude"},
    ],
)
def test_the_judge_refuses_other_forms(response: object) -> None:
    """
    What is not of the form of the guide is not taken.
    """
    assert not is_taken(response)


@pytest.mark.parametrize("content", ["hello", "How are you?", "1 < 2 & 3", " two  spaces ", "\n"])
def test_other_text_is_delivered_as_it_is(handler: Handler, content: str) -> None:
    """
    A message without one of the words is allowed unchanged.
    """
    assert reviewed(handler, content) == content


@pytest.mark.parametrize(
    ("content", "delivered"),
    [
        ("darn", "****"),
        ("oh darn, what the heck!", "oh ****, what the ****!"),
        ("blast\ndarn", "*****\n****"),
        ("darn_it", "****_it"),
        ("(heck)", "(****)"),
    ],
)
def test_words_are_masked(handler: Handler, content: str, delivered: str) -> None:
    """
    Each character of a word becomes an asterisk, and all others stay.
    """
    assert reviewed(handler, content) == delivered


@pytest.mark.parametrize("word", ["Darn", "DARN", "dArN"])
def test_case_does_not_matter(handler: Handler, word: str) -> None:
    """
    A word is masked whether it is written large or small.
    """
    assert reviewed(handler, word) == "****"


@pytest.mark.parametrize("content", ["heckler", "check", "darned", "undarn", "sandblast", "darn2"])
def test_parts_of_words_are_left_alone(handler: Handler, content: str) -> None:
    """
    A longer word that has one of the words in it is not masked.
    """
    assert reviewed(handler, content) == content


@pytest.mark.parametrize(
    "content", ["Übärdarn", "darné", "привет", "日本語", "👍🏽 👨‍👩‍👧", "e\u0301"]
)
def test_letters_of_other_languages_are_letters(handler: Handler, content: str) -> None:
    """
    A word goes on with a letter of any language, and other scripts are delivered as they are.
    """
    assert reviewed(handler, content) == content


def test_empty_content_stays_empty(handler: Handler) -> None:
    """
    A message without text does not fail.
    """
    assert reviewed(handler, "") == ""


@pytest.mark.parametrize("character", ["a", "é", "日", "👍", "\u0301", "*"])
def test_the_longest_message_is_not_too_long(handler: Handler, character: str) -> None:
    """
    A message of 500 characters has as many when it is delivered, however many bytes they are.
    """
    content = "darn " + character * 495
    assert reviewed(handler, content) == "**** " + character * 495


@pytest.mark.parametrize(
    ("sent", "returned"),
    [({"Attributes": {"color": "green"}}, {"color": "green"}), ({"Attributes": None}, {})],
    ids=["some", "none"],
)
def test_attributes_are_given_back(
    handler: Handler, sent: dict[str, object], returned: dict[str, str]
) -> None:
    """
    The attributes of a message are delivered with it.
    """
    response = handler(request_of("hello", **sent), None)
    assert is_taken(response)
    assert response["Attributes"] == returned


def test_a_message_may_have_no_attributes(handler: Handler) -> None:
    """
    A request without attributes does not fail.
    """
    request = request_of("hello")
    del request["Attributes"]
    assert is_taken(handler(request, None))


@pytest.mark.parametrize("content", ["darn " * 100, "d" * 500, "heckler " * 62, "_" * 500])
def test_it_answers_fast(handler: Handler, content: str) -> None:
    """
    A long message takes less than a tenth of the 200 ms that IVS Chat waits.
    """
    durations = []
    for _ in range(25):
        before = time.perf_counter()
        handler(request_of(content), None)
        durations.append(time.perf_counter() - before)
    assert statistics.median(durations) < 0.02


def test_the_template_has_the_file() -> None:
    """
    What is deployed is the file, of fewer than the 4096 characters that a template may have.
    """
    template = golden("chat_room")
    function = template["Resources"][only(template, "AWS::Lambda::Function")]["Properties"]
    assert function["Code"] == {"ZipFile": FILE.read_text()}
    assert len(FILE.read_text()) < 4096
    assert function["Timeout"] == 1


def test_the_room_is_made_when_its_handler_may_be_called() -> None:
    """
    The function, its permission and the room are made in this order, and the room goes first.
    """
    template = golden("chat_room")
    kinds = ["AWS::Lambda::Function", "AWS::Lambda::Permission", "AWS::IVSChat::Room"]
    assert in_order(template, *(only(template, kind) for kind in kinds))
