"""The channels, stages and rooms that functions refuse, and how many fit into one."""

from __future__ import annotations

import json

import pytest
from aws_cdk import App, Environment, Stack
from aws_cdk import aws_kms as kms

import cdk_ivs as ivs
from cdk_ivs import chat
from tests.support.arns import ACCOUNT, REGION
from tests.token_functions.construct_parts import (
    FORMS,
    KINDS,
    RESOURCES,
    chatting,
    configuration_of,
    every_kind,
    participant,
    playback,
    refused,
    resource,
)


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
