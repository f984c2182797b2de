"""Permissions on channels, their stream keys and playback key pairs with certain tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdk_ivs._iam.resource_types import READ_CHANNEL, READ_STREAM_KEY, REVOKE_VIEWER_SESSIONS
from cdk_ivs._validation.argument_types import check_type
from cdk_ivs._validation.errors import error_path_of

from .statements import TaggedStatements

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable


class TaggedChannelGrants(TaggedStatements):
    """The permissions on channels, their stream keys and playback key pairs."""

    def create_channel(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to create channels with the tags.

        The response of `ivs:CreateChannel` contains the stream key of the channel, which gets no
        tags.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "CreateChannel")

    def read_channel(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the channels, and their live and past streams.

        The grantee can then read the SRT passphrase too, because `ivs:GetChannel` returns it.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, *READ_CHANNEL)

    def update_channel(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to change the channels.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "UpdateChannel")

    def delete_channel(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to delete the channels, with their stream keys.

        IAM authorizes the action on the channel and on its stream key. The stream key has no tags,
        so the action is allowed on every stream key. The channel must have the tags. IVS does not
        delete a live channel, so you often need `stop_stream()` too.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "DeleteChannel")

    def put_metadata(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to put timed metadata into the live streams.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "PutMetadata")

    def stop_stream(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to stop the live streams.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "StopStream")

    def insert_ad_break(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to insert ad breaks into the live streams.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "InsertAdBreak")

    def revoke_viewer_sessions(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to revoke the sessions of viewers, one or several at a time.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, *REVOKE_VIEWER_SESSIONS)

    def manage_channels(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to create, read, change, stop and delete channels with the tags.

        It combines `create_channel()`, `read_channel()`, `update_channel()`, `stop_stream()` and
        `delete_channel()`. For stream keys, use `manage_stream_keys()`.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(
            grantee, "CreateChannel", *READ_CHANNEL, "UpdateChannel", "StopStream", "DeleteChannel"
        )

    def create_stream_key(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to create stream keys with the tags.

        IAM does not authorize `ivs:CreateStreamKey` on the channel. The grantee can therefore
        create a stream key for every channel of the account in the Region that has none.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "CreateStreamKey")

    def read_stream_key(self, grantee: IGrantable, *, include_untagged: bool = False) -> Grant:
        """
        Allow the grantee to read the stream keys, including their secret values.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.
            include_untagged: Whether to include the stream keys that `ivs:CreateChannel` created,
                which have no tags. The grantee can then read every stream key of the account in the
                Region that lacks the keys of the tags, including those of other applications.
                Default: False. The grantee can read only stream keys that have the tags, for
                instance after `reset_stream_key()`.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions, or if
                `include_untagged` is not a bool.
        """
        untagged = self._untagged(include_untagged, READ_STREAM_KEY)
        return self._allow(grantee, *READ_STREAM_KEY, untagged=untagged)

    def delete_stream_key(self, grantee: IGrantable, *, include_untagged: bool = False) -> Grant:
        """
        Allow the grantee to delete the stream keys. Encoders can then no longer use them.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.
            include_untagged: Whether to include the stream keys that `ivs:CreateChannel` created,
                which have no tags. The grantee can then delete every stream key of the account in
                the Region that lacks the keys of the tags, including those of other applications.
                Default: False.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions, or if
                `include_untagged` is not a bool.
        """
        untagged = self._untagged(include_untagged, ("DeleteStreamKey",))
        return self._allow(grantee, "DeleteStreamKey", untagged=untagged)

    def reset_stream_key(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to replace the stream key of a channel, for instance after a leak.

        The grantee lists the stream keys of a channel that has the tags, deletes the stream key,
        and creates another one with the tags. The response contains the new value.

        The first stream key of a channel has no tags, and its ARN does not contain the channel. The
        grantee can therefore delete every stream key of the account in the Region that lacks the
        keys of the tags, including those of other applications. To protect those stream keys, give
        them the same tag keys with other values, or use a separate account.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(
            grantee,
            "ListStreamKeys",
            "DeleteStreamKey",
            "CreateStreamKey",
            untagged=("DeleteStreamKey",),
        )

    def manage_stream_keys(self, grantee: IGrantable, *, include_untagged: bool = False) -> Grant:
        """
        Allow the grantee to read, list, delete and create stream keys.

        It combines `read_stream_key()` and `reset_stream_key()`. The first stream key of a channel
        has no tags, so the grantee can delete every stream key of the account in the Region that
        lacks the keys of the tags: see `reset_stream_key()`.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.
            include_untagged: Whether the grantee can also read the stream keys that
                `ivs:CreateChannel` created, which have no tags. The grantee can then read every
                stream key of the account in the Region that lacks the keys of the tags, including
                those of other applications. Default: False. The response of `ivs:CreateChannel`
                contains the value of the first stream key.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions, or if
                `include_untagged` is not a bool.
        """
        untagged = self._untagged(include_untagged, READ_STREAM_KEY)
        return self._allow(
            grantee,
            *READ_STREAM_KEY,
            "ListStreamKeys",
            "DeleteStreamKey",
            "CreateStreamKey",
            untagged=(*untagged, "DeleteStreamKey"),
        )

    def import_playback_key_pair(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to import the public keys of playback key pairs, with the tags.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "ImportPlaybackKeyPair")

    def read_playback_key_pair(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to read the playback key pairs: their names and fingerprints.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "GetPlaybackKeyPair")

    def delete_playback_key_pair(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to delete the playback key pairs. IVS then refuses the tokens of the keys.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(grantee, "DeletePlaybackKeyPair")

    def manage_playback_key_pairs(self, grantee: IGrantable) -> Grant:
        """
        Allow the grantee to rotate playback key pairs: import new ones, read and delete old ones.

        It combines `import_playback_key_pair()`, `read_playback_key_pair()` and
        `delete_playback_key_pair()`.

        Args:
            grantee: The principal that gets the permission, for instance a role or a function.

        Returns:
            The grant.

        Raises:
            ArgumentTypeError: `ArgumentType` if the grantee cannot have permissions.
        """
        return self._allow(
            grantee, "ImportPlaybackKeyPair", "GetPlaybackKeyPair", "DeletePlaybackKeyPair"
        )

    def _untagged(self, include: object, actions: tuple[str, ...]) -> tuple[str, ...]:
        with error_path_of(self._scope):
            return actions if check_type("include_untagged", include, bool) else ()
