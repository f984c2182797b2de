"""How many messages to JavaScript logging takes: each costs about 0.2 ms."""

from __future__ import annotations

from aws_cdk import Stack
from aws_cdk import aws_s3 as s3

import cdk_ivs as ivs
from tests.support.messages import count


class TestLoggingConfiguration:
    @staticmethod
    def make(stack: Stack, id: str, bucket: s3.Bucket) -> None:
        """A logging configuration to a bucket."""
        destination = ivs.chat.LoggingDestination.s3(bucket)
        ivs.chat.LoggingConfiguration(stack, id, destination=destination)

    def test_to_a_bucket(self, stack: Stack, bucket: s3.Bucket) -> None:
        """
        It takes two, one for the partition of the stack, and the rest for the bucket, to the
        policy of which two statements are added, once.
        """
        assert count(lambda: self.make(stack, "New", bucket)) == 23
        assert count(lambda: self.make(stack, "Another", bucket)) == 7

    def test_to_a_bucket_where_others_have_policies(self, stack: Stack) -> None:
        """
        Three more to tell whether a policy is that of the bucket, and three for each policy.
        """
        others = [s3.Bucket(stack, f"Other{number}", enforce_ssl=True) for number in range(2)]
        assert [other.policy is not None for other in others] == [True, True]
        bucket = s3.Bucket(stack, "Bucket")
        assert count(lambda: self.make(stack, "New", bucket)) == 23 + 3 + 3 * 2
