"""Which events match the rules of the whole account: all samples against rules of all kinds."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk.aws_ivs import CfnChannel, CfnStage

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.monitoring.expected_all_rules import NOTHING, Wanted, rules
from tests.monitoring.expected_rules import RULES
from tests.monitoring.matching import matching, patterns_of
from tests.support.events import (
    CHANNEL,
    FOREIGN,
    OTHER_CHANNEL,
    OTHER_SAMPLES,
    OTHER_STAGE,
    SAMPLES,
    STAGE,
)

Patterns = dict[str, dict[str, Any]]
WANTED = rules()
ARNS = {
    "Channel": CHANNEL,
    "OtherChannel": OTHER_CHANNEL,
    "OtherStage": OTHER_STAGE,
    "Stage": STAGE,
}


def made(stack: Stack, wanted: dict[str, Wanted]) -> Patterns:
    """The patterns of the rules, which are made in a stack of two channels and two stages."""
    owners: dict[str, Any] = {
        "Channel": ivs.Channel(stack, "Channel"),
        "OtherChannel": ivs.Channel(stack, "OtherChannel"),
        "OtherStage": ivs.Stage(stack, "OtherStage"),
        "Stage": ivs.Stage(stack, "Stage"),
    }
    values = {
        f"{stack.get_logical_id(owner.node.default_child)}.Arn": ARNS[name]
        for name, owner in owners.items()
    }

    def given(keyword: str, value: Any) -> Any:
        return [owners[name] for name in value] if keyword in {"channels", "stages"} else value

    found = {
        name: getattr(rule.owner, rule.method)(
            stack, name, **{key: given(key, value) for key, value in rule.arguments.items()}
        )
        for name, rule in wanted.items()
    }
    return patterns_of(stack, found, values)


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> Patterns:
    """The patterns of all rules, made in one app."""
    app = App(outdir=str(tmp_path_factory.mktemp("rules")), analytics_reporting=False)
    return made(Stack(app, "Rules"), rules())


class TestMatrix:
    @pytest.mark.parametrize("sample", SAMPLES)
    def test_of_samples(self, patterns: Patterns, sample: str) -> None:
        """
        An event matches the rules of its type, name and fields, and no other.
        """
        assert matching(patterns, SAMPLES[sample]) == {
            name for name, wanted in WANTED.items() if sample in wanted.samples
        }

    @pytest.mark.parametrize("sample", OTHER_SAMPLES)
    def test_of_other_resources(self, patterns: Patterns, sample: str) -> None:
        """
        The event about another channel or stage matches the same, but for what is said of it.
        """
        assert matching(patterns, OTHER_SAMPLES[sample]) == {
            name for name, wanted in WANTED.items() if sample in wanted.others
        }

    @pytest.mark.parametrize("sample", FOREIGN)
    def test_of_others(self, patterns: Patterns, sample: str) -> None:
        """
        An event of another source or type matches the rules for any event of its source alone.
        """
        assert matching(patterns, FOREIGN[sample]) == {
            name for name, wanted in WANTED.items() if sample in wanted.foreign
        }

    def test_has_all_methods(self) -> None:
        """
        Rules are made by every method that there is for the account.
        """
        methods = {
            (kind.__name__, name)
            for kind in (ivs.Channel, ivs.Stage, chat.Room)
            for name in dir(kind)
            if name.startswith(("on_all_", "on_any_", "on_concurrent_"))
        }
        assert {(wanted.owner.__name__, wanted.method) for wanted in WANTED.values()} == methods

    def test_has_all_keywords(self) -> None:
        """
        Each filter of each method has a rule that it decides about.
        """
        filters = {
            (wanted.method, keyword)
            for wanted in WANTED.values()
            for keyword in wanted.arguments
            if keyword not in {"event_names", "channels", "stages"}
        }
        assert filters == {
            ("on_all_ad_break", "ad_break_ids"),
            ("on_all_ad_break", "channel_names"),
            ("on_all_ad_break", "stream_ids"),
            ("on_all_composition_state_change", "destination_ids"),
            ("on_all_composition_state_change", "error_codes"),
            ("on_all_limit_breach", "channel_names"),
            ("on_all_limit_breach", "stream_ids"),
            ("on_all_participant_recording_state_change", "error_codes"),
            ("on_all_participant_recording_state_change", "participant_ids"),
            ("on_all_participant_recording_state_change", "recording_s3_bucket_names"),
            ("on_all_participant_recording_state_change", "recording_s3_key_prefixes"),
            ("on_all_participant_recording_state_change", "session_ids"),
            ("on_all_recording_state_change", "channel_names"),
            ("on_all_recording_state_change", "recording_s3_bucket_names"),
            ("on_all_recording_state_change", "recording_s3_key_prefixes"),
            ("on_all_recording_state_change", "recording_session_ids"),
            ("on_all_recording_state_change", "stream_ids"),
            ("on_all_stage_update", "error_codes"),
            ("on_all_stage_update", "participant_ids"),
            ("on_all_stage_update", "replica"),
            ("on_all_stage_update", "session_ids"),
            ("on_all_stage_update", "user_ids"),
            ("on_all_stream_health_change", "channel_names"),
            ("on_all_stream_health_change", "stream_ids"),
            ("on_all_stream_state_change", "channel_names"),
            ("on_all_stream_state_change", "codes"),
            ("on_all_stream_state_change", "stream_ids"),
        }

    def test_has_an_all_method_for_each_of_one_resource(self) -> None:
        """
        What a channel or a stage has a rule for, all of them have one for.
        """
        single = {wanted.method for wanted in RULES.values()} - {"on_concurrent_limit_breach"}
        assert {wanted.method for wanted in WANTED.values()} == {
            *(method.replace("on_", "on_all_", 1) for method in single),
            "on_any_event",
            "on_concurrent_limit_breach",
        }


class TestPatterns:
    def test_of_all_users_of_a_kind(self, patterns: Patterns) -> None:
        """
        A filter by user is rendered as EventBridge has it, and names no stage.
        """
        assert patterns["UpdateOfGuests"] == {
            "source": ["aws.ivs"],
            "detail-type": ["IVS Stage Update"],
            "detail": {"user_id": [{"prefix": "guest-"}]},
        }

    def test_of_all_limits_leave_those_of_the_account_out(self, patterns: Patterns) -> None:
        """
        The limits of channels are named, as those of the account are of the same type.
        """
        assert patterns["Limits"]["detail"] == {
            "limit_name": ["Ingest Bitrate", "Ingest Resolution"]
        }

    def test_of_some_stages_find_their_compositions(self, patterns: Patterns) -> None:
        """
        The stage of a composition is matched in the detail, also of several.
        """
        assert patterns["CompositionOfOne"]["detail"] == {"stage_arn": [STAGE]}
        assert "resources" not in patterns["CompositionOfOne"]

    def test_of_rooms_are_calls_that_cloudtrail_records(self, patterns: Patterns) -> None:
        """
        Chat's calls are those that its guide matches.
        """
        assert patterns["RoomsCreated"] == {
            "source": ["aws.ivschat"],
            "detail-type": ["AWS API Call via CloudTrail"],
            "detail": {"eventSource": ["ivschat.amazonaws.com"], "eventName": ["CreateRoom"]},
        }


class TestSingleResources:
    @pytest.mark.parametrize(
        ("owner", "method", "arguments", "samples"),
        [
            pytest.param(
                "Stage",
                "on_stage_update",
                {"user_ids": ["Your User Id"], "replica": True},
                {"participant published", "participant unpublished", "participant publish error"},
                id="user",
            ),
            pytest.param(
                "Stage", "on_stage_update", {"user_ids": ["guest-42"]}, NOTHING, id="another user"
            ),
            pytest.param(
                "Channel",
                "on_recording_state_change",
                {
                    "event_names": [ivs.RecordingStatus.RECORDING_END],
                    "stream_ids": ["st-1A2b3c4D5e6F78ghij9Klmn"],
                },
                {"recording end"},
                id="stream",
            ),
            pytest.param(
                "Stage",
                "on_composition_state_change",
                {"destination_ids": ["2pBRKrNgX1ff"], "error_codes": ["AccessDeniedException"]},
                {"destination failure"},
                id="destination",
            ),
        ],
    )
    def test_have_the_same_filters(
        self, stack: Stack, owner: str, method: str, arguments: dict[str, Any], samples: set[str]
    ) -> None:
        """
        The rule of one channel or stage takes them too, and hears no other.
        """
        kind = getattr(ivs, owner)
        resource = getattr(kind, f"from_{owner.lower()}_arn")(stack, owner, ARNS[owner])
        patterns = patterns_of(stack, {"rule": getattr(resource, method)("Rule", **arguments)}, {})
        assert {name for name in SAMPLES if matching(patterns, SAMPLES[name])} == samples
        assert {name for name in OTHER_SAMPLES if matching(patterns, OTHER_SAMPLES[name])} == set()


class TestResources:
    def test_may_be_of_any_kind(self, stack: Stack) -> None:
        """
        References, L1s, alpha's channels and those of this library stand in one list.
        """
        rule = ivs.Channel.on_all_ad_break(
            stack,
            "Rule",
            channels=[
                ivs.Channel.from_channel_arn(stack, "Reference", CHANNEL),
                CfnChannel(stack, "L1"),
                alpha.Channel(stack, "Alpha"),
                ivs.Channel(stack, "Own"),
            ],
        )
        values = {"L1": "l1", "Alpha5E55F45A.Arn": "alpha", "Own30425842.Arn": "own"}
        patterns = patterns_of(stack, {"rule": rule}, values)
        assert patterns["rule"]["resources"] == [CHANNEL, "l1", "alpha", "own"]

    def test_of_stages_may_be_l1s(self, stack: Stack) -> None:
        """
        So do stages.
        """
        rule = ivs.Stage.on_all_composition_state_change(
            stack, "Rule", stages=[CfnStage(stack, "L1")]
        )
        patterns = patterns_of(stack, {"rule": rule}, {"L1": STAGE})
        assert patterns["rule"]["detail"] == {"stage_arn": [STAGE]}


class TestFurtherFilters:
    def test_are_added_to_those_that_there_are(self, stack: Stack) -> None:
        """
        What has no keyword is added to the pattern of the rule, and narrows it.
        """
        rule = ivs.Stage.on_all_stage_update(
            stack, "Rule", event_names=[ivs.StageUpdateEvent.TOKEN_EXCHANGED]
        )
        rule.add_event_pattern(detail={"new_token": {"attributes": {"role": ["moderator"]}}})
        narrower = ivs.Stage.on_all_stage_update(stack, "Narrower")
        narrower.add_event_pattern(detail={"new_token": {"attributes": {"role": ["host"]}}})
        patterns = patterns_of(stack, {"rule": rule, "narrower": narrower}, {})
        assert matching(patterns, SAMPLES["token exchanged"]) == {"rule"}
        assert matching(patterns, SAMPLES["participant published"]) == set()

    def test_of_the_same_field_are_further_values(self, stack: Stack) -> None:
        """
        What is added for a field that has values widens the rule.
        """
        rule = ivs.Stage.on_all_stage_update(stack, "Rule", user_ids=["guest-42"])
        rule.add_event_pattern(detail={"user_id": ["Your User Id"]})
        patterns = patterns_of(stack, {"rule": rule}, {})
        assert matching(patterns, SAMPLES["token exchanged"]) == {"rule"}
        assert matching(patterns, OTHER_SAMPLES["token exchanged"]) == {"rule"}
