"""The tags parameter."""

from __future__ import annotations

import pytest
from aws_cdk import CfnTag, Stack, Tags
from aws_cdk.assertions import Template

import cdk_ivs as ivs
from cdk_ivs import ArgumentTypeError, ValidationError
from cdk_ivs._validation.tags import check_tag_mapping, check_tags, render_tags
from tests.support.tokens import token


class TestCheckTagMapping:
    @pytest.mark.parametrize("tags", [{}, {"key": 1}, {"Key": "a", "Value": "b", "c": "d"}])
    def test_accepts_mappings(self, tags: object) -> None:
        """
        A mapping whose keys are not those of one tag is a mapping of tags.
        """
        assert check_tag_mapping(tags) is None

    def test_refuses_other_forms(self) -> None:
        """
        A list, and one tag with the names of its parts, are refused with the right form.
        """
        with pytest.raises(ArgumentTypeError) as error:
            check_tag_mapping(["a"])
        assert error.value.message == (
            "'tags' must be Mapping[str, str], got ['a'] of type 'list'; use a dictionary such as "
            '{"team": "video"}'
        )
        with pytest.raises(ValidationError) as wrong:
            check_tag_mapping({"Key": "a", "VALUE": "b"})
        assert wrong.value.code == "TagForm"
        assert wrong.value.message == (
            "'tags' must map each key to its value, got the two tags 'Key' and 'VALUE'; use a "
            'dictionary such as {"team": "video"}'
        )


class TestRenderTags:
    def test_renders_each_tag(self) -> None:
        """
        Every pair becomes a tag.
        """
        assert render_tags({"team": "live", "empty": ""}) == [
            CfnTag(key="team", value="live"),
            CfnTag(key="empty", value=""),
        ]

    def test_renders_nothing_when_not_given(self) -> None:
        """
        No tags, no property.
        """
        assert render_tags(None) is None

    def test_accepts_the_limits(self) -> None:
        """
        50 tags, keys of 128 and values of 256 characters are accepted.
        """
        tags = {f"{number:0128}": "v" * 256 for number in range(50)}
        assert check_tags(tags) is None

    def test_accepts_one_less_beside_one_of_the_library(self) -> None:
        """
        49 tags are accepted where the library adds one.
        """
        tags = {str(number): "" for number in range(49)}
        assert check_tags(tags, own="own") is None
        assert check_tags(None, own="own") is None

    @pytest.mark.parametrize(
        ("tags", "code", "problem"),
        [
            (
                {str(number): "" for number in range(50)},
                "TagCount",
                "'tags' must have at most 49 tags in addition to 'own', which cdk-ivs adds, got 50",
            ),
            (
                {"own": "v"},
                "TagKey",
                "'tags' must not have the key 'own', which cdk-ivs adds; leave it out",
            ),
        ],
    )
    def test_refuses_to_take_the_room_of_the_library(
        self, tags: dict[str, str], code: str, problem: str
    ) -> None:
        """
        A tag too many beside that of the library, or the same one, is refused.
        """
        with pytest.raises(ValidationError) as error:
            check_tags(tags, own="own")
        assert (error.value.code, error.value.message) == (code, problem)

    @pytest.mark.parametrize(
        ("tags", "code", "problem"),
        [
            (
                {str(number): "" for number in range(51)},
                "TagCount",
                "must have at most 50 tags, got 51",
            ),
            ({"": "v"}, "TagKey", "must have keys of 1 to 128 characters, got ''"),
            (
                {"key " * 32 + "k": "v"},
                "TagKey",
                (f"must have keys of 1 to 128 characters, got '{'key ' * 15}ke... {'key ' * 15}k'"),
            ),
            (
                {"AWS:x": "v"},
                "TagKey",
                "must not have keys that begin with 'aws:', which is reserved, got 'AWS:x'",
            ),
            (
                {"k": "v" * 257},
                "TagValue",
                "must have values of at most 256 characters, got 257 characters for 'k'",
            ),
        ],
    )
    def test_refuses_what_aws_refuses(self, tags: dict[str, str], code: str, problem: str) -> None:
        """
        Each limit has its message.
        """
        with pytest.raises(ValidationError) as error:
            check_tags(tags)
        assert error.value.message == f"'tags' {problem}"
        assert error.value.code == code

    def test_refuses_empty_values_of_some_types(self) -> None:
        """
        The schema of some types has a shortest value.
        """
        with pytest.raises(ValidationError) as error:
            check_tags({"a": "v", "k": ""}, empty_values=False)
        assert error.value.message == (
            "'tags' must have values of at least 1 character here, got none for 'k'; "
            "CloudFormation rejects it for this type"
        )
        assert error.value.code == "TagValue"

    def test_counts_characters_beside_variables(self) -> None:
        """
        The length of a variable of IAM is not that of its name.
        """
        assert check_tags({"k": "v" * 256 + "${aws:username}"}, variables=True) is None
        with pytest.raises(ValidationError, match="of at most 256 characters, got 257"):
            check_tags({"k": "v" * 257 + "${aws:username}"}, variables=True)

    @pytest.mark.parametrize("text", ["a;b", "a\nb", "a\tb", "a*", "e\u0301", "a\U0001f600", "€"])
    def test_refuses_other_characters(self, text: str) -> None:
        """
        What is no letter, digit, space or one of the service's signs is refused in keys and values.
        """
        allowed = "letters, digits, spaces and '_', '.', ':', '/', '=', '+', '-', '@'"
        with pytest.raises(ValidationError) as error:
            check_tags({text: "v"})
        assert error.value.message == (
            f"'tags' must have keys that contain only {allowed}, got {text!r}"
        )
        assert error.value.code == "TagKey"
        with pytest.raises(ValidationError) as error:
            check_tags({"k": text})
        assert error.value.message == (
            f"'tags' must have values that contain only {allowed}, got {text!r} for 'k'"
        )
        assert error.value.code == "TagValue"

    @pytest.mark.parametrize("text", ["Kunde", "Größe 1", "東京", "٣", "Ⅷ", "a\u00a0b", "_.:/=+-@"])
    def test_takes_letters_of_every_script(self, text: str) -> None:
        """
        Letters, digits and spaces of any script are taken, and each of the service's signs.
        """
        assert check_tags({text: text}) is None

    def test_takes_variables_in_policies_only(self) -> None:
        """
        A value of a condition may name a variable of IAM; the value of a tag may not.
        """
        tags = {"team": "a-${aws:PrincipalTag/team}", "owner": "${aws:username}"}
        assert check_tags(tags, variables=True, empty_values=False) is None
        with pytest.raises(
            ValidationError, match="'tags' must have values that contain only letters"
        ):
            check_tags(tags)
        with pytest.raises(
            ValidationError, match="'tags' must have values that contain only letters"
        ):
            check_tags({"team": "${aws:username}*"}, variables=True)

    @pytest.mark.parametrize(("tags", "got"), [({"k": 1}, "'k': 1"), ({1: "v"}, "1: 'v'")])
    def test_refuses_other_types(self, tags: dict[str, str], got: str) -> None:
        """
        Keys and values are strings.
        """
        with pytest.raises(ArgumentTypeError) as error:
            check_tags(tags)
        assert error.value.message == f"'tags' must map str to str, got {got}"

    def test_lets_tokens_through(self) -> None:
        """
        The length of a token says nothing.
        """
        assert check_tags({token() * 20: token() * 20}) is None


class TestTagsOfResources:
    def test_meet_those_of_the_scope(self, stack: Stack) -> None:
        """
        Tags of the parameter and of an aspect stand side by side; the aspect's wins.
        """
        ivs.Channel(stack, "Channel", channel_name="live", tags={"a": "1", "b": "2"})
        Tags.of(stack).add("b", "3")
        Tags.of(stack).add("c", "4")
        Template.from_stack(stack).has_resource_properties(
            "AWS::IVS::Channel",
            {
                "Tags": [
                    {"Key": "a", "Value": "1"},
                    {"Key": "b", "Value": "3"},
                    {"Key": "c", "Value": "4"},
                ]
            },
        )
