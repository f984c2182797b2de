"""What the functions refuse, before anything is created."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from aws_cdk import App, Aws, Duration, Environment, Stack, Token
from aws_cdk import aws_ivs as l1
from aws_cdk import aws_ivs_alpha as alpha
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs

import cdk_ivs as ivs
from cdk_ivs import ValidationError, chat
from cdk_ivs._token_functions.construct import check_runtime
from tests.support.arns import ACCOUNT, REGION
from tests.support.rendered import properties_of
from tests.support.tokens import token
from tests.token_functions.construct_parts import (
    BY_CLAIM,
    BY_FIELD,
    CHANNEL_ARN,
    HOST,
    KINDS,
    RESOURCES,
    Make,
    chatting,
    configuration_of,
    participant,
    playback,
    signing_key,
    variable_of,
)

every_kind = pytest.mark.parametrize("kind", KINDS)
MAKERS: dict[str, Any] = {
    "channels": ivs.Channel.from_channel_arn,
    "stages": ivs.Stage.from_stage_arn,
    "rooms": chat.Room.from_room_arn,
}
FORMS = {
    "channels": "arn:aws:ivs:{region}:{account}:channel/{id}",
    "stages": "arn:aws:ivs:{region}:{account}:stage/{id}",
    "rooms": "arn:aws:ivschat:{region}:{account}:room/{id}",
}


def resource(
    scope: Stack,
    keyword: str,
    id: str = "Resource",
    *,
    region: str = REGION,
    account: str = ACCOUNT,
) -> Any:
    """A channel, stage or room of elsewhere, with the first letters of its id."""
    arn = FORMS[keyword].format(region=region, account=account, id=id.ljust(12, "0"))
    return MAKERS[keyword](scope, id, arn)


def refused(make: Make, stack: Stack, **arguments: Any) -> str:
    """The message with which arguments are refused, after which there is no function."""
    with pytest.raises(ValidationError) as error:
        make(stack, **arguments)
    assert error.value.path == "Stack/It"
    assert stack.node.try_find_child("It") is None
    return error.value.message


class TestResources:
    @every_kind
    def test_must_be_given(self, stack: Stack, kind: str) -> None:
        """
        A function for nothing is refused.
        """
        keyword = RESOURCES[kind]
        assert refused(KINDS[kind], stack, **{keyword: []}) == (
            f"'{keyword}' must have at least one resource, got none; list the resources that the "
            "tokens are for"
        )

    @every_kind
    def test_are_listed_once(self, stack: Stack, kind: str) -> None:
        """
        One that is listed twice is refused; two are not.
        """
        keyword = RESOURCES[kind]
        first, second = (resource(stack, keyword, id) for id in ("First", "Second"))
        message = refused(KINDS[kind], stack, **{keyword: [first, second, first]})
        assert message.startswith(f"'{keyword}' must not have a value twice, got 'arn:aws:ivs")
        assert KINDS[kind](stack, **{keyword: [first, second]})

    def test_one_that_is_new_is_named_by_its_path(self, stack: Stack) -> None:
        """
        The error for a channel of the app that is listed twice has its path, not a token.
        """
        channel = ivs.Channel(stack, "New", authorized=True)
        assert refused(playback, stack, channels=[channel, channel]) == (
            "'channels' must not have a value twice, got 'Stack/New' again; leave one out"
        )

    @every_kind
    @pytest.mark.parametrize(
        ("place", "message"),
        [
            (
                {"region": "eu-west-1"},
                "'{}' must be in the Region of the stack, us-west-2, got one in eu-west-1",
            ),
            (
                {"account": "210987654321"},
                "'{}' must be in the account of the stack, 123456789012, got one in 210987654321",
            ),
        ],
        ids=["Region", "account"],
    )
    def test_are_where_the_stack_is(
        self, located_stack: Stack, kind: str, place: dict[str, str], message: str
    ) -> None:
        """
        Another account or Region is refused where both are known.
        """
        keyword = RESOURCES[kind]
        elsewhere = resource(located_stack, keyword, **place)
        text = refused(KINDS[kind], located_stack, **{keyword: [elsewhere]})
        assert text == message.format(keyword)

    @every_kind
    def test_may_be_anywhere_if_nothing_is_known_of_the_stack(
        self, stack: Stack, kind: str
    ) -> None:
        """
        Where the stack goes is known at deployment only.
        """
        keyword = RESOURCES[kind]
        elsewhere = resource(stack, keyword, region="eu-west-1")
        assert KINDS[kind](stack, **{keyword: [elsewhere]})

    @every_kind
    def test_are_of_another_stack(self, app: App, located_stack: Stack, kind: str) -> None:
        """
        One that another stack creates is asked for its Region.
        """
        other = Stack(app, "Other", env=Environment(account=ACCOUNT, region="eu-west-1"))
        created = {
            "playback": lambda: ivs.Channel(other, "Channel", authorized=True),
            "participant": lambda: ivs.Stage(other, "Stage"),
            "chat": lambda: chat.Room(other, "Room"),
        }[kind]()
        keyword = RESOURCES[kind]
        assert "must be in the Region" in refused(
            KINDS[kind], located_stack, **{keyword: [created]}
        )

    @every_kind
    def test_are_constructs(self, stack: Stack, kind: str) -> None:
        """
        An ARN is refused with the way to refer to what it names.
        """
        keyword = RESOURCES[kind]
        arn = FORMS[keyword].format(region=REGION, account=ACCOUNT, id="AbCdef1G2hij")
        message = refused(KINDS[kind], stack, **{keyword: [arn]})
        assert message.startswith(f"'{keyword}' must be Sequence[")
        assert message.endswith(f"_arn(self, \"…\", '{arn}')")

    def test_of_a_public_key_elsewhere(self, located_stack: Stack) -> None:
        """
        A public key verifies tokens in its Region only.
        """
        key = ivs.PublicKey.from_public_key_arn(
            located_stack, "Key", f"arn:aws:ivs:eu-west-1:{ACCOUNT}:public-key/AbCdef1G2hij"
        )
        assert refused(participant, located_stack, public_key=key) == (
            "'public_key' must be in the Region of the stack, us-west-2, got one in eu-west-1"
        )

    def test_may_be_signed_with_a_key_of_another_region(self, located_stack: Stack) -> None:
        """
        The function calls KMS in the Region of the key.
        """
        key_arn = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        key = kms.Key.from_key_arn(located_stack, "Key", key_arn)
        function = playback(located_stack, signing_key=key)
        assert configuration_of(function)["key"] == key_arn


class TestRoles:
    @every_kind
    def test_must_be_given(self, stack: Stack, kind: str) -> None:
        """
        No roles at all are refused.
        """
        name = f"{kind.title()}Role"
        assert refused(KINDS[kind], stack, roles={}) == (
            f"'roles' must have at least one role, got none; give one, such as "
            f'{{"viewer": {name}(...)}}'
        )

    @every_kind
    @pytest.mark.parametrize("other", KINDS)
    def test_must_be_of_the_kind(self, stack: Stack, kind: str, other: str) -> None:
        """
        The roles of another kind of token are refused.
        """
        roles = {"playback": ivs.PlaybackRole(), "participant": HOST, "chat": ivs.ChatRole()}
        if kind == other:
            assert KINDS[kind](stack, roles={"role": roles[other]})
            return
        message = refused(KINDS[kind], stack, roles={"role": roles[other]})
        assert message.startswith(f"'roles' must be Mapping[str, {kind.title()}Role], got ")
        assert f" of type '{other.title()}Role' for " in message
        assert message.endswith(f": {kind.title()}Role(...)}}")

    @every_kind
    @pytest.mark.parametrize("name", ["", "a b", "ü", "a" * 65, "a.b"])
    def test_have_plain_names(self, stack: Stack, kind: str, name: str) -> None:
        """
        A name has 1 to 64 letters, digits, hyphens and underscores.
        """
        role = {"playback": ivs.PlaybackRole(), "participant": HOST, "chat": ivs.ChatRole()}[kind]
        assert refused(KINDS[kind], stack, roles={name: role}).startswith(
            "'roles' must have names of 1 to 64 letters, digits, '-' and '_', got "
        )
        assert KINDS[kind](stack, roles={"a" * 62 + "-_": role})

    @every_kind
    @pytest.mark.parametrize(
        "identity",
        [BY_FIELD, ivs.TokenIdentity.iam(), ivs.TokenIdentity.cognito_identity()],
        ids=["field", "iam", "cognito"],
    )
    def test_require_claims_of_an_authorizer(
        self, stack: Stack, kind: str, identity: ivs.TokenIdentity
    ) -> None:
        """
        Claims are known of callers who came by an authorizer, and of nobody else.
        """
        claims = {"cognito:groups": "hosts"}
        role: Any = {
            "playback": lambda: ivs.PlaybackRole(required_claims=claims),
            "participant": lambda: ivs.ParticipantRole(
                allow_publish=True, allow_subscribe=True, required_claims=claims
            ),
            "chat": lambda: ivs.ChatRole(required_claims=claims),
        }[kind]()
        assert refused(KINDS[kind], stack, roles={"host": role}, identity=identity) == (
            "'required_claims' must be left out of the role 'host', got {'cognito:groups': "
            "'hosts'}: the function knows no claims of its callers; use "
            "TokenIdentity.authorizer_claim(...) as 'identity'"
        )
        function = KINDS[kind](stack, roles={"host": role}, identity=BY_CLAIM)
        assert configuration_of(function)["roles"]["host"]["claims"] == claims

    @pytest.mark.parametrize("claims", [{}, {"groups": ""}, {"": "hosts"}])
    def test_require_claims_with_values(self, claims: dict[str, str]) -> None:
        """
        A claim that is to be empty, and no claim, would let everybody in.
        """
        with pytest.raises(
            ValidationError, match="'required_claims' must name at least one claim, each with a"
        ):
            ivs.ChatRole(required_claims=claims)

    @pytest.mark.parametrize(
        "late", [Aws.REGION, "{{resolve:ssm:/live/name:1}}"], ids=["token", "reference"]
    )
    def test_that_are_too_long_beside_a_token_are_refused(self, late: str) -> None:
        """
        What is written out beside a token counts: 1,000 bytes fit, and 1,001 do not.
        """
        ivs.ChatRole(required_claims={"group": f"{late}{'x' * 995}"})
        with pytest.raises(ValidationError, match="at most 1,000 bytes together, got 1,001 bytes"):
            ivs.ChatRole(required_claims={"group": f"{late}{'x' * 996}"})

    @pytest.mark.parametrize("keyword", ["required_claims", "attributes"])
    def test_hold_what_they_were_given(self, stack: Stack, keyword: str) -> None:
        """
        What a mapping becomes after the role was created changes nothing, and least of all who
        may have it.
        """
        texts = {"group": "hosts"}
        role = ivs.ChatRole(**{keyword: texts})  # type: ignore[arg-type] - of each keyword
        texts.clear()
        function = chatting(stack, roles={"host": role}, identity=BY_CLAIM)
        rendered = configuration_of(function)["roles"]["host"]
        assert {"group": "hosts"} in rendered.values()

    @pytest.mark.parametrize(
        ("kind", "role"),
        [
            ("playback", ivs.PlaybackRole(required_claims={"group": "hosts"})),
            (
                "participant",
                ivs.ParticipantRole(
                    allow_publish=True, allow_subscribe=True, required_claims={"group": "hosts"}
                ),
            ),
            ("chat", ivs.ChatRole(required_claims={"group": "hosts"})),
        ],
        ids=["playback", "participant", "chat"],
    )
    def test_are_checked_again_by_a_function(self, stack: Stack, kind: str, role: Any) -> None:
        """
        A role from which the required claims were taken would let everybody in.
        """
        role.required_claims.clear()
        message = refused(KINDS[kind], stack, roles={"host": role}, identity=BY_CLAIM)
        assert message.startswith(
            "'required_claims' of the role 'host' must name at least one claim"
        )

    @pytest.mark.parametrize(
        "make",
        [
            lambda texts: ivs.ChatRole(attributes=texts),
            lambda texts: ivs.ParticipantRole(
                allow_publish=True, allow_subscribe=True, attributes=texts
            ),
        ],
        ids=["chat", "participant"],
    )
    class TestAttributes:
        """What everybody sees of a participant, or of a user of a room."""

        @pytest.mark.parametrize(
            ("last", "first"),
            [
                ({"a": "x" * 1023}, {"a": "x" * 1024}),
                ({"key": "ü" * 510}, {"key": "ü" * 511}),
                ({"a": "x" * 500, "b": "x" * 522}, {"a": "x" * 500, "b": "x" * 523}),
            ],
        )
        def test_have_1024_bytes(
            self, make: Make, last: dict[str, str], first: dict[str, str]
        ) -> None:
            """
            Keys and values have at most 1,024 bytes together, in UTF-8.
            """
            assert make(last).attributes == last
            with pytest.raises(
                ValidationError,
                match="'attributes' must have keys and values of at most 1,024 bytes together, ",
            ):
                make(first)

        def test_may_be_tokens(self, make: Make) -> None:
            """
            How long a token is, is known at deployment. The text beside it counts.
            """
            assert make({"a": "x" * 1023 + token()})

        @pytest.mark.parametrize("texts", [{"a": 1}, {1: "a"}, {"a": None}])
        def test_are_texts(self, make: Make, texts: Any) -> None:
            """
            What is no text is refused.
            """
            with pytest.raises(
                TypeError, match="'attributes' must have strings as keys and values, got "
            ):
                make(texts)

        @pytest.mark.parametrize("texts", [{"a": "\ud800"}, {"\udfff": "a"}])
        def test_can_be_carried(self, make: Make, texts: dict[str, str]) -> None:
            """
            Half a character is refused.
            """
            with pytest.raises(
                ValidationError, match="'attributes' must have strings that UTF-8 can encode"
            ):
                make(texts)

    @pytest.mark.parametrize(
        ("make", "last", "first", "message"),
        [
            (
                lambda lifetime: ivs.PlaybackRole(maximum_lifetime=lifetime, single_use=True),
                Duration.seconds(600),
                Duration.seconds(601),
                (
                    "'maximum_lifetime' must be at most 600 seconds with a viewer ID or "
                    "'single_use', got 601 seconds; shorten it, or set 'with_viewer_id' and "
                    "'single_use' to False"
                ),
            ),
            (
                lambda lifetime: ivs.PlaybackRole(maximum_lifetime=lifetime, with_viewer_id=True),
                Duration.minutes(10),
                Duration.minutes(11),
                (
                    "'maximum_lifetime' must be at most 600 seconds with a viewer ID or "
                    "'single_use', got 660 seconds"
                ),
            ),
            (
                lambda lifetime: ivs.PlaybackRole(maximum_lifetime=lifetime),
                Duration.seconds(1),
                Duration.seconds(0),
                "'maximum_lifetime' must be at least 1 second, got 0 seconds",
            ),
            (
                lambda lifetime: ivs.PlaybackRole(maximum_lifetime=lifetime, with_viewer_id=False),
                Duration.seconds(999_999_999),
                Duration.seconds(1_000_000_000),
                "'maximum_lifetime' must be at most 999999999 seconds",
            ),
            (
                lambda lifetime: ivs.ParticipantRole(
                    allow_publish=True, allow_subscribe=True, maximum_lifetime=lifetime
                ),
                Duration.days(14),
                Duration.seconds(1_209_601),
                "'maximum_lifetime' must be at most 1209600 seconds, got 1209601 seconds",
            ),
            (
                lambda lifetime: ivs.ParticipantRole(
                    allow_publish=True, allow_subscribe=True, maximum_lifetime=lifetime
                ),
                Duration.seconds(2),
                Duration.millis(2500),
                "'maximum_lifetime' must be a whole number of seconds, got 2.5 seconds",
            ),
            (
                lambda duration: ivs.ChatRole(session_duration=duration),
                Duration.hours(3),
                Duration.minutes(181),
                "'session_duration' must be a whole number of minutes from 1 to 180, got 181",
            ),
            (
                lambda duration: ivs.ChatRole(session_duration=duration),
                Duration.minutes(1),
                Duration.seconds(0),
                "'session_duration' must be a whole number of minutes from 1 to 180, got 0 min",
            ),
            (
                lambda duration: ivs.ChatRole(session_duration=duration),
                Duration.seconds(120),
                Duration.seconds(90),
                "'session_duration' must be a whole number of minutes from 1 to 180, got 1.5 min",
            ),
            (
                lambda duration: ivs.ChatRole(session_duration=duration),
                Duration.minutes(Token.as_number({"Ref": "Minutes"})),
                Duration.hours(Token.as_number({"Ref": "Hours"})),
                "'session_duration' must be Duration.minutes\\(\\) when its value is a token",
            ),
        ],
    )
    def test_last_for_as_long_as_ivs_allows(
        self, make: Make, last: Duration, first: Duration, message: str
    ) -> None:
        """
        The last good duration is taken, and the first bad one refused.
        """
        assert make(last)
        with pytest.raises(ValidationError, match=message):
            make(first)

    def test_name_viewers_of_a_function_that_knows_them(self, stack: Stack) -> None:
        """
        Without an identity there is nothing to put into a token.
        """
        role = ivs.PlaybackRole(with_viewer_id=True)
        assert refused(playback, stack, roles={"a": role}) == (
            "'with_viewer_id' of the role 'a' must be False without an identity, got True; give "
            "the function an 'identity', for example TokenIdentity.authorizer_claim('sub')"
        )

    def test_have_the_lifetime_of_the_function(self, stack: Stack) -> None:
        """
        The lifetime of the function is refused where tokens of a role cannot have it.
        """
        roles = {"once": ivs.PlaybackRole(single_use=True)}
        arguments = {"maximum_lifetime": Duration.minutes(11), "roles": roles}
        assert refused(playback, stack, **arguments) == (
            "'maximum_lifetime' of the role 'once' must be at most 600 seconds with a viewer ID "
            "or 'single_use', got 660 seconds; shorten it, or set 'with_viewer_id' and "
            "'single_use' to False"
        )
        of_its_own = ivs.PlaybackRole(single_use=True, maximum_lifetime=Duration.minutes(10))
        function = playback(stack, **arguments | {"roles": {"once": of_its_own}})
        assert configuration_of(function)["roles"]["once"]["lifetime"] == 600

    def test_list_a_capability_once(self) -> None:
        """
        A capability that is listed twice is refused, and its value is taken for it.
        """
        with pytest.raises(ValidationError, match="'capabilities' must not have a value twice"):
            ivs.ChatRole(capabilities=[ivs.ChatCapability.SEND_MESSAGE] * 2)
        assert ivs.ChatRole(capabilities=["SEND_MESSAGE"]).capabilities == [  # type: ignore[list-item] - its value
            ivs.ChatCapability.SEND_MESSAGE
        ]

    def test_have_capabilities_of_the_service(self) -> None:
        """
        Another capability is refused with those that there are.
        """
        with pytest.raises(TypeError, match="DELETE_MESSAGE, DISCONNECT_USER, SEND_MESSAGE"):
            ivs.ChatRole(capabilities=["BAN"])  # type: ignore[list-item] - the mistake


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


class TestSize:
    @every_kind
    @pytest.mark.parametrize("created", [False, True], ids=["known", "created"])
    def test_is_that_of_the_variables_of_lambda(
        self, stack: Stack, kind: str, created: bool
    ) -> None:
        """
        All variables of a function have 4,096 bytes, which ARNs of some 60 resources fill.
        """
        keyword = RESOURCES[kind]
        make = {
            "playback": lambda id: ivs.Channel(stack, id, authorized=True),
            "participant": lambda id: ivs.Stage(stack, id),
            "chat": lambda id: chat.Room(stack, id),
        }[kind]
        resources = [
            make(f"R{number}") if created else resource(stack, keyword, f"R{number:03}")
            for number in range(75)
        ]
        message = refused(KINDS[kind], stack, **{keyword: resources})
        assert message.startswith(
            f"'{keyword}' and 'roles' must fit into the environment variables of a function, "
            "which have 4,096 bytes, got about "
        )
        assert message.endswith(f"bytes; create several functions, each with some of the {keyword}")
        function = KINDS[kind](stack, **{keyword: resources[:50]})
        if not created:
            assert 2900 < len(json.dumps(configuration_of(function))) < 4096

    def test_counts_bytes(self, stack: Stack) -> None:
        """
        Characters that are no ASCII take more than one.
        """
        roles = {f"role{number}": ivs.ChatRole(attributes={"a": "ü" * 500}) for number in range(4)}
        assert "which have 4,096 bytes, got about 4," in refused(chatting, stack, roles=roles)
        del roles["role3"]
        assert chatting(stack, roles=roles)


class TestAtSynthesis:
    """What may change until then."""

    @staticmethod
    def errors(stack: Stack) -> list[str]:
        """The errors of the synthesis."""
        try:
            App.of(stack).synth()
        except RuntimeError as error:
            return [line.strip() for line in str(error).splitlines() if "cdk-ivs" in line]
        return []

    @pytest.mark.parametrize(
        "make",
        [
            lambda stack: ivs.Channel(stack, "Channel"),
            lambda stack: ivs.Channel(stack, "Channel", authorized=False),
            lambda stack: l1.CfnChannel(stack, "Channel"),
            lambda stack: alpha.Channel(stack, "Channel"),
        ],
        ids=["default", "False", "L1", "alpha"],
    )
    def test_refuses_public_channels(self, stack: Stack, make: Make) -> None:
        """
        A channel that everybody can watch needs no tokens, so that these protect nothing.
        """
        playback(stack, channels=[make(stack)])
        (error,) = self.errors(stack)
        assert error == (
            "[] 'channels' must be channels with 'authorized' True, got 'Stack/Channel', which "
            "everyone can watch without a token; create it with authorized=True "
            "[cdk-ivs:PublicChannel at 'Stack/It']"
        )

    @pytest.mark.parametrize(
        "make",
        [
            lambda stack: ivs.Channel(stack, "Channel", authorized=True),
            lambda stack: ivs.Channel.from_channel_arn(stack, "Channel", CHANNEL_ARN),
            lambda stack: l1.CfnChannel(stack, "Channel", authorized=True),
            lambda stack: l1.CfnChannel(
                stack, "Channel", authorized=Token.as_any({"Ref": "Authorized"})
            ),
            lambda stack: alpha.Channel(stack, "Channel", authorized=True),
            lambda stack: alpha.Channel.from_channel_arn(stack, "Channel", CHANNEL_ARN),
        ],
        ids=["True", "reference", "L1", "L1 with a token", "alpha", "reference of alpha's"],
    )
    def test_takes_channels_that_may_be_private(self, stack: Stack, make: Make) -> None:
        """
        A private channel passes, and so does one of which nothing is known.
        """
        playback(stack, channels=[make(stack)])
        assert self.errors(stack) == []

    def test_sees_an_escape_hatch(self, stack: Stack) -> None:
        """
        What becomes private later passes, and what becomes public is refused.
        """
        opened = ivs.Channel(stack, "Opened", authorized=True)
        closed = ivs.Channel(stack, "Closed")
        playback(stack, channels=[opened, closed])
        for channel, authorized in ((opened, False), (closed, True)):
            cfn_channel = channel.node.default_child
            assert isinstance(cfn_channel, l1.CfnChannel)
            cfn_channel.add_property_override("Authorized", authorized)
        (error,) = self.errors(stack)
        assert "got 'Stack/Opened'" in error

    @pytest.mark.parametrize("make", [playback, participant], ids=["playback", "participant"])
    @pytest.mark.parametrize(
        ("key", "got"),
        [
            (lambda stack: kms.Key(stack, "Key"), "SYMMETRIC_DEFAULT"),
            (lambda stack: kms.CfnKey(stack, "Key"), "SYMMETRIC_DEFAULT"),
            (
                lambda stack: kms.Key(
                    stack,
                    "Key",
                    key_spec=kms.KeySpec.ECC_NIST_P256,
                    key_usage=kms.KeyUsage.SIGN_VERIFY,
                ),
                "ECC_NIST_P256",
            ),
            (
                lambda stack: kms.CfnKey(
                    stack, "Key", key_spec="ECC_NIST_P384", key_usage="KEY_AGREEMENT"
                ),
                "KEY_AGREEMENT",
            ),
        ],
        ids=["default", "L1", "P-256", "usage"],
    )
    def test_refuses_keys_that_cannot_sign(
        self, stack: Stack, make: Make, key: Make, got: str
    ) -> None:
        """
        KMS would refuse every token.
        """
        make(stack, signing_key=key(stack))
        (error,) = self.errors(stack)
        assert error == (
            "[] 'signing_key' must be a key with the spec ECC_NIST_P384 and the usage SIGN_VERIFY, "
            f"got '{got}'; create a SigningKey [cdk-ivs:SigningKey at 'Stack/It']"
        )

    @pytest.mark.parametrize("make", [playback, participant], ids=["playback", "participant"])
    @pytest.mark.parametrize(
        "key",
        [
            lambda stack: kms.Key(
                stack,
                "Key",
                key_spec=kms.KeySpec.ECC_NIST_P384,
                key_usage=kms.KeyUsage.SIGN_VERIFY,
            ),
            lambda stack: kms.CfnKey(stack, "Key", key_spec=token("Spec"), key_usage="SIGN_VERIFY"),
            signing_key,
        ],
        ids=["P-384", "token", "reference"],
    )
    def test_takes_keys_that_may_sign(self, stack: Stack, make: Make, key: Make) -> None:
        """
        The one kind of key passes, and so does one of which nothing is known.
        """
        make(stack, signing_key=key(stack))
        assert self.errors(stack) == []


def test_a_reference_in_a_role_is_apart_from_the_braces_of_json(stack: Stack) -> None:
    """
    A dynamic reference ends in two braces. The braces of the JSON do not follow in its line.
    """
    reference: Any = "{{resolve:ssm:/live/name:1}}"
    roles = {
        "viewer": ivs.PlaybackRole(maximum_resolution=reference),
        "other": ivs.PlaybackRole(maximum_resolution=ivs.MaximumResolution.HD),
    }
    function = playback(stack, identity=BY_CLAIM, roles=roles)
    plain = playback(stack, "Plain", identity=BY_CLAIM, roles={"other": roles["other"]})
    text = variable_of(function)
    assert [line.count("}}") for line in text.splitlines() if "{{" in line] == [1]
    rendered = configuration_of(function)["roles"]
    assert [role["resolution"] for role in rendered.values()] == [reference, "HD"]
    assert "\n" not in variable_of(plain)
