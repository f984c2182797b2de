"""Permissions on channels, their stream keys and playback key pairs with certain tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .actions import (
    CHANNEL,
    PLAYBACK_KEY_PAIR,
    READ_CHANNEL,
    READ_STREAM_KEY,
    REVOKE_VIEWER_SESSIONS,
    STREAM_KEY,
)
from .tagged_statements import TaggedStatements
from .typechecks import check_type

if TYPE_CHECKING:
    from aws_cdk.aws_iam import Grant, IGrantable


class TaggedChannelGrants(TaggedStatements):
    """What an application does with the channels that it creates."""

    def create_channel(self, grantee: IGrantable) -> Grant:
        """
        Allow to create channels with the tags.

        The response of ``ivs:CreateChannel`` has the channel's stream key, which gets no tags.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._give(grantee, (CHANNEL, STREAM_KEY), "CreateChannel")

    def read_channel(self, grantee: IGrantable) -> Grant:
        """
        Allow to read the channels, their live streams and their past ones.

        That includes the passphrase for SRT, which ``ivs:GetChannel`` returns.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._give(grantee, (CHANNEL,), *READ_CHANNEL)

    def update_channel(self, grantee: IGrantable) -> Grant:
        """
        Allow to change the channels.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._give(grantee, (CHANNEL,), "UpdateChannel")

    def delete_channel(self, grantee: IGrantable) -> Grant:
        """
        Allow to delete the channels, with their stream keys.

        The action is authorized on the stream key too, which has no tags, so that it is allowed
        on all keys: the channel must have the tags. A live channel cannot be deleted, so
        stop_stream() is often needed too.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._give(grantee, (CHANNEL, STREAM_KEY), "DeleteChannel")

    def put_metadata(self, grantee: IGrantable) -> Grant:
        """
        Allow to put timed metadata into the live streams.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._give(grantee, (CHANNEL,), "PutMetadata")

    def stop_stream(self, grantee: IGrantable) -> Grant:
        """
        Allow to stop the live streams.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._give(grantee, (CHANNEL,), "StopStream")

    def insert_ad_break(self, grantee: IGrantable) -> Grant:
        """
        Allow to insert ad breaks into the live streams.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._give(grantee, (CHANNEL,), "InsertAdBreak")

    def revoke_viewer_sessions(self, grantee: IGrantable) -> Grant:
        """
        Allow to end the sessions of viewers, one by one or several at a time.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._give(grantee, (CHANNEL,), *REVOKE_VIEWER_SESSIONS)

    def manage_channels(self, grantee: IGrantable) -> Grant:
        """
        Allow to create channels, and to read, change, stop and delete those with the tags.

        The sum of create_channel(), read_channel(), update_channel(), stop_stream() and
        delete_channel(). For stream keys there is manage_stream_keys().

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._give(
            grantee,
            (CHANNEL, STREAM_KEY),
            "CreateChannel",
            *READ_CHANNEL,
            "UpdateChannel",
            "StopStream",
            "DeleteChannel",
        )

    def create_stream_key(self, grantee: IGrantable) -> Grant:
        """
        Allow to create stream keys with the tags.

        ``ivs:CreateStreamKey`` is not authorized on the channel, so a key can be created for
        every channel of the account in the Region that has none.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._give(grantee, (STREAM_KEY,), "CreateStreamKey")

    def read_stream_key(self, grantee: IGrantable, *, include_untagged: bool = False) -> Grant:
        """
        Allow to read the stream keys, their secret values included.

        Args:
            grantee: Who may, for instance a role or a function.
            include_untagged: Whether to include the stream keys that ``ivs:CreateChannel``
                created, which have no tags. That allows to read every key of the account in the
                Region that lacks the tags' keys, so those of other applications too. Default:
                only the keys that have the tags, as after reset_stream_key().
        """
        untagged = self._untagged(include_untagged, READ_STREAM_KEY)
        return self._give(grantee, (STREAM_KEY,), *READ_STREAM_KEY, untagged=untagged)

    def delete_stream_key(self, grantee: IGrantable, *, include_untagged: bool = False) -> Grant:
        """
        Allow to delete the stream keys, so that nobody can stream with them.

        Args:
            grantee: Who may, for instance a role or a function.
            include_untagged: Whether to include the stream keys that ``ivs:CreateChannel``
                created, which have no tags. That allows to delete every key of the account in
                the Region that lacks the tags' keys, so those of other applications too.
                Default: only the keys that have the tags.
        """
        untagged = self._untagged(include_untagged, ("DeleteStreamKey",))
        return self._give(grantee, (STREAM_KEY,), "DeleteStreamKey", untagged=untagged)

    def reset_stream_key(self, grantee: IGrantable) -> Grant:
        """
        Allow to replace the stream key of a channel, for instance one that was leaked.

        That is to list the keys of the channel, delete the key, and create another one with the
        tags, the value of which is in the response. The first key of a channel has no tags and
        its ARN does not name the channel. So the grantee can delete every key of the account in
        the Region that lacks the tags' keys, and create a key for that channel: those of other
        applications too. Give their keys the tags' keys with other values, or use an account of
        the application's own. The keys can be listed of channels that have the tags only.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._give(
            grantee,
            (CHANNEL, STREAM_KEY),
            "ListStreamKeys",
            "DeleteStreamKey",
            "CreateStreamKey",
            untagged=("DeleteStreamKey",),
        )

    def manage_stream_keys(self, grantee: IGrantable, *, include_untagged: bool = False) -> Grant:
        """
        Allow to read, list, delete and create stream keys.

        The sum of read_stream_key() and reset_stream_key(), with what is said there.

        Args:
            grantee: Who may, for instance a role or a function.
            include_untagged: Whether the stream keys that ``ivs:CreateChannel`` created, which
                have no tags, can be read too. That allows to read every key of the account in
                the Region that lacks the tags' keys, so those of other applications too.
                Default: only the keys that have the tags can be read; the response of
                ``ivs:CreateChannel`` has the value of the first.
        """
        untagged = self._untagged(include_untagged, READ_STREAM_KEY)
        return self._give(
            grantee,
            (CHANNEL, STREAM_KEY),
            *READ_STREAM_KEY,
            "ListStreamKeys",
            "DeleteStreamKey",
            "CreateStreamKey",
            untagged=(*untagged, "DeleteStreamKey"),
        )

    def import_playback_key_pair(self, grantee: IGrantable) -> Grant:
        """
        Allow to import the public keys of playback key pairs, with the tags.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._give(grantee, (PLAYBACK_KEY_PAIR,), "ImportPlaybackKeyPair")

    def read_playback_key_pair(self, grantee: IGrantable) -> Grant:
        """
        Allow to read the playback key pairs: their names and fingerprints.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._give(grantee, (PLAYBACK_KEY_PAIR,), "GetPlaybackKeyPair")

    def delete_playback_key_pair(self, grantee: IGrantable) -> Grant:
        """
        Allow to delete the playback key pairs, whose tokens are no longer accepted then.

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._give(grantee, (PLAYBACK_KEY_PAIR,), "DeletePlaybackKeyPair")

    def manage_playback_key_pairs(self, grantee: IGrantable) -> Grant:
        """
        Allow to rotate playback key pairs: to import new ones, and to read and delete old ones.

        The sum of import_playback_key_pair(), read_playback_key_pair() and
        delete_playback_key_pair().

        Args:
            grantee: Who may, for instance a role or a function.
        """
        return self._give(
            grantee,
            (PLAYBACK_KEY_PAIR,),
            "ImportPlaybackKeyPair",
            "GetPlaybackKeyPair",
            "DeletePlaybackKeyPair",
        )

    @staticmethod
    def _untagged(include: object, actions: tuple[str, ...]) -> tuple[str, ...]:
        return actions if check_type("include_untagged", include, bool) else ()
