"""Which events match which rules: all samples of the documentation against rules of all kinds."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk.aws_ivs import CfnChannel, CfnStage

import cdk_ivs as ivs
from tests.monitoring.expected_rules import (
    CHANNEL_METHODS,
    EXPECTED,
    EXPECTED_OF_THE_ACCOUNT,
    NEVER,
    RULES,
    STAGE_METHODS,
)
from tests.monitoring.matching import matches, matching, patterns_of
from tests.support.arns import arn
from tests.support.events import (
    ACCOUNT_EVENTS,
    CHANNEL,
    COMPOSITION,
    FOREIGN,
    LIMIT_BREACH,
    OTHER_CHANNEL,
    OTHER_SAMPLES,
    OTHER_STAGE,
    RECORDING_STATE,
    SAMPLES,
    STAGE,
)
from tests.support.tokens import token


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The patterns of all rules, made in one app of two channels and two stages."""
    app = App(outdir=str(tmp_path_factory.mktemp("rules")), analytics_reporting=False)
    stack = Stack(app, "Stack")
    owners: dict[str, Any] = {
        "account": ivs.Channel,
        "channel": ivs.Channel(stack, "Channel"),
        "other channel": ivs.Channel(stack, "OtherChannel"),
        "other stage": ivs.Stage(stack, "OtherStage"),
        "stage": ivs.Stage(stack, "Stage"),
    }
    rules = {}
    for name, (owner, method, arguments) in RULES.items():
        scope = (stack,) if owner == "account" else ()
        id = name.title().replace(" ", "")
        rules[name] = getattr(owners[owner], method)(*scope, id, **arguments)
    arns = {
        "channel": CHANNEL,
        "other channel": OTHER_CHANNEL,
        "other stage": OTHER_STAGE,
        "stage": STAGE,
    }
    values = {
        f"{stack.get_logical_id(owners[name].node.default_child)}.Arn": value
        for name, value in arns.items()
    }
    return patterns_of(stack, rules, values)


class TestMatrix:
    @pytest.mark.parametrize("sample", EXPECTED)
    def test_of_the_resource(self, patterns: dict[str, dict[str, Any]], sample: str) -> None:
        """
        An event matches the rules of its type, name, code and resource, and no other.
        """
        assert matching(patterns, SAMPLES[sample]) == EXPECTED[sample][0]

    @pytest.mark.parametrize("sample", EXPECTED)
    def test_of_another_resource(self, patterns: dict[str, dict[str, Any]], sample: str) -> None:
        """
        The same event about another channel or stage matches the rules of that one alone.
        """
        assert matching(patterns, OTHER_SAMPLES[sample]) == EXPECTED[sample][1]

    @pytest.mark.parametrize("sample", EXPECTED_OF_THE_ACCOUNT)
    def test_of_the_account(self, patterns: dict[str, dict[str, Any]], sample: str) -> None:
        """
        An event about the account matches the rules of the account, and of no channel.
        """
        assert matching(patterns, SAMPLES[sample]) == EXPECTED_OF_THE_ACCOUNT[sample]

    @pytest.mark.parametrize("sample", FOREIGN)
    def test_of_others(self, patterns: dict[str, dict[str, Any]], sample: str) -> None:
        """
        An event of another source or type matches nothing, whatever it is about.
        """
        assert matching(patterns, FOREIGN[sample]) == set()

    def test_has_all_samples(self) -> None:
        """
        No sample is without an expectation, and none is expected that is not there.
        """
        assert {*EXPECTED, *EXPECTED_OF_THE_ACCOUNT} == set(SAMPLES)
        assert set(EXPECTED) == set(OTHER_SAMPLES)

    def test_has_an_event_for_each_rule(self) -> None:
        """
        Every rule is expected to match something, but for two that are there to match nothing.
        """
        matched = {
            name
            for expected in (*EXPECTED.values(), (*EXPECTED_OF_THE_ACCOUNT.values(),))
            for names in expected
            for name in names
        }
        assert set(RULES) - matched == NEVER

    def test_has_all_methods(self) -> None:
        """
        Rules are made by every method that there is, but for those of the account.
        """
        methods = {
            name
            for kind in (ivs.Channel, ivs.Stage, ivs.ChannelMonitoring, ivs.StageMonitoring)
            for name in dir(kind)
            if name.startswith("on_") and not name.startswith(("on_all_", "on_any_"))
        }
        assert {wanted.method for wanted in RULES.values()} == methods


class TestFields:
    def test_of_limits_is_limit_name(self, patterns: dict[str, dict[str, Any]]) -> None:
        """
        A limit is matched by its name in ``limit_name``, and not in ``limit``.

        The event schema of AWS says ``limit``: a rule for that matches no sample.
        """
        pattern = patterns["ingest bitrate"]
        assert pattern["detail"] == {"limit_name": ["Ingest Bitrate"]}
        wrong = {**pattern, "detail": {"limit": ["Ingest Bitrate"]}}
        assert matches(pattern, SAMPLES["ingest bitrate"])
        assert [name for name, sample in SAMPLES.items() if matches(wrong, sample)] == []

    def test_of_limits_of_the_account_is_limit_name(
        self, patterns: dict[str, dict[str, Any]]
    ) -> None:
        """
        So it is for the limits of the account, whose rule names no resource.
        """
        assert patterns["concurrent limits"] == {
            "source": ["aws.ivs"],
            "detail-type": [LIMIT_BREACH],
            "detail": {"limit_name": ["Concurrent Broadcasts", "Concurrent Viewers"]},
        }

    def test_of_limits_of_the_account_need_no_resource(
        self, patterns: dict[str, dict[str, Any]]
    ) -> None:
        """
        A rule that named a channel would miss the limits of the account.
        """
        wrong = {**patterns["concurrent limits"], "resources": [CHANNEL]}
        assert [name for name, sample in ACCOUNT_EVENTS.items() if matches(wrong, sample)] == []

    def test_of_recordings_is_recording_status(self, patterns: dict[str, dict[str, Any]]) -> None:
        """
        A recording is matched in ``recording_status``: its events have no ``event_name``.
        """
        pattern = patterns["recording end"]
        assert pattern == {
            "source": ["aws.ivs"],
            "detail-type": [RECORDING_STATE],
            "resources": [CHANNEL],
            "detail": {"recording_status": ["Recording End"]},
        }
        wrong = {**pattern, "detail": {"event_name": ["Recording End"]}}
        assert [name for name, sample in SAMPLES.items() if matches(wrong, sample)] == []

    def test_of_compositions_is_stage_arn(self, patterns: dict[str, dict[str, Any]]) -> None:
        """
        The stage of a composition is matched in the detail: the resource is the composition.
        """
        assert patterns["composition"] == {
            "source": ["aws.ivs"],
            "detail-type": ["IVS Composition State Change"],
            "detail": {"stage_arn": [STAGE]},
        }
        assert SAMPLES["composition start"]["resources"] == [COMPOSITION]

    @pytest.mark.parametrize(
        "name",
        ["state", "health", "recording", "limits", "ads", "update", "participant recording"],
    )
    def test_without_names_are_none(self, patterns: dict[str, dict[str, Any]], name: str) -> None:
        """
        A rule without names matches all events of its type, and looks at no field.
        """
        assert "detail" not in patterns[name]


class TestChannelsOfAllKinds:
    @pytest.mark.parametrize(
        ("make", "reference"),
        [
            pytest.param(
                lambda stack: ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL),
                None,
                id="imported",
            ),
            pytest.param(
                lambda stack: ivs.Channel.from_channel_arn(stack, "Channel", token("Channel")),
                "Channel",
                id="token",
            ),
            pytest.param(
                lambda stack: ivs.ChannelMonitoring.from_channel(CfnChannel(stack, "Channel")),
                "Channel",
                id="l1",
            ),
            pytest.param(
                lambda stack: ivs.ChannelMonitoring.from_channel(alpha.Channel(stack, "Channel")),
                "Channel4048F119.Arn",
                id="alpha",
            ),
            pytest.param(
                lambda stack: ivs.ChannelMonitoring.from_channel(ivs.Channel(stack, "Channel")),
                "Channel4048F119.Arn",
                id="monitoring",
            ),
        ],
    )
    def test_have_rules(self, stack: Stack, make, reference: str | None) -> None:
        """
        A channel that is had in another way has the same rules.
        """
        channel = make(stack)
        rules = {method: getattr(channel, method)(method) for method in CHANNEL_METHODS}
        patterns = patterns_of(stack, rules, {reference: CHANNEL} if reference else {})
        assert {
            method: {name for name, sample in SAMPLES.items() if matches(pattern, sample)}
            for method, pattern in patterns.items()
        } == CHANNEL_METHODS


class TestStagesOfAllKinds:
    @pytest.mark.parametrize(
        ("make", "reference"),
        [
            pytest.param(
                lambda stack: ivs.Stage.from_stage_arn(stack, "Stage", STAGE), None, id="imported"
            ),
            pytest.param(
                lambda stack: ivs.Stage.from_stage_arn(stack, "Stage", token("Stage")),
                "Stage",
                id="token",
            ),
            pytest.param(
                lambda stack: ivs.StageMonitoring.from_stage(CfnStage(stack, "Stage")),
                "Stage",
                id="l1",
            ),
            pytest.param(
                lambda stack: ivs.StageMonitoring.from_stage(ivs.Stage(stack, "Stage")),
                "Stage0E8C2AF5.Arn",
                id="monitoring",
            ),
        ],
    )
    def test_have_rules(self, stack: Stack, make, reference: str | None) -> None:
        """
        A stage that is had in another way has the same rules.
        """
        stage = make(stack)
        rules = {method: getattr(stage, method)(method) for method in STAGE_METHODS}
        patterns = patterns_of(stack, rules, {reference: STAGE} if reference else {})
        assert {
            method: {name for name, sample in SAMPLES.items() if matches(pattern, sample)}
            for method, pattern in patterns.items()
        } == STAGE_METHODS


def test_a_reference_to_another_account_is_matched_as_it_is(stack: Stack) -> None:
    """
    In a stack that may be anywhere, the ARN of a reference is what events must name.
    """
    channel = ivs.Channel.from_channel_arn(stack, "Channel", arn("channel/a1", region="eu-west-1"))
    patterns = patterns_of(stack, {"state": channel.on_stream_state_change("State")}, {})
    assert patterns["state"]["resources"] == ["arn:aws:ivs:eu-west-1:123456789012:channel/a1"]
