"""The filters of rules beside the names of events: what they take, and what they refuse."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from aws_cdk import Fn, Stack
from aws_cdk.aws_events import Match

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs._monitoring.catalog.events import EVENT_TYPES, EventField, EventType, Text
from tests.monitoring.makers import rule_in
from tests.support.arns import arn
from tests.support.events import SAMPLES
from tests.support.oracles import resources_of
from tests.support.tokens import token

STAGE_ARN = arn("stage/ZyXwvu1T2sRq")
OWNERS = {"channel": ivs.Channel, "stage": ivs.Stage}
FIELDS = [
    pytest.param(kind, keyword, field, id=f"{kind.method}-{keyword}")
    for kind in EVENT_TYPES
    for keyword, field in kind.fields.items()
]
TEXTS = [
    pytest.param(kind, keyword, id=f"{kind.method}-{keyword}")
    for kind in EVENT_TYPES
    for keyword, field in kind.fields.items()
    if isinstance(field.values, Text)
]
# What the guides' samples say in them, and a value of each that they cannot say.
NAMED = {
    "ad_break_ids": ("hSi2o1WIVgij", "hSi2-o1WIVgij"),
    "channel_names": ("live_1-A", "Your Channel"),
    "destination_ids": ("2pBRKrNgX1ff", "2p*"),
    "error_codes": ("AccessDeniedException", "Access*"),
    "participant_ids": ("xYz1c2d3e4f", "arn:aws:ivs:us-west-2:123456789012:participant/x"),
    "recording_s3_bucket_names": ("amzn-s3.demo-bucket1", "amzn_s3"),
    "recording_s3_key_prefixes": ("ivs/v1/123456789012/AbCdef1G2hij/2020/6", "ivs/v1/*"),
    "recording_session_ids": ("a6RfV23ES97iyfoQ", "a6*"),
    "session_ids": ("st-ZyXwvu1T2s", "ZyXwvu1T2s"),
    "stream_ids": ("st-1A2b3c4D5e6F78ghij9Klmn", "1A2b3c4D5e6F78ghij9Klmn"),
    "user_ids": ("guest 42: J\u00f6rg", "guest-*"),
}
# An asterisk itself, as Python has it between quotes.
ESCAPED = r"\\*"
STREAM = "'st-' and letters and digits"
SAID = {
    "ad_break_ids": "letters and digits",
    "channel_names": "letters, digits, '-' and '_'",
    "participant_ids": "letters, digits, '-' and '_'",
    "recording_s3_bucket_names": "lower-case letters, digits, '-' and '.'",
    "session_ids": STREAM,
    "stream_ids": STREAM,
}


def make_all(stack: Stack, kind: EventType, **arguments: Any) -> Any:
    """A rule for all events of a type."""
    return getattr(OWNERS[kind.kind], f"on_all_{kind.method}")(stack, "Rule", **arguments)


class TestTable:
    @pytest.mark.parametrize(("kind", "keyword", "field"), FIELDS)
    def test_is_what_the_samples_have(
        self, kind: EventType, keyword: str, field: EventField
    ) -> None:
        """
        A field is in the samples of the events that are said to have it, and in no other.
        """
        samples = [
            event["detail"]
            for event in SAMPLES.values()
            if event["detail-type"] == kind.detail_type
            and not str(event["detail"][kind.field]).startswith("Concurrent")
        ]
        having = {detail[kind.field] for detail in samples if field.name in detail}
        assert having == {*map(str, field.events)} or (
            not field.events and having == {detail[kind.field] for detail in samples}
        )

    def test_names_keywords_as_the_fields(self) -> None:
        """
        A keyword is the plural of its field, but for that of destinations, which is ``id``.
        """
        plurals = {
            keyword: field.name
            for kind in EVENT_TYPES
            for keyword, field in kind.fields.items()
            if keyword not in {f"{field.name}s", f"{field.name}es"}
        }
        assert plurals == {"destination_ids": "id", "replica": "replica"}

    @pytest.mark.parametrize("kind", EVENT_TYPES, ids=lambda kind: kind.method)
    def test_is_what_the_methods_take(self, kind: EventType) -> None:
        """
        All the filters are keywords of the rule for all; those of the resource not of that for one.
        """
        owner = OWNERS[kind.kind]
        of_all = inspect.signature(getattr(owner, f"on_all_{kind.method}")).parameters
        of_one = inspect.signature(getattr(owner, f"on_{kind.method}")).parameters
        usual = {"self", "id", "target", "event_names", "options"}
        assert set(of_all) == {*usual, "scope", f"{kind.kind}s", *kind.fields} - {"self"}
        assert set(of_one) == usual | {
            keyword for keyword, field in kind.fields.items() if not field.of_resource
        }
        assert list(of_all)[4:-1] == sorted(list(of_all)[4:-1])

    def test_is_the_same_for_monitoring_classes(self) -> None:
        """
        What L1s and alpha's constructs are looked at through has the same methods.
        """
        for monitoring, kind in (
            (ivs.ChannelMonitoring, ivs.Channel),
            (ivs.StageMonitoring, ivs.Stage),
        ):
            names = {name for name in dir(kind) if name.startswith("on_")}
            assert len(names) > 6
            assert {name for name in dir(monitoring) if name.startswith("on_")} == names


class TestTexts:
    @pytest.mark.parametrize(("kind", "keyword"), TEXTS)
    def test_are_matched_in_their_field(self, stack: Stack, kind: EventType, keyword: str) -> None:
        """
        What an event can say is taken, alone or among others, in a list or a tuple.
        """
        value, _ = NAMED[keyword]
        make_all(stack, kind, **{keyword: (value, value)})
        assert rule_in(stack)["EventPattern"]["detail"][kind.fields[keyword].name] == [value, value]

    @pytest.mark.parametrize(("kind", "keyword"), TEXTS)
    def test_that_no_event_says_are_refused(
        self, stack: Stack, kind: EventType, keyword: str
    ) -> None:
        """
        What no event can say is refused, since nothing would match.
        """
        value, wrong = NAMED[keyword]
        with pytest.raises(ValidationError) as error:
            make_all(stack, kind, **{keyword: [value, wrong]})
        assert error.value.message == (
            f"'{keyword}' must contain only {SAID[keyword]}, as the events do, got '{wrong}': "
            "nothing would match"
            if keyword in SAID
            else f"'{keyword}' matches plain text exactly, got '{wrong}'; use "
            f"aws_events.Match.wildcard('{wrong}'), or "
            f"Match.wildcard('{wrong.replace('*', ESCAPED)}') for an asterisk itself"
        )
        assert (error.value.code, error.value.path) == ("FilterValue", "Stack/Rule")
        assert resources_of(stack, "AWS::Events::Rule") == {}

    @pytest.mark.parametrize(
        ("keyword", "value", "message"),
        [
            pytest.param(
                "user_ids",
                "guest-*",
                r"got 'guest-*'; use aws_events.Match.wildcard('guest-*'), or "
                r"Match.wildcard('guest-\\*') for an asterisk itself",
                id="a wildcard",
            ),
            pytest.param(
                "user_ids",
                r"a\*b**",
                r"got 'a\\*b**'; use aws_events.Match.wildcard('a*b*'), or "
                r"Match.wildcard('a\\*b\\*\\*') for an asterisk itself",
                id="escaped and doubled",
            ),
            pytest.param(
                "session_ids",
                "st-1*",
                "got 'st-1*'; use aws_events.Match.wildcard('st-1*')",
                id="a field without asterisks",
            ),
            pytest.param(
                "user_ids",
                "sk_us-west-2_" + "AbCd1234EfGh5678" + "*",
                r"got a string of 30 characters that may contain a key; use "
                r"aws_events.Match.wildcard('a*'), or Match.wildcard('a\\*') for an asterisk "
                r"itself",
                id="a key",
            ),
        ],
    )
    def test_with_an_asterisk_are_refused(
        self, stack: Stack, keyword: str, value: str, message: str
    ) -> None:
        """
        A plain value is no wildcard, and the message has what to copy for each thing it may mean.
        """
        with pytest.raises(ValidationError) as error:
            ivs.Stage.on_all_stage_update(stack, "Rule", **{keyword: [value]})
        assert error.value.message == f"'{keyword}' matches plain text exactly, {message}"
        assert (error.value.code, error.value.path) == ("FilterValue", "Stack/Rule")

    @pytest.mark.parametrize(("kind", "keyword"), TEXTS)
    def test_may_be_tokens(self, stack: Stack, kind: EventType, keyword: str) -> None:
        """
        What is known at deployment passes, also where it is a part of the value.
        """
        make_all(stack, kind, **{keyword: [token("One"), f"{token('Two')}a"]})
        assert rule_in(stack)["EventPattern"]["detail"][kind.fields[keyword].name] == [
            {"Ref": "One"},
            {"Fn::Join": ["", [{"Ref": "Two"}, "a"]]},
        ]

    @pytest.mark.parametrize(("kind", "keyword"), TEXTS)
    def test_may_be_a_token(self, stack: Stack, kind: EventType, keyword: str) -> None:
        """
        So do values of which the number is known at deployment.
        """
        make_all(stack, kind, **{keyword: Fn.split(",", token("Names"))})
        assert rule_in(stack)["EventPattern"]["detail"][kind.fields[keyword].name] == {
            "Fn::Split": [",", {"Ref": "Names"}]
        }

    @pytest.mark.parametrize("keyword", ["user_ids", "session_ids"])
    def test_are_no_list_that_is_a_token_and_more(self, stack: Stack, keyword: str) -> None:
        """
        To a list that is known at deployment nothing can be added.
        """
        values = Fn.split(",", token("Names"))
        with pytest.raises(ValidationError) as error:
            ivs.Stage.on_all_stage_update(stack, "Rule", **{keyword: [*values, token("One")]})
        assert str(error.value) == (
            f"'{keyword}' must be a list that is known at deployment or a list of values, got "
            "both in one list: CloudFormation cannot add values to the first; create two rules "
            "[cdk-ivs:ListToken at 'Stack/Rule']"
        )

    @pytest.mark.parametrize(
        ("values", "rendered"),
        [
            pytest.param(lambda: Match.prefix("a*"), [{"prefix": "a*"}], id="prefix"),
            pytest.param(lambda: Match.suffix("a b"), [{"suffix": "a b"}], id="suffix"),
            pytest.param(lambda: Match.wildcard("a*b"), [{"wildcard": "a*b"}], id="wildcard"),
            pytest.param(
                lambda: Match.equals_ignore_case("A"), [{"equals-ignore-case": "A"}], id="any case"
            ),
            pytest.param(
                lambda: Match.anything_but("a", "b"), [{"anything-but": ["a", "b"]}], id="but"
            ),
            pytest.param(
                lambda: Match.anything_but_prefix("a"),
                [{"anything-but": {"prefix": "a"}}],
                id="but a prefix",
            ),
            pytest.param(Match.does_not_exist, [{"exists": False}], id="exists not"),
            pytest.param(
                lambda: Match.any_of("st-1", Match.prefix("a"), Match.suffix("b")),
                ["st-1", {"prefix": "a"}, {"suffix": "b"}],
                id="any of",
            ),
            pytest.param(
                lambda: ["st-1", *Match.prefix("a")], ["st-1", {"prefix": "a"}], id="a list"
            ),
        ],
    )
    @pytest.mark.parametrize(
        ("keyword", "field"), [("user_ids", "user_id"), ("session_ids", "session_id")]
    )
    def test_have_the_forms_of_the_cdk(
        self, stack: Stack, keyword: str, field: str, values: Any, rendered: list[Any]
    ) -> None:
        """
        What aws_events.Match makes is taken as a value is, whatever the field holds.
        """
        ivs.Stage.on_all_stage_update(stack, "Rule", **{keyword: values()})
        assert rule_in(stack)["EventPattern"]["detail"] == {field: rendered}

    @pytest.mark.parametrize(
        ("values", "message"),
        [
            pytest.param(
                "guest",
                "'user_ids' must be Sequence[str], got 'guest' of type 'str'; put it into a list",
                id="a text",
            ),
            pytest.param(
                [5], "'user_ids' must be Sequence[str], got [5] of type 'list'", id="a number"
            ),
            pytest.param(
                {"guest"}, "'user_ids' must be Sequence[str], got {'guest'} of type 'set'", id="set"
            ),
            pytest.param(
                {"prefix": "guest-"},
                "'user_ids' must be Sequence[str], got {'prefix': 'guest-'} of type 'dict'; use "
                "a method of aws_events.Match, such as user_ids=Match.prefix('a'), which gives "
                "a list, and Match.any_of() for several",
                id="an operator",
            ),
            pytest.param(
                [{"prefix": "guest-"}],
                "'user_ids' must be Sequence[str], got [{'prefix': 'guest-'}] of type 'list'; "
                "use a method of aws_events.Match, such as user_ids=Match.prefix('a'), which "
                "gives a list, and Match.any_of() for several",
                id="a pattern",
            ),
            pytest.param(
                [["guest"]],
                "'user_ids' must be Sequence[str], got [['guest']] of type 'list'; use a method "
                "of aws_events.Match, such as user_ids=Match.prefix('a'), which gives a list, "
                "and Match.any_of() for several",
                id="a list in a list",
            ),
            pytest.param(
                [],
                "'user_ids' must have at least one value, got none; leave it out to match all",
                id="none",
            ),
        ],
    )
    def test_of_other_types_are_refused(self, stack: Stack, values: Any, message: str) -> None:
        """
        What is no list of text is refused, with what to write instead.
        """
        with pytest.raises(ValidationError) as error:
            ivs.Stage.on_all_stage_update(stack, "Rule", user_ids=values)
        assert error.value.message == message
        assert stack.node.children == []

    def test_of_one_resource_are_checked_alike(self, stack: Stack) -> None:
        """
        The rule of one stage refuses the same, at its own path.
        """
        stage = ivs.Stage.from_stage_arn(stack, "Stage", STAGE_ARN)
        with pytest.raises(ValidationError) as error:
            stage.on_stage_update("Rule", user_ids=["guest-*"])
        assert (error.value.code, error.value.path) == ("FilterValue", "Stack/Stage/Rule")

    def test_that_may_be_keys_are_not_shown(self, stack: Stack) -> None:
        """
        A stream key in the place of a stream is refused without its value.
        """
        key = "sk_us-west-2_" + "AbCd1234EfGh5678"
        with pytest.raises(ValidationError) as error:
            ivs.Channel.on_all_ad_break(stack, "Rule", stream_ids=[key])
        assert key not in str(error.value)


class TestReplica:
    @pytest.mark.parametrize("value", [True, False])
    def test_is_a_boolean_of_the_pattern(self, stack: Stack, value: bool) -> None:
        """
        A boolean stays one, as the events have it.
        """
        ivs.Stage.on_all_stage_update(stack, "Rule", replica=value)
        assert rule_in(stack)["EventPattern"]["detail"] == {"replica": [value]}

    @pytest.mark.parametrize("value", ["true", 1, [True]])
    def test_is_nothing_else(self, stack: Stack, value: Any) -> None:
        """
        A text would match nothing.
        """
        with pytest.raises(TypeError, match="'replica' must be bool, got "):
            ivs.Stage.on_all_stage_update(stack, "Rule", replica=value)
