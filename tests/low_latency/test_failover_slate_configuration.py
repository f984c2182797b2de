"""Failover slate configurations."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, cast

import botocore.session
import pytest
from aws_cdk import (
    App,
    CfnParameter,
    CfnResource,
    Duration,
    RemovalPolicy,
    Stack,
    Tags,
)

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs._services.custom_resource.cdk_ivs_handler.resources import RESOURCES
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION, arn
from tests.support.attachments import PERMISSION
from tests.support.graph import made_before, only
from tests.support.oracles import cdk_findings, cfn_lint_findings, resources_of, template_of
from tests.support.resolving import value_of
from tests.support.tokens import token

TYPE = "Custom::IVSFailoverSlateConfiguration"
SLATE_ID = "Slate0910E89D"
SLATE_ARN = arn("failover-slate-configuration/AbCdef1G2hij", region="eu-west-1")
EVERYWHERE = {"AWS::Partition": "aws", "AWS::Region": REGION, "AWS::AccountId": ACCOUNT}
FUNCTION = {"cdkivsCustomResourcesProviderframeworkonEvent1D1F32B1.Arn": "the function"}
EVERY = arn("failover-slate-configuration/*")
ACTIONS = [
    "ivs:CreateFailoverSlateConfiguration",
    "ivs:DeleteFailoverSlateConfiguration",
    "ivs:GetFailoverSlateConfiguration",
    "ivs:ListFailoverSlateConfigurations",
    "ivs:TagResource",
    "ivs:UntagResource",
    "ivs:UpdateFailoverSlateConfiguration",
]


def told(stack: Stack) -> dict[str, Any]:
    """What the only slate tells its function, without what every slate does."""
    (resource,) = resources_of(stack, TYPE).values()
    others = {"Operation", "ResourceArn", "ServiceToken"}
    return {key: value for key, value in resource["Properties"].items() if key not in others}


class TestTemplate:
    def test_is_one_custom_resource(self, stack: Stack) -> None:
        """
        Without arguments, the function is told the operation and where, and the service decides
        the rest.
        """
        ivs.FailoverSlateConfiguration(stack, "Slate")
        resource = template_of(stack)["Resources"][SLATE_ID]
        assert resource["Type"] == TYPE
        assert value_of(resource["Properties"], EVERYWHERE | FUNCTION) == {
            "ServiceToken": "the function",
            "Operation": "FailoverSlateConfiguration",
            "ResourceArn": EVERY,
        }

    def test_renders_every_argument(self, stack: Stack) -> None:
        """
        Each argument is a property under the name that it has in the API.
        """
        ivs.FailoverSlateConfiguration(
            stack,
            "Slate",
            activation_threshold=Duration.seconds(5),
            failover_slate_configuration_name="slate",
            max_slate_display=Duration.minutes(3),
            min_slate_display=Duration.seconds(10),
            tags={"team": "live", "empty": ""},
        )
        assert told(stack) == {
            "ActivationThresholdSeconds": 5,
            "MaxSlateDisplaySeconds": 180,
            "MinSlateDisplaySeconds": 10,
            "Name": "slate",
            "Tags": [{"Key": "empty", "Value": ""}, {"Key": "team", "Value": "live"}],
        }
        assert warnings_of(stack) == []

    def test_takes_the_lowest_values(self, stack: Stack) -> None:
        """
        The lower bounds are taken, and an empty name, which was given.
        """
        ivs.FailoverSlateConfiguration(
            stack,
            "Slate",
            activation_threshold=Duration.seconds(3),
            failover_slate_configuration_name="",
            max_slate_display=Duration.seconds(60),
            min_slate_display=Duration.seconds(3),
        )
        assert told(stack) == {
            "ActivationThresholdSeconds": 3,
            "MaxSlateDisplaySeconds": 60,
            "MinSlateDisplaySeconds": 3,
            "Name": "",
        }

    def test_lets_tokens_through(self, stack: Stack) -> None:
        """
        Values that are known at deployment are rendered as they are.
        """
        seconds = CfnParameter(stack, "Seconds", type="Number").value_as_number
        ivs.FailoverSlateConfiguration(
            stack,
            "Slate",
            activation_threshold=Duration.seconds(seconds),
            failover_slate_configuration_name=token("Name"),
            tags={"team": token("Team")},
        )
        assert told(stack) == {
            "ActivationThresholdSeconds": {"Ref": "Seconds"},
            "Name": {"Ref": "Name"},
            "Tags": [{"Key": "team", "Value": {"Ref": "Team"}}],
        }

    def test_is_a_finding_for_its_actions_alone(self, stack: Stack) -> None:
        """
        cfn-lint has nothing to say about the template of a channel with a slate, but that its list
        of actions, which is older, has not got five of them.
        """
        slate = ivs.FailoverSlateConfiguration(stack, "Slate", tags={"team": "live"})
        ivs.Channel(stack, "Channel", failover_slate_configuration=slate)
        found = cfn_lint_findings(json.dumps(template_of(stack)))
        assert sorted(re.findall(r"\[W3037: .*?'(\w+)' is not one of", "\n".join(found))) == [
            action.removeprefix("ivs:").lower() for action in ACTIONS if "Failover" in action
        ]
        assert len(found) == 5

    @pytest.mark.newest
    def test_is_no_finding_of_the_cdk(self, app: App, stack: Stack) -> None:
        """
        The CDK's own validation has nothing to say.
        """
        slate = ivs.FailoverSlateConfiguration(stack, "Slate", tags={"team": "live"})
        ivs.Channel(stack, "Channel", failover_slate_configuration=slate)
        assert cdk_findings(Path(app.synth().directory)) == []


def model() -> Any:
    """Botocore's model of the API."""
    return botocore.session.get_session().get_service_model("ivs")


class TestApi:
    def test_has_a_property_for_each_field(self, stack: Stack) -> None:
        """
        What the API takes to create a configuration can all be given, and there is no image.
        """
        ivs.FailoverSlateConfiguration(
            stack,
            "Slate",
            activation_threshold=Duration.seconds(3),
            failover_slate_configuration_name="slate",
            max_slate_display=Duration.seconds(60),
            min_slate_display=Duration.seconds(3),
            tags={"team": "live"},
        )
        shape = model().operation_model("CreateFailoverSlateConfiguration").input_shape
        assert {name[0].lower() + name[1:] for name in told(stack)} == set(shape.members)
        assert [name for name in shape.members if re.search("(?i)image|url|s3|file", name)] == []

    @pytest.mark.parametrize(
        ("keyword", "field"),
        [
            ("activation_threshold", "activationThresholdSeconds"),
            ("max_slate_display", "maxSlateDisplaySeconds"),
            ("min_slate_display", "minSlateDisplaySeconds"),
        ],
    )
    def test_has_the_same_bounds(self, stack: Stack, keyword: str, field: str) -> None:
        """
        The first and the last value of the API are taken, and those beyond them are not; what the
        handler sets where none is given any more is the API's default.
        """
        shape = model().operation_model("CreateFailoverSlateConfiguration").input_shape
        member = shape.members[field]
        low, high = member.metadata["min"], member.metadata["max"]
        for number, seconds in enumerate((low, high)):
            ivs.FailoverSlateConfiguration(
                stack,
                f"Slate{number}",
                **{keyword: Duration.seconds(seconds)},  # type: ignore[arg-type] - each of three
            )
        for seconds in (low - 1, high + 1):
            with pytest.raises(ValidationError, match=f"'{keyword}' must be at"):
                ivs.FailoverSlateConfiguration(
                    stack,
                    "Slate",
                    **{keyword: Duration.seconds(seconds)},  # type: ignore[arg-type] - each of three
                )
        default = RESOURCES["FailoverSlateConfiguration"].defaults[field]
        assert f"Default: <code>{default}</code>" in member.documentation

    def test_is_all_that_the_handler_knows(self) -> None:
        """
        Each field of the API but for the tags has its type and default in the handler.
        """
        for action in ("CreateFailoverSlateConfiguration", "UpdateFailoverSlateConfiguration"):
            members = model().operation_model(action).input_shape.members
            fields = {name: shape for name, shape in members.items() if name not in {"arn", "tags"}}
            assert {name: shape.type_name for name, shape in fields.items()} == {
                name: {int: "integer", str: "string"}[type(default)]
                for name, default in RESOURCES["FailoverSlateConfiguration"].defaults.items()
            }


class TestTags:
    def test_of_the_app_are_added(self, stack: Stack) -> None:
        """
        What is said of a whole stack holds for its slates, as for CloudFormation's resources.
        """
        ivs.FailoverSlateConfiguration(stack, "Slate", tags={"team": "live", "stage": "test"})
        Tags.of(stack).add("owner", "video")
        Tags.of(stack).add("stage", "production", priority=300)
        assert told(stack)["Tags"] == [
            {"Key": "owner", "Value": "video"},
            {"Key": "stage", "Value": "production"},
            {"Key": "team", "Value": "live"},
        ]

    def test_of_the_app_are_removed(self, stack: Stack) -> None:
        """
        A tag that is taken from the slate is not told.
        """
        slate = ivs.FailoverSlateConfiguration(stack, "Slate", tags={"team": "live"})
        Tags.of(slate).remove("team")
        assert "Tags" not in told(stack)

    @pytest.mark.parametrize(
        ("key", "value", "message"),
        [
            (
                "one-more",
                "",
                (
                    "'tags' must have at most 49 tags in addition to 'cdk-ivs:created-for', "
                    "which cdk-ivs adds, got 50 [cdk-ivs:TagCount at 'Stack/Slate']"
                ),
            ),
            (
                "cdk-ivs:created-for",
                "me",
                (
                    "'tags' must not have the key 'cdk-ivs:created-for', which cdk-ivs adds; leave "
                    "it out [cdk-ivs:TagKey at 'Stack/Slate']"
                ),
            ),
        ],
        ids=["too many", "the own one"],
    )
    def test_of_the_app_are_checked(self, stack: Stack, key: str, value: str, message: str) -> None:
        """
        What is refused as an argument is refused at synthesis where the app adds it. Slates that
        left the tree are looked at no more.
        """
        given = {str(number): "" for number in range(49 if value == "" else 1)}
        ivs.FailoverSlateConfiguration(stack, "Slate", tags=given)
        Tags.of(stack).add("48" if value == "" else "0", "the same")
        Tags.of(stack).add(key, value)
        with pytest.raises(RuntimeError) as error:
            told(stack)
        assert message in str(error.value)
        assert stack.node.try_remove_child("Slate")
        assert resources_of(stack, TYPE) == {}


class TestConstruct:
    def test_the_l1_is_the_default_child(self, stack: Stack) -> None:
        """
        Removal policies and escape hatches reach the custom resource, which is deleted otherwise.
        """
        for id in ("Kept", "Gone"):
            slate = ivs.FailoverSlateConfiguration(stack, id)
            if id == "Kept":
                slate.apply_removal_policy(RemovalPolicy.RETAIN)
                cast("CfnResource", slate.node.default_child).add_metadata("why", "kept")
        policies = {
            key[:4]: (resource.get("DeletionPolicy"), resource.get("Metadata", {}).get("why"))
            for key, resource in resources_of(stack, TYPE).items()
        }
        assert policies == {"Kept": ("Retain", "kept"), "Gone": (None, None)}


class TestPermissions:
    def test_are_one_for_all_slates(self, stack: Stack) -> None:
        """
        However many slates there are, the function has one policy about all of them, which is
        there as long as any of them is.
        """
        for number in range(3):
            ivs.FailoverSlateConfiguration(stack, f"Slate{number}")
        template = template_of(stack)
        policy = only(template, "AWS::IAM::ManagedPolicy")
        properties = template["Resources"][policy]["Properties"]
        assert value_of(properties["PolicyDocument"], EVERYWHERE) == {
            "Version": "2012-10-17",
            "Statement": [{"Action": ACTIONS, "Effect": "Allow", "Resource": [EVERY]}],
        }
        assert properties["Roles"] == [{"Ref": "cdkivsCustomResourcesHandlerServiceRole071AF977"}]
        for slate in resources_of(stack, TYPE):
            assert policy in made_before(template, slate)
        assert resources_of(stack, PERMISSION) == {}

    def test_are_the_same_with_another_slate(self) -> None:
        """
        Adding a slate changes nothing of the policy, and nothing of the other slates.
        """
        templates = []
        for count in (1, 2):
            stack = Stack(App(), "Stack")
            for number in range(count):
                ivs.FailoverSlateConfiguration(stack, f"Slate{number}")
            templates.append(template_of(stack)["Resources"])
        before, after = templates
        assert {key: after[key] for key in before} == before


class TestReferences:
    def test_are_values(self, stack: Stack) -> None:
        """
        What takes a reference gets a value of this library, as CloudFormation has no such type.
        """
        slate = ivs.FailoverSlateConfiguration.from_failover_slate_configuration_arn(
            stack, "Slate", SLATE_ARN
        )
        assert slate.failover_slate_configuration_ref == ivs.FailoverSlateConfigurationReference(
            failover_slate_configuration_arn=SLATE_ARN
        )


class TestFailures:
    @pytest.mark.parametrize(
        ("keyword", "seconds", "problem"),
        [
            ("activation_threshold", 2, "at least 3 seconds, got 2 seconds (allowed: 3 to 5"),
            ("activation_threshold", 6, "at most 5 seconds, got 6 seconds (allowed: 3 to 5"),
            ("min_slate_display", 2, "at least 3 seconds, got 2 seconds (allowed: 3 to 10"),
            ("min_slate_display", 11, "at most 10 seconds, got 11 seconds (allowed: 3 to 10"),
            ("max_slate_display", 59, "at least 60 seconds, got 59 seconds (allowed: 60 to 180"),
            ("max_slate_display", 181, "at most 180 seconds, got 181 seconds (allowed: 60 to 180"),
        ],
    )
    def test_name_the_duration(
        self, stack: Stack, keyword: str, seconds: int, problem: str
    ) -> None:
        """
        A duration that is out of its range is refused, with the range.
        """
        with pytest.raises(ValidationError) as error:
            ivs.FailoverSlateConfiguration(
                stack,
                "Slate",
                **{keyword: Duration.seconds(seconds)},  # type: ignore[arg-type] - each of three
            )
        assert error.value.message == f"'{keyword}' must be {problem} seconds)"
        assert stack.node.children == []

    @pytest.mark.parametrize(
        "arguments",
        [
            {"activation_threshold": Duration.millis(3500)},
            {"activation_threshold": 3},
            {"tags": {"cdk-ivs:created-for": "b"}},
        ],
    )
    def test_leave_nothing_behind(self, stack: Stack, arguments: dict[str, Any]) -> None:
        """
        A slate that is refused leaves no construct, and its keyword stands in the message.
        """
        (keyword,) = arguments
        with pytest.raises(ValidationError, match=f"'{keyword}' must") as error:
            ivs.FailoverSlateConfiguration(stack, "Slate", **arguments)
        assert error.value.path == "Stack/Slate"
        assert stack.node.children == []
