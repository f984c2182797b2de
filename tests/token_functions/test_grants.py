"""Who may call a function, and what it is told about imported keys."""

from __future__ import annotations

import pytest
from aws_cdk import Stack, Token
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.annotations import warnings_of
from tests.support.arns import ACCOUNT, REGION
from tests.support.oracles import resources_of
from tests.support.rendered import logical_id_of, properties_of
from tests.token_functions.construct_parts import (
    BY_CLAIM,
    BY_FIELD,
    KINDS,
    Make,
    once,
    participant,
    playback,
    resource_types,
)

every_kind = pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
OTHER_ACCOUNT = "210987654321"
KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab"
FORGEABLE = (
    "a principal that can invoke the function directly writes the whole event, with the "
    "identity of the caller in it, and can get a token for any user; let callers use {}, or "
    "acknowledge this warning if you trust the grantee with that [ack: "
    "cdk-ivs:ForgeableIdentity]"
)


@pytest.fixture
def role(stack: Stack) -> iam.Role:
    """The role of a caller."""
    return iam.Role(stack, "Caller", assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"))


def policy_of(role: iam.Role) -> list[dict[str, object]]:
    """The statements that were added to a role."""
    statements: list[dict[str, object]] = properties_of(role.node.find_child("DefaultPolicy"))[
        "PolicyDocument"
    ]["Statement"]
    return statements


@every_kind
class TestGrants:
    def test_invoke(self, stack: Stack, role: iam.Role, make: Make) -> None:
        """
        A trusted caller may invoke the function and its versions, and nothing is warned about.
        """
        function = make(stack, identity=BY_FIELD)
        assert function.grant_invoke(role).success
        arn = {"Fn::GetAtt": [logical_id_of(function.function), "Arn"]}
        assert policy_of(role) == [
            {
                "Action": "lambda:InvokeFunction",
                "Effect": "Allow",
                "Resource": [arn, {"Fn::Join": ["", [arn, ":*"]]}],
            }
        ]
        assert warnings_of(stack) == []

    @pytest.mark.parametrize(
        ("identity", "instead"),
        [
            (BY_CLAIM, "the route of an HTTP API"),
            (ivs.TokenIdentity.iam(), "grant_invoke_url()"),
            (ivs.TokenIdentity.cognito_identity(), "the route of an HTTP API"),
        ],
        ids=["claim", "iam", "cognito"],
    )
    def test_invoke_is_warned_about(
        self,
        stack: Stack,
        role: iam.Role,
        make: Make,
        identity: ivs.TokenIdentity,
        instead: str,
    ) -> None:
        """
        Whoever may invoke the function can write the identity that AWS would pass on.
        """
        function = make(stack, identity=identity)
        assert function.grant_invoke(role).success
        assert warnings_of(stack) == [("/Stack/It", FORGEABLE.format(instead))]

    def test_invoke_by_a_service(self, stack: Stack, make: Make) -> None:
        """
        API Gateway writes the identity as it found it, so that nothing is warned about an API.
        """
        function = make(stack, identity=BY_CLAIM)
        api = "arn:aws:execute-api:us-west-2:123456789012:a1b2c3d4e5/*"
        conditions = {"ArnLike": {"aws:SourceArn": api}}
        function.grant_invoke(
            iam.ServicePrincipal("apigateway.amazonaws.com", conditions=conditions)
        )
        (permission,) = resources_of(stack, "AWS::Lambda::Permission").values()
        assert permission["Properties"]["SourceArn"] == api
        assert warnings_of(stack) == []

    @pytest.mark.parametrize(
        "principal",
        [
            iam.ServicePrincipal("apigateway.amazonaws.com"),
            iam.ServicePrincipal(
                "events.amazonaws.com",
                conditions={"ArnLike": {"aws:SourceArn": "arn:aws:events:us-west-2:1:rule/*"}},
            ),
        ],
        ids=["APIs of all accounts", "events"],
    )
    def test_invoke_by_services_is_warned_about(
        self, stack: Stack, make: Make, principal: iam.ServicePrincipal
    ) -> None:
        """
        Whoever has an API in any account, or writes events, could write the identity as well.
        """
        make(stack, identity=BY_CLAIM).grant_invoke(principal)
        assert warnings_of(stack) == [("/Stack/It", FORGEABLE.format("the route of an HTTP API"))]

    def test_url(self, stack: Stack, role: iam.Role, make: Make) -> None:
        """
        The URL takes signed requests only, and its callers may invoke the function by it alone.
        """
        function = make(stack, identity=ivs.TokenIdentity.iam())
        cors = lambda_.FunctionUrlCorsOptions(
            allowed_origins=["https://example.com"], allowed_methods=[lambda_.HttpMethod.POST]
        )
        url = function.add_function_url(cors=cors)
        assert function.grant_invoke_url(role).success
        arn = {"Fn::GetAtt": [logical_id_of(function.function), "Arn"]}
        assert properties_of(url) == {
            "AuthType": "AWS_IAM",
            "Cors": {"AllowMethods": ["POST"], "AllowOrigins": ["https://example.com"]},
            "TargetFunctionArn": arn,
        }
        assert policy_of(role) == [
            {
                "Action": "lambda:InvokeFunctionUrl",
                "Condition": {"StringEquals": {"lambda:FunctionUrlAuthType": "AWS_IAM"}},
                "Effect": "Allow",
                "Resource": arn,
            },
            {
                "Action": "lambda:InvokeFunction",
                "Condition": {"Bool": {"lambda:InvokedViaFunctionUrl": True}},
                "Effect": "Allow",
                "Resource": arn,
            },
        ]
        assert warnings_of(stack) == []

    def test_url_of_a_trusted_caller(self, stack: Stack, role: iam.Role, make: Make) -> None:
        """
        A backend can call the URL as well.
        """
        function = make(stack, identity=BY_FIELD)
        url = function.add_function_url()
        assert properties_of(url)["AuthType"] == "AWS_IAM"
        assert function.grant_invoke_url(role).success

    @pytest.mark.parametrize(
        "identity",
        [BY_CLAIM, ivs.TokenIdentity.cognito_identity()],
        ids=["claim", "cognito"],
    )
    def test_url_without_identity(
        self, stack: Stack, role: iam.Role, make: Make, identity: ivs.TokenIdentity
    ) -> None:
        """
        A URL passes on neither claims nor the identity of an identity pool.
        """
        function = make(stack, identity=identity)
        for call in (function.add_function_url, lambda: function.grant_invoke_url(role)):
            with pytest.raises(ValidationError) as error:
                call()
            assert str(error.value) == (
                "'identity' must be an identity that a function URL sends to the function, got one "
                "of an authorizer or an identity pool; use TokenIdentity.iam(), or the route "
                "of an HTTP API "
                "[cdk-ivs:UrlWithoutIdentity at 'Stack/It']"
            )
        assert "AWS::Lambda::Url" not in resource_types(stack)

    def test_url_comes_first(self, stack: Stack, role: iam.Role, make: Make) -> None:
        """
        Without a URL there is nothing to call.
        """
        function = make(stack)
        with pytest.raises(ValidationError, match="got none; call add_function_url\\(\\) before"):
            function.grant_invoke_url(role)

    def test_url_is_one(self, stack: Stack, make: Make) -> None:
        """
        A second URL is refused.
        """
        function = make(stack)
        function.add_function_url()
        with pytest.raises(ValidationError, match="a function has at most one URL"):
            function.add_function_url()
        assert resource_types(stack).count("AWS::Lambda::Url") == 1

    def test_url_is_one_of_the_cdk_too(self, stack: Stack, make: Make) -> None:
        """
        One that the CDK's construct was given counts, until it is removed.
        """
        function = make(stack)
        function.function.add_function_url()
        with pytest.raises(ValidationError, match="a function has at most one URL"):
            function.add_function_url()
        function.function.node.try_remove_child("FunctionUrl")
        assert properties_of(function.add_function_url())["AuthType"] == "AWS_IAM"

    def test_url_for_websites(self, stack: Stack, make: Make) -> None:
        """
        What is no set of options is refused.
        """
        function = make(stack)
        with pytest.raises(TypeError, match="'cors' must be FunctionUrlCorsOptions, got '\\*' of"):
            function.add_function_url(cors="*")

    def test_go_to_grantees(self, stack: Stack, make: Make) -> None:
        """
        What can have no permissions is refused with what can.
        """
        function = make(stack)
        function.add_function_url()
        for grant in (function.grant_invoke, function.grant_invoke_url):
            with pytest.raises(TypeError, match="'grantee' must be IGrantable, got 5 of type"):
                grant(5)


@pytest.mark.parametrize("make", [playback, participant], ids=["playback", "participant"])
class TestKeys:
    def test_of_another_account(self, located_stack: Stack, make: Make) -> None:
        """
        The policy of a key of another account must allow the function to sign as well.
        """
        arn = f"arn:aws:kms:{REGION}:{OTHER_ACCOUNT}:key/{KEY_ID}"
        make(
            located_stack,
            signing_key=once(located_stack, "Other", kms.Key.from_key_arn, arn),
        )
        text = (
            f"'function' is in account {ACCOUNT}, and the key is in account {OTHER_ACCOUNT}: the "
            "policy of the key, which cdk-ivs cannot see, must also allow kms:Sign for the "
            "function; acknowledge this warning when it does [ack: cdk-ivs:KeyOfAnotherAccount]"
        )
        assert warnings_of(located_stack) == [("/Stack/It", text)]

    def test_of_the_account(self, located_stack: Stack, make: Make) -> None:
        """
        A key of the account needs nothing.
        """
        make(located_stack)
        make(located_stack, "Other", signing_key=ivs.SigningKey(located_stack, "Key"))
        assert warnings_of(located_stack) == []


class TestPairs:
    def test_of_two_keys(self, stack: Stack) -> None:
        """
        A public key whose other half is another key verifies none of the tokens.
        """
        key, other = ivs.SigningKey(stack, "Key"), ivs.SigningKey(stack, "OtherKey")
        public_key = ivs.PublicKey(stack, "PublicKey", signing_key=other)
        with pytest.raises(ValidationError) as error:
            participant(stack, public_key=public_key, signing_key=key)
        assert str(error.value) == (
            "'public_key' must be the public half of 'signing_key', got that of another key, which "
            "verifies none of the tokens; give both the same key [cdk-ivs:OtherKey at 'Stack/It']"
        )
        assert stack.node.try_find_child("It") is None

    @pytest.mark.parametrize(
        "same",
        [
            lambda key: key,
            lambda key: key.key,
            lambda key: ivs.SigningKey.from_signing_key_arn(
                key, "Same", Token.as_string({"Fn::GetAtt": [logical_id_of(key), "Arn"]})
            ),
        ],
        ids=["signing key", "its key", "token"],
    )
    def test_of_one_key(self, stack: Stack, same: Make) -> None:
        """
        The same key passes, by whichever of its constructs.
        """
        key = ivs.SigningKey(stack, "Key")
        public_key = ivs.PublicKey(stack, "PublicKey", signing_key=key)
        assert participant(stack, public_key=public_key, signing_key=same(key))

    def test_of_what_is_not_known(self, stack: Stack) -> None:
        """
        Nothing is known of a reference, nor of a PEM.
        """
        key = ivs.SigningKey(stack, "Key")
        assert participant(stack, signing_key=key)
