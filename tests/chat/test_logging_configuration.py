"""Logging configurations of IVS Chat."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Fn, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_logs import LogGroup

from cdk_ivs import ValidationError, chat
from tests.support.annotations import warnings_of
from tests.support.arns import arn
from tests.support.oracles import cdk_findings, cfn_lint_findings, resources_of

LOGGING = "AWS::IVSChat::LoggingConfiguration"
LOGGING_ARN = arn("logging-configuration/AbCdef1G2hij", service="ivschat", region="eu-west-1")
RENDERED = {"CloudWatchLogs": {"LogGroupName": "/aws/vendedlogs/chat"}}


def to_log_group(stack: Stack) -> chat.LoggingDestination:
    """A destination that exists."""
    group = LogGroup.from_log_group_name(stack, "LogGroup", "/aws/vendedlogs/chat")
    return chat.LoggingDestination.cloud_watch_logs(group)


def properties_of(stack: Stack) -> dict[str, object]:
    """The properties of the only logging configuration."""
    (resource,) = resources_of(stack, LOGGING).values()
    return resource["Properties"]


class TestTemplate:
    def test_needs_a_destination_only(self, stack: Stack) -> None:
        """
        With a destination alone it is one resource without a name.
        """
        chat.LoggingConfiguration(stack, "Logging", destination=to_log_group(stack))
        Template.from_stack(stack).template_matches(
            {
                "Resources": {
                    "Logging019093B9": {
                        "Type": LOGGING,
                        "Properties": {"DestinationConfiguration": RENDERED},
                    }
                }
            }
        )
        assert properties_of(stack) == {"DestinationConfiguration": RENDERED}

    def test_renders_every_argument(self, stack: Stack) -> None:
        """
        Each argument is rendered under its CloudFormation name, tags without a value too.
        """
        chat.LoggingConfiguration(
            stack,
            "Logging",
            destination=to_log_group(stack),
            logging_configuration_name="audit",
            tags={"team": "live", "empty": ""},
        )
        assert properties_of(stack) == {
            "DestinationConfiguration": RENDERED,
            "Name": "audit",
            "Tags": [{"Key": "empty", "Value": ""}, {"Key": "team", "Value": "live"}],
        }
        assert warnings_of(stack) == []


class TestOracles:
    def test_cfn_lint_finds_nothing(self, stack: Stack) -> None:
        """
        cfn-lint has nothing to say to a configuration with every argument.
        """
        chat.LoggingConfiguration(
            stack,
            "Logging",
            destination=to_log_group(stack),
            logging_configuration_name="audit",
            tags={"team": "live", "empty": ""},
        )
        text = Path(App.of(stack).synth().directory, stack.template_file).read_text()
        assert cfn_lint_findings(text) == []

    @pytest.mark.newest
    def test_cdk_validation_finds_nothing(self, stack: Stack) -> None:
        """
        The CDK's own validation has nothing to say to it either.
        """
        chat.LoggingConfiguration(
            stack,
            "Logging",
            destination=to_log_group(stack),
            logging_configuration_name="audit",
            tags={"team": "live", "empty": ""},
        )
        assert cdk_findings(Path(App.of(stack).synth().directory)) == []


class TestReferences:
    def test_have_the_id_of_the_arn(self, stack: Stack) -> None:
        """
        The id is the last part of the ARN.
        """
        logging = chat.LoggingConfiguration.from_logging_configuration_arn(
            stack, "Logging", LOGGING_ARN
        )
        assert logging.logging_configuration_id == "AbCdef1G2hij"

    def test_let_tokens_through(self, stack: Stack) -> None:
        """
        An ARN that is known at deployment is used as it is, and its id taken from it there.
        """
        logging = chat.LoggingConfiguration.from_logging_configuration_arn(
            stack, "Logging", Fn.import_value("Arn")
        )
        assert stack.resolve(
            [logging.logging_configuration_arn, logging.logging_configuration_id]
        ) == [
            {"Fn::ImportValue": "Arn"},
            {"Fn::Select": [1, {"Fn::Split": ["/", {"Fn::ImportValue": "Arn"}]}]},
        ]


class TestFailures:
    @pytest.mark.parametrize(
        ("keyword", "value"),
        [
            ("destination", "/aws/vendedlogs/chat"),
            ("destination", None),
        ],
        ids=["text", "none"],
    )
    def test_leave_nothing_behind(self, stack: Stack, keyword: str, value: Any) -> None:
        """
        What is refused leaves no construct, and its keyword stands in the message.
        """
        arguments = {"destination": to_log_group(stack), keyword: value}
        with pytest.raises(ValidationError, match=f"'{keyword}' must") as error:
            chat.LoggingConfiguration(stack, "Logging", **arguments)
        assert error.value.path == "Stack/Logging"
        assert [child.node.id for child in stack.node.children] == ["LogGroup"]
