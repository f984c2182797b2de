"""What can be attached to which channel."""

from __future__ import annotations

from typing import Any

import pytest
from aws_cdk import App, CfnParameter, Environment, Fn, Stack
from aws_cdk.aws_ivs import CfnPlaybackRestrictionPolicy

import cdk_ivs as ivs
from cdk_ivs import ValidationError
from tests.support.arns import ACCOUNT, arn
from tests.support.attachments import (
    ADS,
    ATTACHMENT,
    CHANNEL,
    PERMISSION,
    POLICY,
    SLATE,
    a_policy,
    a_slate,
    ads_of,
    attachment_in,
    known_ads,
    known_channel,
    known_policy,
    known_slate,
    with_ads,
)
from tests.support.graph import in_order
from tests.support.oracles import resources_of, template_of
from tests.support.tokens import token


class TestRules:
    def test_refuse_a_policy_for_a_private_channel(self, stack: Stack) -> None:
        """
        Policies work with public channels only, and nothing is made.
        """
        policy = known_policy(stack)
        with pytest.raises(
            ValidationError,
            match="'playback_restriction_policy' works with public channels only, got one with "
            r"'authorized' True; .* \[cdk-ivs:PolicyOnAuthorizedChannel at 'Stack/Channel'\]",
        ):
            ivs.Channel(stack, "Channel", authorized=True, playback_restriction_policy=policy)
        assert stack.node.try_find_child("Channel") is None

    @pytest.mark.parametrize(
        "authorized", [False, Fn.condition_if("Live", True, False)], ids=["public", "token"]
    )
    def test_let_other_channels_have_a_policy(self, stack: Stack, authorized: Any) -> None:
        """
        A public channel has one; whether it is public may be known at deployment.
        """
        ivs.Channel(
            stack,
            "Channel",
            authorized=authorized,
            playback_restriction_policy=known_policy(stack),
        )
        assert attachment_in(stack)["Value"] == POLICY

    @with_ads
    def test_let_a_private_channel_have_ads(self, stack: Stack) -> None:
        """
        Ads do not ask who watches.
        """
        ivs.Channel(stack, "Channel", authorized=True, ad_configuration=known_ads(stack))
        assert attachment_in(stack)["Value"] == ADS

    @with_ads
    def test_refuse_ads_in_fragmented_mp4(self, stack: Stack) -> None:
        """
        Ads need transport streams.
        """
        with pytest.raises(
            ValidationError,
            match="'ad_configuration' requires 'container_format' to be TS or left out, got "
            "FRAGMENTED_MP4",
        ):
            ivs.Channel(
                stack,
                "Channel",
                ad_configuration=known_ads(stack),
                container_format=ivs.ContainerFormat.FRAGMENTED_MP4,
            )

    @with_ads
    def test_refuse_ads_with_multitrack(self, stack: Stack) -> None:
        """
        Multitrack input is delivered as fragmented MP4.
        """
        with pytest.raises(
            ValidationError,
            match="'ad_configuration' must not be given with 'multitrack_input_configuration'",
        ):
            ivs.Channel(
                stack,
                "Channel",
                ad_configuration=known_ads(stack),
                multitrack_input_configuration=ivs.MultitrackInputConfiguration(
                    maximum_resolution=ivs.MaximumResolution.HD, policy=ivs.Policy.ALLOW
                ),
            )

    @with_ads
    def test_let_ads_have_other_formats(self, stack: Stack) -> None:
        """
        Ads go with transport streams, and with a format that is known at deployment.
        """
        ads = known_ads(stack)
        ivs.Channel(stack, "A", ad_configuration=ads, container_format=ivs.ContainerFormat.TS)
        ivs.Channel(
            stack,
            "B",
            ad_configuration=ads,
            container_format=CfnParameter(stack, "Format").value_as_string,  # type: ignore[arg-type] - a token
        )
        assert len(resources_of(stack, ATTACHMENT)) == 2

    @pytest.mark.parametrize(
        "arguments",
        [
            {"authorized": True},
            {"container_format": "FRAGMENTED_MP4"},
            {"multitrack_input_configuration": {"maximum_resolution": "HD", "policy": "ALLOW"}},
        ],
        ids=["private", "format", "multitrack"],
    )
    def test_let_every_channel_have_a_slate(self, stack: Stack, arguments: dict[str, Any]) -> None:
        """
        No rule of the service is known for failover slates.
        """
        ivs.Channel(stack, "Channel", failover_slate_configuration=known_slate(stack), **arguments)
        assert attachment_in(stack)["Value"] == SLATE

    def test_refuse_a_slate_of_another_region(self, located_stack: Stack) -> None:
        """
        What is known to be in another Region cannot be attached.
        """
        slate = ivs.FailoverSlateConfiguration.from_failover_slate_configuration_arn(
            located_stack, "Slate", arn("failover-slate-configuration/a", region="eu-west-1")
        )
        with pytest.raises(
            ValidationError,
            match="'failover_slate_configuration' must be in the Region of the stack, us-west-2, "
            "got one in eu-west-1",
        ):
            ivs.Channel(located_stack, "Channel", failover_slate_configuration=slate)
        assert located_stack.node.try_find_child("Channel") is None

    def test_refuse_a_slate_of_a_stack_in_another_region(self, app: App) -> None:
        """
        A slate of this app is where its stack is.
        """
        there, here = (
            Stack(app, region, env=Environment(account=ACCOUNT, region=region))
            for region in ("eu-west-1", "us-west-2")
        )
        slate = a_slate(there)
        with pytest.raises(ValidationError, match="got one in eu-west-1"):
            ivs.Channel(here, "Channel", failover_slate_configuration=slate)

    def test_refuse_a_policy_of_another_region(self, located_stack: Stack) -> None:
        """
        What is known to be in another Region cannot be attached.
        """
        policy = ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn(
            located_stack, "Policy", arn("playback-restriction-policy/a", region="eu-west-1")
        )
        with pytest.raises(
            ValidationError,
            match="'playback_restriction_policy' must be in the Region of the stack, us-west-2, "
            "got one in eu-west-1",
        ):
            ivs.Channel(located_stack, "Channel", playback_restriction_policy=policy)


class TestTypes:
    def test_take_an_l1_policy(self, stack: Stack) -> None:
        """
        What the L1's reference says is attached.
        """
        policy = CfnPlaybackRestrictionPolicy(stack, "Policy")
        ivs.Channel(stack, "Channel", playback_restriction_policy=policy)
        assert attachment_in(stack, Policy=POLICY)["Value"] == POLICY

    @with_ads
    def test_take_an_l1_ad_configuration(self, stack: Stack) -> None:
        """
        What the L1's reference says is attached.
        """
        from aws_cdk.aws_ivs import CfnAdConfiguration

        ads = CfnAdConfiguration(stack, "Ads", media_tailor_playback_configurations=[])
        ivs.Channel(stack, "Channel", ad_configuration=ads)
        assert attachment_in(stack, Ads=ADS)["Value"] == ADS

    def test_take_a_policy_that_is_known_at_deployment(self, stack: Stack) -> None:
        """
        The ARN of a policy may be a token.
        """
        policy = ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn(
            stack, "Policy", token("PolicyArn")
        )
        ivs.Channel(stack, "Channel", playback_restriction_policy=policy)
        assert attachment_in(stack, PolicyArn=POLICY)["Value"] == POLICY

    @pytest.mark.parametrize(
        "keyword",
        ["playback_restriction_policy", "ad_configuration", "failover_slate_configuration"],
    )
    @pytest.mark.parametrize("value", [POLICY, 1, object()], ids=["ARN", "number", "object"])
    def test_refuse_what_is_no_reference(self, stack: Stack, keyword: str, value: Any) -> None:
        """
        A string is no policy, and nothing is made.
        """
        with pytest.raises(TypeError, match=f"'{keyword}' must be I"):
            ivs.Channel(stack, "Channel", **{keyword: value})
        assert stack.node.children == []

    def test_take_a_slate_that_is_known_at_deployment(self, stack: Stack) -> None:
        """
        The ARN of a failover slate may be a token.
        """
        slate = ivs.FailoverSlateConfiguration.from_failover_slate_configuration_arn(
            stack, "Slate", token("SlateArn")
        )
        ivs.Channel(stack, "Channel", failover_slate_configuration=slate)
        assert attachment_in(stack, SlateArn=SLATE)["Value"] == SLATE

    def test_tell_how_an_arn_becomes_a_slate(self, stack: Stack) -> None:
        """
        The message has the call to write.
        """
        with pytest.raises(TypeError) as error:
            ivs.Channel(stack, "Channel", failover_slate_configuration=SLATE)  # type: ignore[arg-type] - the mistake
        assert str(error.value).startswith(
            "'failover_slate_configuration' must be IFailoverSlateConfigurationRef, got "
            f"'{SLATE}' of type 'str'; use "
            "FailoverSlateConfiguration.from_failover_slate_configuration_arn("
            f"""self, "…", '{SLATE}')"""
        )

    def test_refuse_a_channel_as_a_policy(self, stack: Stack) -> None:
        """
        A construct of another kind is no policy.
        """
        with pytest.raises(
            TypeError,
            match="'playback_restriction_policy' must be IPlaybackRestrictionPolicyRef, got",
        ):
            ivs.Channel(
                stack,
                "Channel",
                playback_restriction_policy=ivs.Channel(stack, "Other"),  # type: ignore[arg-type] - the mistake
            )


class TestAttach:
    def test_attaches_a_policy_to_a_known_channel(self, stack: Stack) -> None:
        """
        The resource is about the policy alone: what else is attached to the channel stays.
        """
        known_channel(stack).attach_playback_restriction_policy(a_policy(stack))
        assert attachment_in(stack) == {
            "Operation": "AttachPlaybackRestrictionPolicy",
            "ResourceArn": CHANNEL,
            "Value": POLICY,
        }
        (policy,) = resources_of(stack, PERMISSION).values()
        assert policy["Properties"]["PolicyDocument"]["Statement"] == [
            {
                "Action": ["ivs:GetChannel", "ivs:UpdateChannel"],
                "Effect": "Allow",
                "Resource": [CHANNEL],
            }
        ]

    @with_ads
    def test_attaches_ads_to_a_known_channel(self, stack: Stack) -> None:
        """
        The resource is about the ads alone.
        """
        known_channel(stack).attach_ad_configuration(ads_of(stack))
        assert attachment_in(stack) == {
            "Operation": "AttachAdConfiguration",
            "ResourceArn": CHANNEL,
            "Value": ADS,
        }

    def test_attaches_a_slate_to_a_known_channel(self, stack: Stack) -> None:
        """
        The resource is about the failover slate alone.
        """
        known_channel(stack).attach_failover_slate_configuration(a_slate(stack))
        assert attachment_in(stack) == {
            "Operation": "AttachFailoverSlateConfiguration",
            "ResourceArn": CHANNEL,
            "Value": SLATE,
        }

    @pytest.mark.parametrize("made", [True, False])
    def test_refuses_a_second_slate(self, stack: Stack, made: bool) -> None:
        """
        A channel has one failover slate, whether the app creates the channel or not.
        """
        channel = ivs.Channel(stack, "Channel") if made else known_channel(stack)
        channel.attach_failover_slate_configuration(known_slate(stack))
        with pytest.raises(
            ValidationError,
            match="'failover_slate_configuration' must be the only one that the "
            "app attaches to the "
            "channel, got a second one in addition to "
            "'Stack/Channel/AttachFailoverSlateConfiguration'",
        ):
            channel.attach_failover_slate_configuration(known_slate(stack, "Other"))
        assert len(resources_of(stack, ATTACHMENT)) == 1

    def test_refuses_a_second_slate_through_another_reference(self, stack: Stack) -> None:
        """
        Two references to one token are one channel.
        """
        for id in ("First", "Second"):
            channel = ivs.Channel.from_channel_arn(stack, id, Fn.import_value("Channel"))
            slate = known_slate(stack, f"{id}Slate")
            if id == "First":
                channel.attach_failover_slate_configuration(slate)
                continue
            with pytest.raises(
                ValidationError, match="'failover_slate_configuration' must be the only one"
            ):
                channel.attach_failover_slate_configuration(slate)

    @with_ads
    def test_attaches_one_after_the_other(self, stack: Stack) -> None:
        """
        Two attachments are two resources, made one after the other.
        """
        channel = known_channel(stack)
        channel.attach_ad_configuration(known_ads(stack))
        channel.attach_playback_restriction_policy(known_policy(stack))
        template = template_of(stack)
        ads, policy = resources_of(stack, ATTACHMENT)
        assert ads.startswith("IvsAttachAdConfiguration")
        assert in_order(template, ads, policy)

    def test_refuses_a_second_of_the_kind(self, stack: Stack) -> None:
        """
        A channel has one policy, and the first stays as it is.
        """
        channel = known_channel(stack)
        channel.attach_playback_restriction_policy(known_policy(stack))
        with pytest.raises(
            ValidationError,
            match="'policy' must be the only one that the app attaches to the channel, got a "
            "second one in addition to 'Stack/Channel/AttachPlaybackRestrictionPolicy' "
            r"\[cdk-ivs:SecondAttachment at 'Stack/Channel/AttachPlaybackRestrictionPolicy'\]",
        ):
            channel.attach_playback_restriction_policy(known_policy(stack, "Other"))
        assert len(resources_of(stack, ATTACHMENT)) == 1

    @with_ads
    def test_refuses_what_the_constructor_has_given(self, stack: Stack) -> None:
        """
        A policy of the constructor is the channel's one, but ads can be attached later.
        """
        channel = ivs.Channel(stack, "Channel", playback_restriction_policy=known_policy(stack))
        with pytest.raises(ValidationError, match="'policy' must be the only one that the app"):
            channel.attach_playback_restriction_policy(known_policy(stack, "Other"))
        channel.attach_ad_configuration(known_ads(stack))
        assert len(resources_of(stack, ATTACHMENT)) == 2

    def test_refuses_a_second_through_another_reference(self, app: App) -> None:
        """
        Two references to one ARN are one channel, in whichever stacks they are.
        """
        for number, stack in enumerate((Stack(app, "First"), Stack(app, "Second"))):
            channel = known_channel(stack)
            if number == 0:
                channel.attach_playback_restriction_policy(known_policy(stack))
                continue
            with pytest.raises(
                ValidationError, match="a second one in addition to 'First/Channel/"
            ):
                channel.attach_playback_restriction_policy(known_policy(stack))

    def test_takes_another_after_the_first_was_removed(self, stack: Stack) -> None:
        """
        An attachment that was taken out of the tree leaves the channel free.
        """
        channel = ivs.Channel(stack, "Channel")
        channel.attach_playback_restriction_policy(known_policy(stack))
        channel.node.try_remove_child("AttachPlaybackRestrictionPolicy")
        channel.attach_playback_restriction_policy(known_policy(stack, "Other"))
        assert len(resources_of(stack, ATTACHMENT)) == 1

    def test_is_possible_in_another_stack(self, app: App) -> None:
        """
        Also to a channel whose stream is to be stopped before its deletion.
        """
        stack, other = Stack(app, "Stack"), Stack(app, "Other")
        channel = ivs.Channel(stack, "Channel", stop_stream_on_delete=True)
        reference = ivs.Channel.from_channel_arn(other, "Channel", channel.channel_arn)
        reference.attach_playback_restriction_policy(a_policy(other))
        assert len(resources_of(other, ATTACHMENT)) == 1

    def test_takes_a_channel_of_this_app(self, stack: Stack) -> None:
        """
        A channel that was made without one can be given one later.
        """
        ivs.Channel(stack, "Channel").attach_playback_restriction_policy(known_policy(stack))
        assert attachment_in(stack) == {
            "Operation": "AttachPlaybackRestrictionPolicy",
            "ResourceArn": CHANNEL,
            "Value": POLICY,
        }

    def test_holds_a_channel_of_this_app_to_the_rules(self, stack: Stack) -> None:
        """
        A private channel is refused a policy here as well.
        """
        channel = ivs.Channel(stack, "Channel", authorized=True)
        with pytest.raises(ValidationError, match="works with public channels only"):
            channel.attach_playback_restriction_policy(known_policy(stack))
        assert resources_of(stack, ATTACHMENT) == {}

    @with_ads
    @pytest.mark.parametrize(
        "arguments",
        [
            {"container_format": "FRAGMENTED_MP4"},
            {
                "multitrack_input_configuration": {
                    "maximum_resolution": "HD",
                    "policy": "ALLOW",
                }
            },
        ],
        ids=["format", "multitrack"],
    )
    def test_holds_ads_to_the_rules(self, stack: Stack, arguments: dict[str, Any]) -> None:
        """
        A channel that delivers fragmented MP4, asked to or not, is refused ads here as well.
        """
        channel = ivs.Channel(stack, "Channel", **arguments)
        with pytest.raises(
            ValidationError, match="'container_format' to be TS or left out, got FRAGMENTED_MP4"
        ):
            channel.attach_ad_configuration(known_ads(stack))
        assert resources_of(stack, ATTACHMENT) == {}

    def test_refuses_a_channel_of_another_region(self, located_stack: Stack) -> None:
        """
        The function calls the API of the stack's Region, which does not know the channel.
        """
        channel = ivs.Channel.from_channel_arn(
            located_stack, "Channel", arn("channel/a", region="eu-west-1")
        )
        with pytest.raises(
            ValidationError,
            match="'channel_arn' must be in the Region of the stack, us-west-2, got one in "
            "eu-west-1",
        ):
            channel.attach_playback_restriction_policy(known_policy(located_stack))
        assert resources_of(located_stack, ATTACHMENT) == {}

    def test_refuses_a_policy_of_another_region(self, located_stack: Stack) -> None:
        """
        What is known to be in another Region cannot be attached.
        """
        policy = ivs.PlaybackRestrictionPolicy.from_playback_restriction_policy_arn(
            located_stack, "Policy", arn("playback-restriction-policy/a", region="eu-west-1")
        )
        with pytest.raises(
            ValidationError,
            match="'policy' must be in the Region of the stack, us-west-2, got one in eu-west-1",
        ):
            known_channel(located_stack).attach_playback_restriction_policy(policy)

    @pytest.mark.parametrize("value", [POLICY, None], ids=["ARN", "None"])
    def test_refuses_what_is_no_reference(self, stack: Stack, value: Any) -> None:
        """
        A string is neither a policy nor an ad configuration.
        """
        channel = known_channel(stack)
        with pytest.raises(TypeError, match="'policy' must be IPlaybackRestrictionPolicyRef"):
            channel.attach_playback_restriction_policy(value)
        with pytest.raises(TypeError, match="'ad_configuration' must be IAdConfigurationRef"):
            channel.attach_ad_configuration(value)
        with pytest.raises(
            TypeError,
            match="'failover_slate_configuration' must be IFailoverSlateConfigurationRef",
        ):
            channel.attach_failover_slate_configuration(value)
