"""Ad configurations."""

from __future__ import annotations

import runpy
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import pytest
from aws_cdk import App, CfnResource, Duration, Environment, Fn, Stack, aws_ivs
from aws_cdk.assertions import Template
from aws_cdk.aws_mediatailor import CfnPlaybackConfiguration
from aws_cdk.interfaces import aws_ivs as aws_ivs_interfaces

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs._low_latency import references as references_module
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.oracles import cdk_findings

PLAYBACK_CONFIGURATION_ARN = arn("playbackConfiguration/ads", service="mediatailor")
AD_CONFIGURATION_ARN = arn("ad-configuration/AbCdef1G2hij", region="us-east-1")


def playback_configurations(stack: Stack, count: int) -> list[CfnPlaybackConfiguration]:
    """Playback configurations of MediaTailor, Ads0 and up."""
    return [
        CfnPlaybackConfiguration(
            stack,
            f"Ads{index}",
            name=f"ads-{index}",
            ad_decision_server_url="https://ads.example.com/vast",
            video_content_source_url="https://a1b2c3.us-west-2.playback.live-video.net/",
        )
        for index in range(count)
    ]


def properties_of(stack: Stack) -> dict[str, Any]:
    """The properties of the only ad configuration."""
    (ads,) = Template.from_stack(stack).find_resources("AWS::IVS::AdConfiguration").values()
    return ads["Properties"]


@pytest.mark.newest
class TestTemplate:
    @pytest.mark.parametrize("count", [1, 3])
    def test_names_the_playback_configurations_in_order(self, stack: Stack, count: int) -> None:
        """
        One to three playback configurations are rendered, the first of them the default.
        """
        ivs.AdConfiguration(
            stack, "Ads", playback_configurations=playback_configurations(stack, count)
        )
        assert properties_of(stack) == {
            "MediaTailorPlaybackConfigurations": [
                {
                    "PlaybackConfigurationArn": {
                        "Fn::GetAtt": [f"Ads{index}", "PlaybackConfigurationArn"]
                    }
                }
                for index in range(count)
            ]
        }

    def test_renders_every_argument(self, stack: Stack) -> None:
        """
        Each argument is rendered under its CloudFormation name.
        """
        ivs.AdConfiguration(
            stack,
            "Ads",
            ad_configuration_name="ads",
            playback_configurations=(PLAYBACK_CONFIGURATION_ARN,),
            post_roll=Duration.minutes(1),
            tags={"team": "live"},
        )
        assert properties_of(stack) == {
            "MediaTailorPlaybackConfigurations": [
                {"PlaybackConfigurationArn": PLAYBACK_CONFIGURATION_ARN}
            ],
            "Name": "ads",
            "PostRollConfiguration": {"DurationSeconds": 60, "Enabled": True},
            "Tags": [{"Key": "team", "Value": "live"}],
        }

    def test_takes_the_arns_of_what_exists(self, stack: Stack) -> None:
        """
        References, ARNs and tokens stand beside one another.
        """
        (ours,) = playback_configurations(stack, 1)
        ivs.AdConfiguration(
            stack,
            "Ads",
            playback_configurations=[PLAYBACK_CONFIGURATION_ARN, ours, Fn.import_value("Ads")],
        )
        assert properties_of(stack)["MediaTailorPlaybackConfigurations"] == [
            {"PlaybackConfigurationArn": PLAYBACK_CONFIGURATION_ARN},
            {"PlaybackConfigurationArn": {"Fn::GetAtt": ["Ads0", "PlaybackConfigurationArn"]}},
            {"PlaybackConfigurationArn": {"Fn::ImportValue": "Ads"}},
        ]

    @pytest.mark.parametrize("seconds", [1, 300])
    def test_takes_post_rolls_up_to_five_minutes(self, stack: Stack, seconds: int) -> None:
        """
        1 to 300 seconds are taken.
        """
        ivs.AdConfiguration(
            stack,
            "Ads",
            playback_configurations=playback_configurations(stack, 1),
            post_roll=Duration.seconds(seconds),
        )
        assert properties_of(stack)["PostRollConfiguration"]["DurationSeconds"] == seconds


@pytest.mark.newest
class TestValidation:
    """AWS::IVS::AdConfiguration is missing in the CDK's own list of resource types."""

    @pytest.mark.parametrize(
        "environment",
        [
            None,
            Environment(region="ap-south-1"),
            Environment(region="eu-central-1"),
            Environment(region="us-east-1"),
            Environment(region="us-west-2"),
        ],
        ids=lambda environment: environment.region if environment else "unknown",
    )
    def test_the_type_exists(self, app: App, environment: Environment | None) -> None:
        """
        Where CloudFormation has the type, or may have it, users see no finding that it has not.
        """
        stack = Stack(app, "Stack", env=environment)
        ivs.AdConfiguration(stack, "Ads", playback_configurations=playback_configurations(stack, 1))
        assert cdk_findings(Path(app.synth().directory)) == []
        assert warnings_of(stack) == []

    def test_the_type_does_not_exist(self, app: App) -> None:
        """
        In a Region without the type the finding stands.
        """
        stack = Stack(app, "Stack", env=Environment(region="eu-west-1"))
        ivs.AdConfiguration(stack, "Ads", playback_configurations=playback_configurations(stack, 1))
        assert cdk_findings(Path(app.synth().directory)) == [
            "F3006: Unknown resource type 'AWS::IVS::AdConfiguration'"
        ]

    def test_other_types_are_looked_at(self, app: App) -> None:
        """
        The finding is silenced for this resource alone.
        """
        stack = Stack(app, "Stack", env=Environment(account=ACCOUNT, region=REGION))
        ads = ivs.AdConfiguration(
            stack, "Ads", playback_configurations=playback_configurations(stack, 1)
        )
        CfnResource(ads, "Slate", type="AWS::IVS::Slate")
        assert cdk_findings(Path(app.synth().directory)) == [
            "F3006: Unknown resource type 'AWS::IVS::Slate'"
        ]


@pytest.mark.newest
class TestFailures:
    @pytest.mark.parametrize("count", [0, 4])
    def test_name_the_number_of_playback_configurations(self, stack: Stack, count: int) -> None:
        """
        None and four are refused, and the message says how many there may be.
        """
        configurations = playback_configurations(stack, count)
        with pytest.raises(ValidationError) as error:
            ivs.AdConfiguration(stack, "Ads", playback_configurations=configurations)
        assert error.value.code == "PlaybackConfigurationCount"
        assert error.value.message == (
            "'playback_configurations' must have 1 to 3 playback configurations of MediaTailor, "
            f"got {count}"
        )
        assert stack.node.try_find_child("Ads") is None

    @pytest.mark.parametrize(
        ("post_roll", "problem"),
        [
            (Duration.seconds(0), "at least 1 second, got 0 seconds"),
            (Duration.seconds(301), "at most 300 seconds, got 301 seconds"),
            (Duration.millis(1500), "a whole number of seconds, got 1.5 seconds"),
        ],
    )
    def test_name_the_post_roll(self, stack: Stack, post_roll: Duration, problem: str) -> None:
        """
        A post-roll out of range is refused, with the range.
        """
        configurations = playback_configurations(stack, 1)
        with pytest.raises(ValidationError) as error:
            ivs.AdConfiguration(
                stack, "Ads", playback_configurations=configurations, post_roll=post_roll
            )
        assert error.value.message == (f"'post_roll' must be {problem} (allowed: 1 to 300 seconds)")
        assert stack.node.try_find_child("Ads") is None

    @pytest.mark.parametrize("form", ["arn", "reference"])
    def test_name_another_account(self, located_stack: Stack, form: str) -> None:
        """
        MediaTailor must be in the account of the ad configuration, as the service asks.
        """
        app = cast("App", located_stack.node.root)
        other = Stack(app, "Other", env=Environment(account="210987654321", region=REGION))
        configuration: Any = {
            "arn": PLAYBACK_CONFIGURATION_ARN.replace(ACCOUNT, "210987654321"),
            "reference": playback_configurations(other, 1)[0],
        }[form]
        with pytest.raises(ValidationError) as error:
            ivs.AdConfiguration(located_stack, "Ads", playback_configurations=[configuration])
        assert error.value.message == (
            "'playback_configurations' must be in the account of the stack, 123456789012, "
            "got one in 210987654321"
        )
        assert error.value.code == "Environment"
        assert located_stack.node.children == []

    def test_do_not_name_another_region(self, located_stack: Stack) -> None:
        """
        Whether the Region must be the same is not known: the ARN of another one is taken, and
        of the same account, and a token.
        """
        arns = [
            PLAYBACK_CONFIGURATION_ARN.replace(REGION, "eu-west-1"),
            PLAYBACK_CONFIGURATION_ARN,
            Fn.import_value("Ads"),
        ]
        ivs.AdConfiguration(located_stack, "Ads", playback_configurations=arns)
        assert [
            each["PlaybackConfigurationArn"]
            for each in properties_of(located_stack)["MediaTailorPlaybackConfigurations"]
        ] == [arns[0], arns[1], {"Fn::ImportValue": "Ads"}]

    def test_take_a_reference_of_the_same_account(self, located_stack: Stack) -> None:
        """
        An L1 of the stack is in its account.
        """
        ivs.AdConfiguration(
            located_stack, "Ads", playback_configurations=playback_configurations(located_stack, 1)
        )
        assert len(properties_of(located_stack)["MediaTailorPlaybackConfigurations"]) == 1

    @pytest.mark.parametrize(
        ("values", "got"),
        [
            ([5], "[5] of type 'list'"),
            (
                [PLAYBACK_CONFIGURATION_ARN[:20], 5],
                "['arn:aws:mediatailor:', 5] of type 'list' with 5 of type 'int' at index 1",
            ),
        ],
    )
    def test_name_the_wrong_one_of_a_list(self, stack: Stack, values: list[Any], got: str) -> None:
        """
        The message has the value, its place and all that is allowed, as the one about the list.
        """
        with pytest.raises(ValidationError) as error:
            ivs.AdConfiguration(stack, "Ads", playback_configurations=values)
        assert error.value.message == (
            "'playback_configurations' must be Sequence[IPlaybackConfigurationRef or an ARN], "
            f"got {got}"
        )

    @pytest.mark.parametrize(
        "arguments",
        [
            {"playback_configurations": "arn"},
            {"playback_configurations": [arn("channel/a")]},
            {"playback_configurations": [5]},
            {"post_roll": 30},
        ],
    )
    def test_leave_nothing_behind(self, stack: Stack, arguments: dict[str, object]) -> None:
        """
        An ad configuration that is refused leaves no construct, and the message its keyword.
        """
        (keyword,) = arguments
        configurations = playback_configurations(stack, 1)
        with pytest.raises(ValidationError, match=f"'{keyword}' must") as error:
            ivs.AdConfiguration(
                stack,
                "Ads",
                **{"playback_configurations": configurations, **arguments},  # type: ignore[arg-type] - the mistakes
            )
        assert error.value.path == "Stack/Ads"
        assert stack.node.try_find_child("Ads") is None


class TestOldLibrary:
    @pytest.fixture
    def references(self, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
        """The module of the references, as it is with an aws-cdk-lib that has none."""
        for name in ("AdConfigurationReference", "IAdConfigurationRef"):
            monkeypatch.delattr(aws_ivs_interfaces, name, raising=False)
        return runpy.run_path(references_module.__file__)

    def test_has_stand_ins(self, references: dict[str, Any]) -> None:
        """
        Everything can be imported, and the interface is one that nothing conforms to by chance.
        """
        assert references["AdConfigurationReference"] is None
        assert references["IAdConfigurationRef"].__module__ != aws_ivs_interfaces.__name__
        assert "ad_configuration_ref" in vars(references["IAdConfigurationRef"])

    def test_says_which_version_is_needed(
        self, stack: Stack, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        Making one, and referring to one, name the version, and leave nothing behind.
        """
        monkeypatch.delattr(aws_ivs, "CfnAdConfiguration", raising=False)
        for make in (
            lambda: ivs.AdConfiguration(stack, "Ads", playback_configurations=[]),
            lambda: ivs.AdConfiguration.from_ad_configuration_arn(
                stack, "Ads", AD_CONFIGURATION_ARN
            ),
        ):
            with pytest.raises(ValidationError) as error:
                make()
            assert error.value.code == "AwsCdkLibVersion"
            assert error.value.path == "Stack/Ads"
            assert error.value.message == (
                "AdConfiguration requires aws-cdk-lib 2.274.0 or newer, got "
                f"{version('aws-cdk-lib')}; upgrade aws-cdk-lib"
            )
        assert stack.node.children == []
