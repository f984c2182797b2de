"""The filters of rules beside the names of events: what they take, and what they refuse."""

from __future__ import annotations

import inspect
from typing import Any

import jsii
import pytest
from aws_cdk import App, Environment, Fn, IStableStringProducer, Lazy, Stack
from aws_cdk.aws_events import Match

import cdk_ivs as ivs
from benchmarks.messages import sent_messages
from cdk_ivs import ValidationError, chat
from cdk_ivs._monitoring import rules as events
from cdk_ivs._monitoring.catalog.events import EVENT_TYPES, EventField, EventType, Text
from tests.monitoring.makers import rule_in
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.events import SAMPLES
from tests.support.oracles import resources_of
from tests.support.tokens import token

CHANNEL_ARN = arn("channel/AbCdef1G2hij")
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


@jsii.implements(IStableStringProducer)
class Value:
    """A value that is known when the template is made."""

    def __init__(self, value: str) -> None:
        self._value = value

    def produce(self) -> str:
        """The value."""
        return self._value


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

    def test_is_the_same_for_facades(self) -> None:
        """
        What L1s and alpha's constructs are looked at through has the same methods.
        """
        for facade, kind in (
            (ivs.ChannelMonitoring, ivs.Channel),
            (ivs.StageMonitoring, ivs.Stage),
        ):
            names = {name for name in dir(kind) if name.startswith("on_")}
            assert len(names) > 6
            assert {name for name in dir(facade) if name.startswith("on_")} == names


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
            f"'{keyword}' must be made of {SAID[keyword]}, as the events have it, got '{wrong}': "
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
                r"got a text of 30 characters that may hold a key; use aws_events.Match."
                r"wildcard('a*'), or Match.wildcard('a\\*') for an asterisk itself",
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
        make_all(stack, kind, **{keyword: [token("One"), f"{token('Two')}*"]})
        assert rule_in(stack)["EventPattern"]["detail"][kind.fields[keyword].name] == [
            {"Ref": "One"},
            {"Fn::Join": ["", [{"Ref": "Two"}, "*"]]},
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
            f"'{keyword}' must be a list that is known at deployment or one that is written out, "
            "got one with both in it: CloudFormation cannot add to the first; create two rules "
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
                "'user_ids' must be Sequence[str], got {'prefix': 'guest-'} of type 'dict'; use a "
                "method of aws_events.Match, as user_ids=Match.prefix('a'), which gives a list, "
                "and Match.any_of() for several",
                id="an operator",
            ),
            pytest.param(
                [{"prefix": "guest-"}],
                "'user_ids' must be Sequence[str], got [{'prefix': 'guest-'}] of type 'list'; use "
                "a method of aws_events.Match, as user_ids=Match.prefix('a'), which gives a list, "
                "and Match.any_of() for several",
                id="a pattern",
            ),
            pytest.param(
                [["guest"]],
                "'user_ids' must be Sequence[str], got [['guest']] of type 'list'; use a method of "
                "aws_events.Match, as user_ids=Match.prefix('a'), which gives a list, and "
                "Match.any_of() for several",
                id="a list in a list",
            ),
            pytest.param(
                [],
                "'user_ids' must be at least one value, got none; leave it out to match all",
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


def refused_at_synthesis(stack: Stack) -> str:
    """What the synthesis of a stack fails with."""
    with pytest.raises(RuntimeError) as error:
        resources_of(stack, "AWS::Events::Rule")
    return str(error.value)


class TestTokens:
    """What is known at synthesis only, as an operator of aws_events.Match."""

    @pytest.mark.parametrize(
        ("values", "shown"),
        [
            pytest.param(lambda: Match.interval(1, 2), "{'numeric': ['>=', 1, '<=', 2]}", id="in"),
            pytest.param(lambda: Match.greater_than(60), "{'numeric': ['>', 60]}", id="greater"),
            pytest.param(
                lambda: ["a", *Match.equal(3)], "{'numeric': ['=', 3]}", id="beside a text"
            ),
            pytest.param(
                lambda: Match.any_of(Match.prefix("a"), Match.cidr("10.0.0.0/8")),
                "{'cidr': '10.0.0.0/8'}",
                id="among others",
            ),
        ],
    )
    def test_that_match_no_text_are_refused(self, stack: Stack, values: Any, shown: str) -> None:
        """
        EventBridge compares numbers and addresses with no text, so that nothing would match.
        """
        rule = ivs.Stage.on_all_stage_update(stack, "Rule", user_ids=values())
        assert (
            f"'user_ids' must be matched as text, as the events have it, got {shown}: nothing "
            "would match; use another method of aws_events.Match [cdk-ivs:FilterValue at "
            "'Stack/Rule']"
        ) in refused_at_synthesis(stack)
        # What left the tree is looked at no more.
        assert stack.node.try_remove_child(rule.node.id)
        assert resources_of(stack, "AWS::Events::Rule") == {}

    def test_of_one_resource_are_looked_at(self, stack: Stack) -> None:
        """
        So are those of the rule of one stage.
        """
        stage = ivs.Stage.from_stage_arn(stack, "Stage", STAGE_ARN)
        stage.on_stage_update("Rule", session_ids=Match.less_than(5))
        assert "'session_ids' must be matched as text" in refused_at_synthesis(stack)

    def test_that_no_event_says_are_refused(self, stack: Stack) -> None:
        """
        A value that is known late is checked as one that is known early.
        """
        lazy = [Lazy.string(Value("ZyXwvu1T2s")), Lazy.string(Value("st-1"))]
        ivs.Stage.on_all_stage_update(stack, "Rule", session_ids=lazy)
        assert (
            f"'session_ids' must be made of {STREAM}, as the events have it, got 'ZyXwvu1T2s': "
            "nothing would match [cdk-ivs:FilterValue at 'Stack/Rule']"
        ) in refused_at_synthesis(stack)

    def test_that_the_cdk_refuses_have_its_error(self, stack: Stack) -> None:
        """
        What cannot be resolved is for the CDK to explain.
        """
        ivs.Stage.on_all_stage_update(stack, "Rule", user_ids=Match.all_of(["a"], ["b"]))
        assert "Only numeric matchers can be merged" in refused_at_synthesis(stack)


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


class TestFieldsThatEventsLack:
    @pytest.mark.parametrize(
        ("make", "message"),
        [
            pytest.param(
                lambda stack: ivs.Stage.on_all_participant_recording_state_change(
                    stack, "Rule", user_ids=["guest"]
                ),
                "'user_ids' is not a filter of IVS Participant Recording State Change events, "
                "which never have the field 'user_id' (filters here: error_codes, participant_ids, "
                "recording_s3_bucket_names, recording_s3_key_prefixes, session_ids); leave "
                "it out (events of Stage.on_all_stage_update() have it)",
                id="users of recordings",
            ),
            pytest.param(
                lambda stack: ivs.Stage.from_stage_arn(
                    stack, "Stage", STAGE_ARN
                ).on_composition_state_change("Rule", participant_ids=["p"]),
                "'participant_ids' is not a filter of IVS Composition State Change events, "
                "which never have the field 'participant_id' (filters here: destination_ids, "
                "error_codes); leave it out (events of Stage.on_all_stage_update() or "
                "Stage.on_all_participant_recording_state_change() have it)",
                id="participants of a composition",
            ),
            pytest.param(
                lambda stack: ivs.Channel.on_concurrent_limit_breach(
                    stack, "Rule", channel_names=["one"]
                ),
                "'channel_names' is not a filter of IVS Limit Breach events, not all of which have "
                "the field 'channel_name' (filters here: none); use Channel.on_all_limit_breach()",
                id="channels of the account",
            ),
            pytest.param(
                lambda stack: ivs.Channel.from_channel_arn(
                    stack, "Channel", CHANNEL_ARN
                ).on_ad_break("Rule", channel_names=["one"]),
                "'channel_names' is not a filter of a rule for one channel, which is matched by "
                "its ARN; use Channel.on_all_ad_break()",
                id="names of one channel",
            ),
            pytest.param(
                lambda stack: ivs.Channel.on_any_event(stack, "Rule", ad_break_ids=["a"]),
                "'ad_break_ids' is not a filter of events of every type, not all of which have the "
                "field 'ad_break_id' (filters here: none); use Channel.on_all_ad_break()",
                id="any event",
            ),
            pytest.param(
                lambda stack: chat.Room.on_any_event(stack, "Rule", replica=True),
                "'replica' is not a filter of calls of the API, not all of which have the field "
                "'replica' (filters here: none); use Stage.on_all_stage_update()",
                id="calls of chat",
            ),
        ],
    )
    def test_are_refused(self, stack: Stack, make: Any, message: str) -> None:
        """
        A filter that the events do not carry is refused, with the rule for these that has it.
        """
        with pytest.raises(TypeError) as error:
            make(stack)
        assert isinstance(error.value, ValidationError)
        assert error.value.message == message
        assert str(error.value.path).endswith("Rule")
        assert resources_of(stack, "AWS::Events::Rule") == {}

    @pytest.mark.parametrize(
        ("make", "keyword", "names", "having"),
        [
            pytest.param(
                ivs.Stage.on_all_stage_update,
                {"replica": True},
                [ivs.StageUpdateEvent.TOKEN_EXCHANGED],
                "Participant Published, Participant Unpublished, Participant Publish Error",
                id="replica",
            ),
            pytest.param(
                ivs.Stage.on_all_composition_state_change,
                {"destination_ids": ["one"]},
                [ivs.CompositionStateEvent.SESSION_START],
                "Destination Start, Destination End, Destination Failure, Destination Reconnecting",
                id="destinations",
            ),
            pytest.param(
                ivs.Stage.on_all_composition_state_change,
                {"error_codes": ["one"]},
                [ivs.CompositionStateEvent.DESTINATION_START],
                "Session Failure, Destination Failure",
                id="errors of compositions",
            ),
            pytest.param(
                ivs.Stage.on_all_participant_recording_state_change,
                {"error_codes": Match.prefix("one")},
                [ivs.RecordingStatus.RECORDING_END],
                "Recording Start Failure, Recording End Failure",
                id="errors of recordings",
            ),
            pytest.param(
                ivs.Channel.on_all_stream_state_change,
                {"codes": ["MultitrackInputRequired"]},
                [ivs.StreamStateEvent.STREAM_START],
                "Session Ended, Stream Takeover Failure",
                id="codes",
            ),
        ],
    )
    def test_of_the_named_events_are_refused(
        self, stack: Stack, make: Any, keyword: dict[str, Any], names: list[Any], having: str
    ) -> None:
        """
        So is one that none of the named events has; without names, or with a right one, it is not.
        """
        ((name, _),) = keyword.items()
        with pytest.raises(ValidationError) as error:
            make(stack, "Rule", event_names=names, **keyword)
        assert error.value.code == "FieldOfEvent"
        assert error.value.message == (
            f"'{name}' must go with 'event_names' that have it, got event_names=[{names[0]}]: "
            f"nothing would match; leave '{name}' out, or name one of the events that have it: "
            f"{having}"
        )
        make(stack, "Any", **keyword)
        make(stack, "Token", event_names=[token()], **keyword)
        make(stack, "Both", event_names=[*names, having.split(", ", maxsplit=1)[0]], **keyword)
        assert len(resources_of(stack, "AWS::Events::Rule")) == 3

    @pytest.mark.parametrize("value", [None, []])
    def test_are_refused_whatever_they_are(self, stack: Stack, value: Any) -> None:
        """
        A keyword that there is not is refused for its name.
        """
        with pytest.raises(TypeError, match="'user_ids' is not a filter of "):
            ivs.Stage.on_all_composition_state_change(stack, "Rule", user_ids=value)

    @pytest.mark.parametrize("keyword", ["channels", "stages", "s"])
    @pytest.mark.parametrize("value", [[], None])
    def test_of_the_account_are_no_resources(self, stack: Stack, keyword: str, value: Any) -> None:
        """
        The limits of the account are about none: a list of some is refused, and not forgotten.
        """
        with pytest.raises(TypeError, match=f"there is no option '{keyword}'"):
            ivs.Channel.on_concurrent_limit_breach(stack, "Rule", **{keyword: value})

    def test_that_nothing_has_are_no_options(self, stack: Stack) -> None:
        """
        A misspelt filter is refused with the nearest one.
        """
        with pytest.raises(TypeError, match="no option 'user_id'; the nearest is 'user_ids'"):
            ivs.Stage.on_all_stage_update(stack, "Rule", user_id=["guest"])


class TestResources:
    @pytest.mark.parametrize(
        ("channels", "message"),
        [
            pytest.param(
                lambda channel: channel,
                "'channels' must be Sequence[IChannelRef], got an object of type 'Channel'; put it "
                "into a list",
                id="no list",
            ),
            pytest.param(
                lambda _: CHANNEL_ARN,
                f"'channels' must be Sequence[IChannelRef], got '{CHANNEL_ARN}' of type 'str'",
                id="an ARN",
            ),
            pytest.param(
                lambda _: [CHANNEL_ARN],
                f"'channels' must be IChannelRef, got '{CHANNEL_ARN}' of type 'str'; use "
                f"Channel.from_channel_arn(self, \"\u2026\", '{CHANNEL_ARN}')",
                id="a list of an ARN",
            ),
            pytest.param(
                lambda _: [],
                "'channels' must be at least one channel, got none; leave it out to match all",
                id="none",
            ),
        ],
    )
    def test_of_other_types_are_refused(self, stack: Stack, channels: Any, message: str) -> None:
        """
        Channels are given as constructs, in a list.
        """
        given = channels(ivs.Channel(stack, "Channel"))
        with pytest.raises(ValidationError) as error:
            ivs.Channel.on_all_ad_break(stack, "Rule", channels=given)
        assert error.value.message == message
        assert error.value.path == "Stack/Rule"
        assert stack.node.try_find_child("Rule") is None

    def test_must_be_in_the_region_of_the_rule(self, located_stack: Stack) -> None:
        """
        A rule sees the events of its own Region, so a stage of another one is refused.
        """
        far = ivs.Stage.from_stage_arn(
            located_stack, "Far", arn("stage/ZyXwvu1T2sRq", region="eu-west-1")
        )
        near = ivs.Stage.from_stage_arn(located_stack, "Near", STAGE_ARN)
        with pytest.raises(ValidationError) as error:
            ivs.Stage.on_all_composition_state_change(located_stack, "Rule", stages=[near, far])
        assert error.value.message == (
            "'stages' must be in the Region of the stack, us-west-2, got one in eu-west-1"
        )

    def test_may_be_in_the_region_of_another_scope(self, app: App, located_stack: Stack) -> None:
        """
        The scope that counts is the one in which the rule is made.
        """
        there = Stack(app, "There", env=Environment(account=ACCOUNT, region="eu-west-1"))
        far = ivs.Stage.from_stage_arn(
            located_stack, "Far", arn("stage/ZyXwvu1T2sRq", region="eu-west-1")
        )
        rule = ivs.Stage.on_all_stage_update(
            located_stack, "Rule", cross_stack_scope=there, stages=[far]
        )
        assert rule.node.path == "There/Rule"


class TestSize:
    @pytest.mark.parametrize(("amount", "warned"), [(178, False), (179, True)])
    def test_of_the_pattern_is_a_warning(self, stack: Stack, amount: int, warned: bool) -> None:
        """
        A pattern of more characters than the default quota is warned about.
        """
        ivs.Stage.on_all_stage_update(
            stack, "Rule", user_ids=[f"user{number:04}" for number in range(amount)]
        )
        size = len('{"source":["aws.ivs"],"detail_type":["IVS Stage Update"],"detail":')
        size += len('{"user_id":[]}}') + 11 * amount - 1
        expected = (
            f"the event pattern of this rule has about {size} characters, more than the default "
            "quota of 2048: ask for a higher one in Service Quotas, match with fewer values, as by "
            "aws_events.Match.prefix(), or create several rules [ack: cdk-ivs:eventPatternSize]"
        )
        assert warnings_of(stack) == ([("/Stack/Rule", expected)] if warned else [])
        assert (size > 2048) is warned

    def test_that_is_the_quota_is_none(self, stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        The quota itself is not exceeded, and one more character is.
        """
        pattern = '{"source":["aws.ivs"]}'
        monkeypatch.setattr(events, "_PATTERN_LENGTH", len(pattern))
        ivs.Stage.on_any_event(stack, "Quota")
        assert warnings_of(stack) == []
        monkeypatch.setattr(events, "_PATTERN_LENGTH", len(pattern) - 1)
        ivs.Stage.on_any_event(stack, "More")
        assert [path for path, _ in warnings_of(stack)] == ["/Stack/More"]


class TestMessages:
    """How many messages to JavaScript the rules take."""

    @staticmethod
    def count(make: Any) -> int:
        """The messages of a call."""
        with sent_messages() as messages:
            make()
        return len(messages)

    def test_of_all_are_those_of_the_rule(self, stack: Stack) -> None:
        """
        A rule of the account takes one message, with filters or without.
        """
        ivs.Stage.on_all_stage_update(stack, "First")
        assert self.count(lambda: ivs.Stage.on_all_stage_update(stack, "None")) == 1
        assert (
            self.count(
                lambda: ivs.Stage.on_all_stage_update(
                    stack,
                    "All",
                    event_names=[ivs.StageUpdateEvent.PARTICIPANT_PUBLISHED],
                    participant_ids=["a", "b"],
                    replica=False,
                    session_ids=["st-a"],
                    user_ids=["guest", "host"],
                )
            )
            == 1
        )
        assert self.count(lambda: ivs.Channel.on_any_event(stack, "Any")) == 1
        assert self.count(lambda: chat.Room.on_any_event(stack, "Calls")) == 1

    def test_of_filters_by_match_are_one_more(self, stack: Stack) -> None:
        """
        A prefix takes one message to be made, and one where the field has a form to be asked about.
        The first one in an app takes three for what looks at all of them at synthesis.
        """
        ivs.Stage.on_all_stage_update(stack, "First")
        assert (
            self.count(
                lambda: ivs.Stage.on_all_stage_update(stack, "Prefix", user_ids=Match.prefix("a"))
            )
            == 5
        )
        assert (
            self.count(
                lambda: ivs.Stage.on_all_stage_update(stack, "A", user_ids=Match.prefix("a"))
            )
            == 2
        )
        assert (
            self.count(
                lambda: ivs.Stage.on_all_stage_update(stack, "B", session_ids=Match.prefix("a"))
            )
            == 3
        )

    def test_of_resources_are_those_of_their_arns(self, located_stack: Stack) -> None:
        """
        Channels of this library, made or known by their ARN, take none once the ARN is known.
        """
        channels = [
            ivs.Channel(located_stack, "Own"),
            ivs.Channel.from_channel_arn(located_stack, "Reference", CHANNEL_ARN),
        ]
        assert channels[0].channel_arn
        ivs.Channel.on_all_ad_break(located_stack, "First")
        assert (
            self.count(
                lambda: ivs.Channel.on_all_ad_break(located_stack, "Rule", channels=channels)
            )
            == 1
        )
        assert REGION == "us-west-2"
