"""Logging configurations of IVS Chat."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Environment, Fn, PropertyInjectors, RemovalPolicy, Stack
from aws_cdk.assertions import Template
from aws_cdk.aws_ivschat import CfnLoggingConfiguration
from aws_cdk.aws_logs import LogGroup

from cdk_ivs import ValidationError, chat
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, arn
from tests.support.injectors import Injector
from tests.support.oracles import cdk_findings, cfn_lint_findings, resources_of
from tests.support.tokens import token

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

    @pytest.mark.parametrize("name", ["", "x" * 128], ids=["empty", "long"])
    def test_takes_names_up_to_the_limit(self, stack: Stack, name: str) -> None:
        """
        0 and 128 characters are a name.
        """
        chat.LoggingConfiguration(
            stack, "Logging", destination=to_log_group(stack), logging_configuration_name=name
        )
        assert properties_of(stack) == {"DestinationConfiguration": RENDERED, "Name": name}

    def test_lets_tokens_through(self, stack: Stack) -> None:
        """
        A name that is known at deployment is rendered as it is.
        """
        chat.LoggingConfiguration(
            stack,
            "Logging",
            destination=to_log_group(stack),
            logging_configuration_name=token("Name"),
        )
        assert properties_of(stack) == {
            "DestinationConfiguration": RENDERED,
            "Name": {"Ref": "Name"},
        }

    def test_the_l1_is_the_default_child(self, stack: Stack) -> None:
        """
        Escape hatches and removal policies reach the L1.
        """
        logging = chat.LoggingConfiguration(stack, "Logging", destination=to_log_group(stack))
        logging.apply_removal_policy(RemovalPolicy.RETAIN)
        assert isinstance(logging.node.default_child, CfnLoggingConfiguration)
        Template.from_stack(stack).has_resource(LOGGING, {"DeletionPolicy": "Retain"})


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


class TestAttributes:
    def test_are_those_of_cloudformation(self, stack: Stack) -> None:
        """
        ARN, id and state are read from the resource, however often they are read.
        """
        logging = chat.LoggingConfiguration(stack, "Logging", destination=to_log_group(stack))
        attributes = {
            "logging_configuration_arn": {"Fn::GetAtt": ["Logging019093B9", "Arn"]},
            "logging_configuration_id": {"Fn::GetAtt": ["Logging019093B9", "Id"]},
            "logging_configuration_state": {"Fn::GetAtt": ["Logging019093B9", "State"]},
        }
        for _ in range(2):
            read = {name: stack.resolve(getattr(logging, name)) for name in attributes}
            assert read == attributes

    def test_an_l1_takes_ours_as_a_reference(self, stack: Stack) -> None:
        """
        The L1's own reading of a reference gives the ARN.
        """
        logging = chat.LoggingConfiguration(stack, "Logging", destination=to_log_group(stack))
        read = CfnLoggingConfiguration.arn_for_logging_configuration(logging)
        assert stack.resolve(read) == {"Fn::GetAtt": ["Logging019093B9", "Arn"]}


class TestReferences:
    def test_carry_the_arn_and_what_is_in_it(self, stack: Stack) -> None:
        """
        The id is the last part of the ARN, and its account and Region are the reference's.
        """
        logging = chat.LoggingConfiguration.from_logging_configuration_arn(
            stack, "Logging", LOGGING_ARN
        )
        assert logging.logging_configuration_arn == LOGGING_ARN
        assert logging.logging_configuration_id == "AbCdef1G2hij"
        assert (logging.env.account, logging.env.region) == ("123456789012", "eu-west-1")
        assert CfnLoggingConfiguration.arn_for_logging_configuration(logging) == LOGGING_ARN

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

    @pytest.mark.parametrize(
        "wrong",
        [arn("logging-configuration/a"), arn("room/a", service="ivschat"), "AbCdef1G2hij"],
        ids=["service", "room", "id"],
    )
    def test_refuse_another_resource(self, stack: Stack, wrong: str) -> None:
        """
        What is not the ARN of a logging configuration is refused, and nothing is made.
        """
        with pytest.raises(
            ValidationError,
            match="'logging_configuration_arn' must be an ARN of the form arn:aws:ivschat:"
            f"<region>:<account>:logging-configuration/<id>, got '{wrong}'",
        ):
            chat.LoggingConfiguration.from_logging_configuration_arn(stack, "Logging", wrong)
        assert stack.node.children == []


class TestInjection:
    def test_changes_the_props(self, stack: Stack) -> None:
        """
        An injector gets the given props under JavaScript's names, and what it makes is used.
        """
        destination = to_log_group(stack)
        injector = Injector(
            chat.LoggingConfiguration,
            lambda props: {**props, "loggingConfigurationName": "injected"},
        )
        PropertyInjectors.of(stack).add(injector)
        chat.LoggingConfiguration(stack, "Logging", destination=destination)
        assert injector.calls == [({"destination": destination}, "Logging", stack)]
        assert properties_of(stack) == {"DestinationConfiguration": RENDERED, "Name": "injected"}

    def test_needs_the_destination(self, stack: Stack) -> None:
        """
        An injector that takes the destination away is told so.
        """
        PropertyInjectors.of(stack).add(Injector(chat.LoggingConfiguration, lambda props: {}))
        with pytest.raises(ValidationError, match=r"'props' needs 'destination', got \[\], from"):
            chat.LoggingConfiguration(stack, "Logging", destination=to_log_group(stack))


class TestGuards:
    def test_warn_of_a_region_without_the_service(self, app: App) -> None:
        """
        A configuration in a Region without IVS says so.
        """
        stack = Stack(app, "Stack", env=Environment(account=ACCOUNT, region="eu-north-1"))
        chat.LoggingConfiguration(stack, "Logging", destination=to_log_group(stack))
        assert warnings_of(stack) == [
            (
                "/Stack/Logging",
                (
                    "Amazon IVS is not in eu-north-1, as far as this version of cdk-ivs knows: "
                    "deploy to one of ap-northeast-1, ap-northeast-2, ap-south-1, eu-central-1, "
                    "eu-west-1, us-east-1, us-west-2 [ack: cdk-ivs:region]"
                ),
            )
        ]

    def test_are_silent_at_the_quota(self, located_stack: Stack) -> None:
        """
        As many as an account may have are no reason to speak, and references do not count.
        """
        destination = to_log_group(located_stack)
        for number in range(10):
            chat.LoggingConfiguration(located_stack, f"Number{number}", destination=destination)
            chat.LoggingConfiguration.from_logging_configuration_arn(
                located_stack, f"Known{number}", LOGGING_ARN
            )
        assert warnings_of(located_stack) == []

    def test_warn_above_the_quota(self, located_stack: Stack) -> None:
        """
        The eleventh warns, with the number, the place and the quota.
        """
        destination = to_log_group(located_stack)
        for number in range(11):
            chat.LoggingConfiguration(located_stack, f"Number{number}", destination=destination)
        assert warnings_of(located_stack) == [
            (
                "/Stack/Number10",
                (
                    "the app has 11 logging configurations in account 123456789012 and Region "
                    "us-west-2, more than the default quota of 10: ask for a higher one in "
                    "Service Quotas, or share one [ack: cdk-ivs:quota-logging-configurations]"
                ),
            )
        ]


class TestFailures:
    @pytest.mark.parametrize(
        ("keyword", "value"),
        [
            ("destination", "/aws/vendedlogs/chat"),
            ("destination", None),
            ("logging_configuration_name", "a b"),
            ("logging_configuration_name", "x" * 129),
            ("logging_configuration_name", 5),
            ("tags", {"aws:a": "b"}),
            ("tags", {"a": "v" * 257}),
        ],
        ids=["text", "none", "space", "long", "number", "reserved", "long-value"],
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

    def test_take_no_quota(self, located_stack: Stack) -> None:
        """
        A configuration that was refused is not counted.
        """
        destination = to_log_group(located_stack)
        with pytest.raises(ValidationError):
            chat.LoggingConfiguration(
                located_stack, "Bad", destination=destination, logging_configuration_name="a b"
            )
        for number in range(10):
            chat.LoggingConfiguration(located_stack, f"Number{number}", destination=destination)
        assert warnings_of(located_stack) == []
