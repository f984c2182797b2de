"""Keys in KMS that sign tokens: their templates, attributes and arguments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from aws_cdk import (
    App,
    Aws,
    CfnParameter,
    Duration,
    Environment,
    PropertyInjectors,
    RemovalPolicy,
    Stack,
    Tags,
)
from aws_cdk import aws_kms as kms

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.services.signing_keys import ELSEWHERE, KEY, KEY_ID, OTHER_ACCOUNT, role
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, arn
from tests.support.injectors import Injector
from tests.support.oracles import cdk_findings, cfn_lint_findings, resources_of, template_of
from tests.support.tokens import token


class TestTemplate:
    def test_is_a_key_for_signatures(self, stack: Stack) -> None:
        """
        Without arguments there is one key on P-384, kept when it leaves the stack, whose use the
        account's identities may be allowed.
        """
        ivs.SigningKey(stack, "SigningKey")
        ((logical_id, resource),) = resources_of(stack, KEY).items()
        account = {"Ref": "AWS::AccountId"}
        root = {"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":iam::", account, ":root"]]}
        policy = resource["Properties"].pop("KeyPolicy")
        assert logical_id == KEY_ID
        assert resource == {
            "Type": KEY,
            "Properties": {"KeySpec": "ECC_NIST_P384", "KeyUsage": "SIGN_VERIFY"},
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
        }
        assert policy["Statement"] == [
            {"Action": "kms:*", "Effect": "Allow", "Principal": {"AWS": root}, "Resource": "*"}
        ]
        assert list(template_of(stack)["Resources"]) == [KEY_ID]

    def test_renders_every_argument(self, stack: Stack) -> None:
        """
        Alias, description, pending window, removal policy and tags are those given.
        """
        ivs.SigningKey(
            stack,
            "SigningKey",
            alias="playback",
            description="signs playback tokens",
            pending_window=Duration.days(7),
            removal_policy=RemovalPolicy.DESTROY,
            tags={"team": "video", "stage": "live"},
        )
        key = resources_of(stack, KEY)[KEY_ID]
        del key["Properties"]["KeyPolicy"]
        assert key == {
            "Type": KEY,
            "Properties": {
                "Description": "signs playback tokens",
                "KeySpec": "ECC_NIST_P384",
                "KeyUsage": "SIGN_VERIFY",
                "PendingWindowInDays": 7,
                "Tags": [{"Key": "stage", "Value": "live"}, {"Key": "team", "Value": "video"}],
            },
            "DeletionPolicy": "Delete",
            "UpdateReplacePolicy": "Delete",
        }
        (alias,) = resources_of(stack, "AWS::KMS::Alias").values()
        assert alias["Properties"] == {
            "AliasName": "alias/playback",
            "TargetKeyId": {"Fn::GetAtt": [KEY_ID, "Arn"]},
        }

    def test_lets_tokens_through(self, stack: Stack) -> None:
        """
        What is known at deployment is left to KMS.
        """
        days = CfnParameter(stack, "Days", type="Number").value_as_number
        ivs.SigningKey(
            stack,
            "SigningKey",
            alias=token("Alias"),
            description=token("Description"),
            pending_window=Duration.days(days),
            tags={"team": token("Team")},
        )
        properties = resources_of(stack, KEY)[KEY_ID]["Properties"]
        assert properties["Description"] == {"Ref": "Description"}
        assert properties["PendingWindowInDays"] == {"Ref": "Days"}
        assert properties["Tags"] == [{"Key": "team", "Value": {"Ref": "Team"}}]
        (alias,) = resources_of(stack, "AWS::KMS::Alias").values()
        assert "Alias" in json.dumps(alias["Properties"]["AliasName"])

    def test_takes_tags_of_aspects_too(self, stack: Stack) -> None:
        """
        Tags of the stack are added, and win over those given, as they do for the CDK's resources.
        """
        ivs.SigningKey(stack, "SigningKey", tags={"team": "video", "stage": "live"})
        Tags.of(stack).add("team", "all")
        assert resources_of(stack, KEY)[KEY_ID]["Properties"]["Tags"] == [
            {"Key": "stage", "Value": "live"},
            {"Key": "team", "Value": "all"},
        ]

    def test_can_be_changed_as_every_resource(self, stack: Stack) -> None:
        """
        The default child is the L1, which escape hatches and the removal policy reach.
        """
        key = ivs.SigningKey(stack, "SigningKey")
        assert isinstance(key.node.default_child, kms.CfnKey)
        key.apply_removal_policy(RemovalPolicy.DESTROY)
        key.key.add_alias("second")
        assert resources_of(stack, KEY)[KEY_ID]["DeletionPolicy"] == "Delete"
        assert len(resources_of(stack, "AWS::KMS::Alias")) == 1

    def test_warns_about_no_region(self, app: App) -> None:
        """
        A key can be where IVS is not, and be imported where it is.
        """
        stack = Stack(app, "Stack", env=Environment(account=ACCOUNT, region="eu-north-1"))
        ivs.SigningKey(stack, "SigningKey")
        assert warnings_of(stack) == []

    def test_pleases_the_judges(self, located_stack: Stack) -> None:
        """
        Neither the CDK's validation nor cfn-lint finds anything in the whole path, and no key is
        in the template.
        """
        key = ivs.SigningKey(
            located_stack,
            "SigningKey",
            alias="tokens",
            pending_window=Duration.days(30),
            tags={"a": "b"},
        )
        ivs.Channel(located_stack, "Channel", authorized=True)
        ivs.PlaybackKeyPair(located_stack, "Pair", signing_key=key)
        ivs.PublicKey(located_stack, "Public", signing_key=key)
        key.grants.sign(role(located_stack))
        template = json.dumps(template_of(located_stack))
        assert "-----BEGIN" not in template
        assert cfn_lint_findings(template) == []
        assert cdk_findings(Path(App.of(located_stack).outdir)) == []
        assert warnings_of(located_stack) == []


class TestAttributes:
    def test_are_those_of_a_key(self, stack: Stack) -> None:
        """
        The ARN and the reference are those that the CDK's own key has.
        """
        key = ivs.SigningKey(stack, "SigningKey")
        arn_of = {"Fn::GetAtt": [KEY_ID, "Arn"]}
        assert stack.resolve(key.key_arn) == stack.resolve(key.key.key_arn) == arn_of
        assert stack.resolve(kms.CfnKey.arn_for_key(key)) == arn_of
        assert stack.resolve(key.key_ref.key_id) == {"Fn::GetAtt": [KEY_ID, "KeyId"]}

    def test_of_a_reference_are_in_its_arn(self, stack: Stack) -> None:
        """
        The account and the Region are those of the ARN, and so is the id.
        """
        key = ivs.SigningKey.from_signing_key_arn(stack, "Key", ELSEWHERE)
        assert (key.env.account, key.env.region) == (OTHER_ACCOUNT, "eu-north-1")
        assert key.key_arn == kms.CfnKey.arn_for_key(key) == ELSEWHERE
        assert key.key_ref.key_id == "1234abcd-12ab-34cd-56ef-1234567890ab"

    @pytest.mark.parametrize(
        "wrong", [arn("alias/playback", service="kms"), arn("key/a"), "1234abcd"]
    )
    def test_of_a_reference_need_the_arn_of_a_key(self, stack: Stack, wrong: str) -> None:
        """
        An alias, another service and an id are refused.
        """
        with pytest.raises(
            ValidationError, match="'signing_key_arn' must be an ARN of the form arn:aws:k"
        ):
            ivs.SigningKey.from_signing_key_arn(stack, "Key", wrong)
        assert stack.node.children == []


class TestInjection:
    def test_changes_the_arguments(self, stack: Stack) -> None:
        """
        A property injector sees the given arguments, and its own are used.
        """
        injector = Injector(ivs.SigningKey, lambda props: {**props, "description": "injected"})
        PropertyInjectors.of(stack).add(injector)
        ivs.SigningKey(stack, "SigningKey", alias="tokens")
        assert [props for props, *_ in injector.calls] == [{"alias": "tokens"}]
        assert resources_of(stack, KEY)[KEY_ID]["Properties"]["Description"] == "injected"


class TestFailures:
    @pytest.mark.parametrize(
        ("keyword", "value", "problem"),
        [
            ("alias", "", "must be 1 to 250 letters, digits, '-', '_' and '/'"),
            ("alias", "alias/", "must be 1 to 250 letters"),
            ("alias", "a b", "got 'a b'"),
            ("alias", "aws/ivs", "not begin with 'aws/', got 'aws/ivs'"),
            ("alias", "alias/aws/ivs", "not begin with 'aws/', got 'alias/aws/ivs'"),
            ("alias", "AWS/ivs", "not begin with 'aws/', got 'AWS/ivs'"),
            ("alias", "alias/Aws/ivs", "not begin with 'aws/', got 'alias/Aws/ivs'"),
            pytest.param("alias", f"a b{Aws.STACK_NAME}", "got 'a b", id="wrong before a token"),
            pytest.param("alias", f"aws/{Aws.STACK_NAME}", "got 'aws/", id="AWS before a token"),
            pytest.param("alias", Aws.NO_VALUE, "got '<token AWS.NoValue>'", id="no value"),
            ("alias", "a" * 251, "must be 1 to 250 letters"),
            ("alias", 5, "must be str, got 5 of type 'int'"),
            ("description", "a" * 8193, "must have at most 8192 characters, got 8193"),
            ("pending_window", Duration.days(6), "from 7 to 30, got 6 days"),
            ("pending_window", Duration.days(31), "from 7 to 30, got 31 days"),
            ("pending_window", Duration.hours(7 * 24 + 12), "from 7 to 30, got 7.5 days"),
            ("pending_window", 7, "must be Duration, got 7 of type 'int'"),
            ("removal_policy", RemovalPolicy.SNAPSHOT, "got SNAPSHOT"),
            ("removal_policy", "retain", "must be RemovalPolicy, got 'retain' of type 'str'"),
            ("tags", {"": "b"}, "must have keys of 1 to 128 characters, got ''"),
        ],
    )
    def test_leave_nothing_behind(
        self, stack: Stack, keyword: str, value: object, problem: str
    ) -> None:
        """
        What KMS refuses is refused by its keyword, and no construct is left.
        """
        with pytest.raises(ValidationError, match=f"'{keyword}' must") as error:
            ivs.SigningKey(stack, "SigningKey", **{keyword: value})  # type: ignore[arg-type] - the mistakes
        assert problem in error.value.message
        assert error.value.path == "Stack/SigningKey"
        assert stack.node.children == []

    @pytest.mark.parametrize(
        ("keyword", "value"),
        [
            ("alias", "a" * 250),
            ("alias", "alias/" + "a" * 250),
            ("alias", "awsome/live_1-2"),
            pytest.param("alias", f"alias/{Aws.STACK_NAME}-tokens", id="around a token"),
            ("description", "a" * 8192),
            ("description", ""),
            ("pending_window", Duration.days(7)),
            ("pending_window", Duration.hours(30 * 24)),
            ("removal_policy", RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE),
        ],
    )
    def test_are_none_at_the_limits(self, stack: Stack, keyword: str, value: object) -> None:
        """
        The last value that KMS takes is taken.
        """
        ivs.SigningKey(stack, "SigningKey", **{keyword: value})  # type: ignore[arg-type] - of each keyword
        assert len(resources_of(stack, KEY)) == 1

    def test_of_a_token_in_another_unit_say_which(self, stack: Stack) -> None:
        """
        A number of hours that is known at deployment cannot be converted.
        """
        hours = CfnParameter(stack, "Hours", type="Number").value_as_number
        with pytest.raises(ValidationError, match=r"must be Duration\.days\(\) when its value is"):
            ivs.SigningKey(stack, "SigningKey", pending_window=Duration.hours(hours))
        assert stack.node.try_find_child("SigningKey") is None
