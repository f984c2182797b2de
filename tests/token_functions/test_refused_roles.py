"""The roles that functions refuse, and those that they take."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import Aws, Duration, Stack, Token

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.tokens import token
from tests.token_functions.construct_parts import (
    BY_CLAIM,
    BY_FIELD,
    HOST,
    KINDS,
    Make,
    chatting,
    configuration_of,
    every_kind,
    playback,
    refused,
    variable_of,
)


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
