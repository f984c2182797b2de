"""Identities, origins, keys and settings that functions refuse."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from aws_cdk import App, Stack, Token
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from cdk_ivs._token_functions.construct import check_runtime
from tests.support.arns import ACCOUNT, REGION
from tests.support.rendered import properties_of
from tests.support.tokens import token
from tests.token_functions.construct_parts import (
    KINDS,
    RESOURCES,
    Make,
    chatting,
    configuration_of,
    every_kind,
    participant,
    playback,
    refused,
    resource,
    signing_key,
)


class TestIdentity:
    @pytest.mark.parametrize("make", [participant, chatting], ids=["participant", "chat"])
    def test_must_be_somebody(self, stack: Stack, make: Make) -> None:
        """
        Only playback tokens are for nobody in particular.
        """
        assert refused(make, stack, identity=ivs.TokenIdentity.anonymous()) == (
            "'identity' must identify the caller, got TokenIdentity.anonymous(), which is for "
            "playback tokens only; use for example TokenIdentity.authorizer_claim('sub')"
        )

    @every_kind
    def test_must_be_one_of_the_sources(self, stack: Stack, kind: str) -> None:
        """
        A text is refused with the sources that there are.
        """
        message = refused(KINDS[kind], stack, identity="sub")
        assert message.startswith("'identity' must be TokenIdentity, got 'sub' of type 'str'; use ")
        assert "TokenIdentity.authorizer_claim(...)" in message

    @pytest.mark.parametrize("name", ["", "a\n", "a" * 257])
    def test_by_a_claim_that_can_be(self, name: str) -> None:
        """
        The name of a claim has 1 to 256 printable characters.
        """
        with pytest.raises(ValidationError, match="'name' must be the name of a claim"):
            ivs.TokenIdentity.authorizer_claim(name)
        assert ivs.TokenIdentity.authorizer_claim("https://example.com/" + "a" * 236)

    @pytest.mark.parametrize("name", ["", "viewer-id", "1st", "a" * 65, "ü"])
    def test_by_a_field_that_can_be(self, name: str) -> None:
        """
        The name of a field is one that code has.
        """
        with pytest.raises(ValidationError, match="'name' must be 1 to 64 letters, digits and und"):
            ivs.TokenIdentity.event_field(name)
        assert ivs.TokenIdentity.event_field("a" * 63 + "_")

    @pytest.mark.parametrize("name", ["channel_arn", "stage_arn", "room_arn", "role", "expires_in"])
    def test_by_a_field_of_its_own(self, name: str) -> None:
        """
        The fields that choose something are not the identity.
        """
        with pytest.raises(
            ValidationError, match=f"'name' must not be the name of another field .*got '{name}'"
        ):
            ivs.TokenIdentity.event_field(name)

    @pytest.mark.parametrize("make", ["authorizer_claim", "event_field"])
    def test_by_a_text(self, make: str) -> None:
        """
        A name is a text.
        """
        with pytest.raises(TypeError, match="'name' must be str, got 5 of type 'int'"):
            getattr(ivs.TokenIdentity, make)(5)


class TestOrigins:
    @pytest.mark.parametrize(
        ("origins", "message"),
        [
            (
                [],
                "'allowed_origins' must have at least one origin, got none; leave it out to allow",
            ),
            (["https://example.com/"], "'allowed_origins' must be origins such as"),
            (["https://Example.com"], "'allowed_origins' must be origins such as"),
            (["https://example.com:443"], "'allowed_origins' must be origins such as"),
            (["https://example.com:65536"], "'allowed_origins' must be origins such as"),
            (["https://example.com:\N{ARABIC-INDIC DIGIT THREE}"], "'allowed_origins' must be ori"),
            (["https://a.com,https://b.com"], "'allowed_origins' must be origins such as"),
            (["example.com"], "'allowed_origins' must be origins such as"),
            (["https://a.com"] * 2, "'allowed_origins' must not have a value twice"),
        ],
    )
    def test_are_as_browsers_send_them(
        self, stack: Stack, origins: list[str], message: str
    ) -> None:
        """
        What no browser sends would match no viewer.
        """
        assert refused(playback, stack, allowed_origins=origins).startswith(message)

    @pytest.mark.parametrize(
        "origin",
        [
            "*",
            "https://example.com",
            "https://*.example.com",
            "http://localhost:3000",
            "https://example.com:65535",
            "https://example.com:80",
            "capacitor://localhost",
            "http://[::1]:8080",
        ],
    )
    def test_may_be_of_apps_too(self, stack: Stack, origin: str) -> None:
        """
        All that the function takes is taken.
        """
        function = playback(stack, allowed_origins=[origin])
        assert configuration_of(function)["origins"] == [origin]

    def test_may_be_tokens(self, stack: Stack) -> None:
        """
        One that is known at deployment only passes, and so does a list.
        """
        assert playback(stack, allowed_origins=[token()])
        listed = Token.as_list({"Ref": "Origins"})
        assert playback(stack, "Listed", allowed_origins=listed, strict_origin_enforcement=True)

    def test_are_at_most_five_if_strict(self, stack: Stack) -> None:
        """
        Strict enforcement takes 1 to 5 origins.
        """
        origins = [f"https://{number}.example.com" for number in range(6)]
        strict = {"strict_origin_enforcement": True}
        assert refused(playback, stack, allowed_origins=origins, **strict) == (
            "'allowed_origins' must have at most 5 origins with 'strict_origin_enforcement' "
            "True, got 6"
        )
        assert refused(playback, stack, **strict) == (
            "'allowed_origins' must be given with 'strict_origin_enforcement' True, got none; "
            "name the origins that it restricts playback to"
        )
        assert playback(stack, "Strict", allowed_origins=origins[:5], **strict)
        assert playback(stack, "Lax", allowed_origins=origins, strict_origin_enforcement=False)

    def test_fit_into_a_token(self, stack: Stack) -> None:
        """
        With more origins every token would have over 2,048 bytes.
        """
        origins = [f"https://{number:02}.{'a' * 19}.example" for number in range(40)]
        message = refused(playback, stack, allowed_origins=origins)
        assert message.startswith(
            "'allowed_origins' must be shorter: a playback token has at most 2,048 bytes, "
            "got 2,469 bytes with them; use 'https://*.example.com'"
        )
        assert playback(stack, allowed_origins=origins[:30])


class TestKey:
    @pytest.mark.parametrize("make", [playback, participant], ids=["playback", "participant"])
    def test_must_be_a_key(self, stack: Stack, make: Make) -> None:
        """
        An ARN is refused with the way to refer to the key.
        """
        arn = "arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        assert refused(make, stack, signing_key=arn) == (
            f"'signing_key' must be IKeyRef, got '{arn}' of type 'str'; use "
            f"aws_kms.Key.from_key_arn(self, \"…\", '{arn}')"
        )

    @pytest.mark.parametrize("make", [playback, participant], ids=["playback", "participant"])
    @pytest.mark.parametrize("created", [True, False], ids=["created", "reference"])
    def test_must_not_be_an_alias(self, stack: Stack, make: Make, *, created: bool) -> None:
        """
        The CDK takes an alias for a key, and IAM allows nothing by the ARN of one.
        """
        alias: kms.IAlias = (
            kms.Alias(stack, "Alias", alias_name="alias/tokens", target_key=signing_key(stack))
            if created
            else kms.Alias.from_alias_name(stack, "Alias", "alias/tokens")
        )
        assert refused(make, stack, signing_key=alias) == (
            "'signing_key' must be a key, got an alias: a policy that names an alias allows "
            "nothing; use the key, for example with SigningKey.from_signing_key_arn()"
        )


class TestFunctions:
    @every_kind
    def test_write_into_a_log_group_where_the_stack_is(
        self, located_stack: Stack, kind: str
    ) -> None:
        """
        Lambda knows no log group of another Region or account.
        """
        for id, region, account in (("Far", "eu-west-1", ACCOUNT), ("Other", REGION, "2" * 12)):
            group = logs.LogGroup.from_log_group_arn(
                located_stack, id, f"arn:aws:logs:{region}:{account}:log-group:tokens:*"
            )
            assert refused(KINDS[kind], located_stack, log_group=group).startswith(
                "'log_group' must be in the "
            )
        named = logs.LogGroup.from_log_group_name(located_stack, "Named", "tokens")
        assert KINDS[kind](located_stack, log_group=named)

    @every_kind
    @pytest.mark.parametrize(
        ("runtime", "name"),
        [
            (lambda_.Runtime.PYTHON_3_10, "python3.10"),
            (lambda_.Runtime.NODEJS_22_X, "nodejs22.x"),
            (lambda_.Runtime.FROM_IMAGE, "FROM_IMAGE"),
        ],
        ids=["older", "Node", "image"],
    )
    def test_run_on_python_from_3_11(
        self, stack: Stack, kind: str, runtime: lambda_.Runtime, name: str
    ) -> None:
        """
        An older Python, and another language, is refused.
        """
        assert refused(KINDS[kind], stack, runtime=runtime) == (
            f"'runtime' must be Python 3.11 or newer, got '{name}'; use for example "
            "Runtime.PYTHON_3_14"
        )
        function = KINDS[kind](stack, runtime=lambda_.Runtime.PYTHON_3_11)
        assert properties_of(function.function)["Runtime"] == "python3.11"

    def test_run_on_a_version_that_can_be_one(self) -> None:
        """
        A version that the CDK does not have yet passes, and a name with more digits than a version
        has is refused. Neither is a runtime of the CDK's, which would list it among all there are.
        """
        newer: Any = SimpleNamespace(name="python3.15")
        check_runtime("runtime", newer)
        endless: Any = SimpleNamespace(name="python3." + "9" * 5000)
        with pytest.raises(ValidationError, match=r"'runtime' must be Python 3\.11 or newer"):
            check_runtime("runtime", endless)

    @every_kind
    def test_have_a_name_that_lambda_takes(self, stack: Stack, kind: str) -> None:
        """
        A name has 1 to 64 letters, digits, hyphens and underscores.
        """
        for name in ("", "a b", "a" * 65, "{{resolve:ssm:/live/name:1}}"):
            assert refused(KINDS[kind], stack, function_name=name).startswith(
                "'function_name' must be 1 to 64 letters, digits, '-' and '_', got "
            )
        assert KINDS[kind](stack, function_name="a" * 64)

    @every_kind
    @pytest.mark.parametrize(
        ("memory_size", "rule"), [(127, "at least 128 MB"), (10_241, "at most 10240 MB")]
    )
    def test_have_the_memory_that_lambda_gives(
        self, stack: Stack, kind: str, memory_size: int, rule: str
    ) -> None:
        """
        From 128 to 10,240 MB.
        """
        assert refused(KINDS[kind], stack, memory_size=memory_size) == (
            f"'memory_size' must be {rule}, got {memory_size} (allowed: 128 to 10240)"
        )

    @every_kind
    @pytest.mark.parametrize(
        ("keyword", "value"),
        [
            ("function_name", 5),
            ("log_group", "name"),
            ("memory_size", "512"),
            ("runtime", "python3.14"),
            ("roles", ["viewer"]),
        ],
    )
    def test_take_values_of_their_types(
        self, stack: Stack, kind: str, keyword: str, value: Any
    ) -> None:
        """
        A value of another type is refused with the keyword.
        """
        assert refused(KINDS[kind], stack, **{keyword: value}).startswith(f"'{keyword}' must be ")

    @every_kind
    def test_are_created_in_a_stack(self, app: App, kind: str) -> None:
        """
        Outside of a stack nothing is created.
        """
        stack = Stack(app, "Stack")
        keyword = RESOURCES[kind]
        given = {
            keyword: [resource(stack, keyword)],
            "signing_key": signing_key(stack),
            "public_key": ivs.PublicKey.from_public_key_arn(
                stack, "PublicKey", "arn:aws:ivs:us-west-2:123456789012:public-key/AbCdef1G2hij"
            ),
        }
        if kind != "participant":
            del given["public_key"]
        if kind == "chat":
            del given["signing_key"]
        with pytest.raises(ValidationError, match="'scope' must be a stack or a construct in one"):
            KINDS[kind](app, **given)
        assert app.node.try_find_child("It") is None
