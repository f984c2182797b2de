"""What the reference of the site says of every public name, read as the site reads it."""

from __future__ import annotations

import inspect

import pytest

pytest.importorskip("griffe", reason="where the wheel is tested, there are no tools for the site")

import ivs_tokens
from tests.support import reference_checks as checks
from tests.support.raised_codes import all_codes
from tests.support.reference import Entry, Parameter, entries, entry
from tests.support.reflection import CLASSES, PUBLIC, functions_of

# The text is that of the repository, and the oldest aws-cdk-lib lacks some names.
pytestmark = pytest.mark.newest

ROOMS = sorted({each.room for each in entries()})


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_is_missing(room: str) -> None:
    """
    Each name has a description; each parameter its text, unit, range, default and source; each
    function says what it returns, and which errors it raises, by their codes.
    """
    assert [str(problem) for problem in checks.problems() if problem.room == room] == []


def test_every_name_is_looked_at() -> None:
    """
    What reflection finds, Griffe finds as well: names, methods and properties.
    """
    found = {each.path.rpartition(".")[2] for each in entries()}
    names = {each.name for each in entries()}
    assert set(PUBLIC) | {f"ivs_tokens.{name}" for name in ivs_tokens.__all__} <= names
    methods = {
        name for kind in CLASSES.values() for name, _ in functions_of(kind) if name != "__init__"
    }
    properties = {
        name
        for kind in CLASSES.values()
        for base in kind.__mro__
        if base.__module__.startswith("cdk_ivs")
        for name, member in vars(base).items()
        if isinstance(member, property) and not name.startswith("_")
    }
    assert (methods | properties) - found == {"from_mapping", "to_mapping"}
    assert len(methods) > 150
    assert len(properties) > 50


def test_every_parameter_is_looked_at() -> None:
    """
    The parameters that Griffe reads are those that Python knows, inherited ones included.
    """
    for each in entries():
        if each.kind == "function":
            names = [*inspect.signature(each.run_time_object()).parameters]
            assert [parameter.name for parameter in each.parameters] == [
                name for name in names if name not in {"self", "cls"}
            ], each.name
    of_alarms = {parameter.name for parameter in entry("cdk_ivs.ChannelAlarms").parameters}
    assert of_alarms >= {"scope", "id", "channel", "topic"}


def test_every_code_is_described() -> None:
    """
    Each code that the library can raise is in the text on the errors of a public name.
    """
    named = {code for each in entries() for code in checks.codes_of(each)}
    for error in ("cdk_ivs.ValidationError", "ivs_tokens.TokenError"):
        named |= set(checks.WORD.findall(entry(error).whole_text))
    assert sorted(all_codes() - named) == []
    assert len(all_codes()) > 150


def test_general_codes_are_described_once() -> None:
    """
    Codes that no single call names are in the text of the error.
    """
    text = entry("cdk_ivs.ValidationError").whole_text
    assert checks.GENERAL | {"ConstructId", "NoStack"} <= set(checks.WORD.findall(text))


def of(**changes: object) -> Entry:
    """An entry in which nothing is missing, changed."""
    complete = Entry(
        name="cdk_ivs.Something.method",
        path="cdk_ivs.Something.method",
        kind="function",
        room="room",
        text="Do something.",
        parameters=(),
        unknown=(),
        returns=None,
        result="None",
        raises=(),
        owner_text="",
        whole_text="Do something.",
    )
    return complete._replace(**changes)  # type: ignore[arg-type] - fields of it


def parameter(text: str | None, annotation: str = "str", *, optional: bool = False) -> Entry:
    """An entry with one parameter."""
    return of(parameters=(Parameter("given", annotation, optional, text),))


LINK = "[quotas](https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html)"


@pytest.mark.parametrize(
    ("check", "wrong", "right"),
    [
        (checks.no_description, of(text=""), of()),
        (checks.parameters, parameter(None), parameter("The name.")),
        (checks.parameters, of(unknown=("other",)), of()),
        (
            checks.defaults,
            parameter("The name.", optional=True),
            parameter("The name. Default: none.", optional=True),
        ),
        (checks.defaults, parameter("The name. Default: none."), parameter("The name.")),
        (
            checks.units,
            parameter("How long, at most 5.", "Duration"),
            parameter("How long, at most 5 minutes.", "Duration"),
        ),
        (
            checks.units,
            parameter("The time in seconds.", "int | None"),
            parameter("The time in seconds, no limit.", "int | None"),
        ),
        (checks.returned, of(result="Rule"), of(result="Rule", returns="The rule.")),
        (checks.returned, of(returns="The rule."), of(result="Rule", returns="The rule.")),
        (
            checks.errors,
            of(raises=(("ValidationError", "If it is wrong."),)),
            of(raises=(("ValidationError", "`Name` if it is wrong."),)),
        ),
        (
            checks.errors,
            of(raises=(("ValidationError", "`Name` or `Nmae` if it is wrong."),)),
            of(raises=(("ValidationError", "`Name` if `Channel` refuses it."),)),
        ),
        (
            checks.errors,
            of(raises=(("TypeError", "If it is wrong."),)),
            of(raises=(("ArgumentTypeError", "`ArgumentType` if it is wrong."),)),
        ),
        (
            checks.sources,
            parameter("At most 128 characters."),
            parameter(f"At most 128 characters ({LINK})."),
        ),
        (
            checks.sources,
            parameter("Three to five names."),
            parameter("Three names. Default: three to five."),
        ),
        (
            checks.sources,
            parameter("From 2 to\n10."),
            of(kind="attribute", text="From 2 to\n10.", owner_text=LINK),
        ),
        (
            checks.sources,
            parameter("At most 128 characters.")._replace(text=LINK, owner_text=LINK),
            parameter(f"At most 128 characters ({LINK}).")._replace(text="Do something."),
        ),
        (
            checks.sources,
            of(text="An account can have 20 of them by default."),
            of(text=f"An account can have 20 of them by default ({LINK})."),
        ),
        (
            checks.sources,
            parameter("Fewer than 7."),
            parameter("Fewer than 7, a limit of this construct."),
        ),
        (
            checks.links,
            of(whole_text="[here](https://example.com/page.html)"),
            of(whole_text=LINK),
        ),
        (checks.links, of(whole_text="[here](http://docs.aws.amazon.com/a/b.html)"), of()),
        (checks.links, of(whole_text="[here](https://docs.aws.amazon.com/a/b.pdf)"), of()),
        (checks.links, of(whole_text="See https://docs.aws.amazon.com/a/b.html."), of()),
    ],
)
def test_what_is_missing_is_found(check: object, wrong: Entry, right: Entry) -> None:
    """
    Each check finds what it is for, and nothing in its nearest neighbor.
    """
    assert callable(check)
    assert len(list(check(wrong))) == 1
    assert list(check(right)) == []


def test_codes_are_found_in_the_code() -> None:
    """
    The codes of a method are those of what it calls: checks, constructors and imports.
    """
    of_method = checks.expected_codes(entry("cdk_ivs.Channel.add_stream_key"))
    assert of_method >= {"Environment", "SecondStreamKey"}
    assert "Name" not in of_method
    assert checks.expected_codes(entry("cdk_ivs.Channel")) >= {
        "Name",
        "PresetWithoutType",
        "TagKey",
    }
    of_token = checks.expected_codes(entry("ivs_tokens.playback_token"))
    assert of_token >= {"Lifetime", "OriginCount", "TokenLength"}
    assert "PrivateKey" not in of_token
