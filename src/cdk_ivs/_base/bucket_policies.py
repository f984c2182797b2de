"""The one policy that a bucket can have, found or made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from .scopes import scope_of
from .tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aws_cdk.aws_s3 import Bucket, CfnBucket, CfnBucketPolicy
    from aws_cdk.interfaces.aws_s3 import IBucketRef
    from constructs import IConstruct, IDependable

    _Statement = Mapping[str, Any]


class Added(NamedTuple):
    """
    Whether something is in the policy of a bucket.

    Attributes:
        done: Whether it is. The policy of a bucket that is not of the app cannot be changed.
        policy: What has to be there before the policy is.
    """

    done: bool
    policy: IDependable | None = None


class GivenBucket(NamedTuple):
    """
    A bucket that was given, with what is read of it.

    Attributes:
        construct: What was given.
        level_1: Its L1, which may be wrapped several times, or None of one of elsewhere.
        name: The name.
        arn: The ARN.
    """

    construct: IBucketRef
    level_1: CfnBucket | None
    name: str
    arn: str


_NOT_ADDED = Added(done=False)


def given_bucket(bucket: IBucketRef) -> GivenBucket:
    """Read what is needed of a bucket."""
    from aws_cdk.aws_s3 import CfnBucket

    found: IConstruct | None = bucket
    while found is not None and not CfnBucket.is_cfn_bucket(found):
        found = found.node.default_child
    level_1 = cast("CfnBucket | None", found)
    reference = bucket.bucket_ref
    # That of the L1 is the same text whichever construct of the bucket was given.
    arn = reference.bucket_arn if level_1 is None else level_1.attr_arn
    return GivenBucket(bucket, level_1, reference.bucket_name, arn)


def add_to_policy(bucket: GivenBucket, statements: Sequence[_Statement]) -> Added:
    """Add statements to the policy of a bucket, each once."""
    claims = scope_of(bucket.construct).root.claims
    # By its address: what JavaScript made is another object in Python each time it is read.
    place = ("bucket policy", (bucket.level_1 or bucket.construct).node.addr)
    if place not in claims:
        claims[place] = (_adder_of(bucket), {})
    add, known = claims[place]
    added = _NOT_ADDED
    for statement in statements:
        key = repr(statement)
        if key not in known:
            known[key] = add(statement)
        added = known[key]
        if not added.done:
            break
    return added


def _adder_of(bucket: GivenBucket) -> Callable[[_Statement], Added]:
    from aws_cdk import aws_iam as iam
    from aws_cdk.aws_s3 import BucketPolicy

    level_1 = bucket.level_1
    owner: Any = bucket.construct if level_1 is None else _owner_of(level_1)
    if getattr(owner, "policy", None) is None:
        # Looked for because the CDK does not: it would make a second.
        beside = _policy_beside(bucket)
        around = beside.node.scope if beside is not None else None
        if isinstance(around, BucketPolicy):
            if level_1 is not None:
                owner.policy = around
            return lambda statement: _add_to_document(around, statement)
        if beside is not None:
            return lambda statement: _add_to_level_1(beside, statement)

    def add(statement: _Statement) -> Added:
        if not hasattr(owner, "add_to_resource_policy"):
            return _NOT_ADDED
        result = owner.add_to_resource_policy(iam.PolicyStatement.from_json(statement))
        return Added(result.statement_added, result.policy_dependable)

    return add


def _owner_of(level_1: CfnBucket) -> Bucket:
    """The CDK's construct of an L1, the same that everybody else gets for it."""
    from aws_cdk.aws_s3 import Bucket

    around: Any = level_1.node.scope
    if hasattr(around, "add_to_resource_policy"):
        return cast("Bucket", around)
    return cast("Bucket", Bucket.from_cfn_bucket(level_1))


def _policy_beside(bucket: GivenBucket) -> CfnBucketPolicy | None:
    """The L1 of a policy that was made for the bucket anywhere in the app, and apart from it."""
    from aws_cdk import Stack
    from aws_cdk.aws_s3 import CfnBucketPolicy

    root = bucket.construct.node.root
    policies = [found for found in root.node.find_all() if isinstance(found, CfnBucketPolicy)]
    if not policies:
        return None
    # Several texts can stand for one name: that of the CDK's construct, of the L1, or the name.
    names = {bucket.name}
    here = Stack.of(bucket.construct)
    reference = None
    if bucket.level_1 is not None:
        known = bucket.level_1.bucket_name
        names |= {bucket.level_1.ref} | ({known} if known and not is_token(known) else set())
        reference = here.resolve(bucket.level_1.ref)
    for policy in policies:
        if policy.bucket in names or (
            reference is not None
            and Stack.of(policy) is here
            and here.resolve(policy.bucket) == reference
        ):
            return policy
    return None


def _add_to_document(policy: Any, statement: _Statement) -> Added:  # noqa: ANN401 - the CDK's
    from aws_cdk.aws_iam import PolicyStatement

    policy.document.add_statements(PolicyStatement.from_json(statement))
    return Added(done=True, policy=policy)


def _add_to_level_1(policy: CfnBucketPolicy, statement: _Statement) -> Added:
    from aws_cdk.aws_iam import PolicyDocument, PolicyStatement

    document = policy.policy_document
    if isinstance(document, PolicyDocument):
        document.add_statements(PolicyStatement.from_json(statement))
    elif isinstance(document, dict):
        existing = document.get("Statement", [])
        existing = existing if isinstance(existing, list) else [existing]
        if statement not in existing:
            policy.policy_document = {**document, "Statement": [*existing, dict(statement)]}
    else:
        return _NOT_ADDED
    return Added(done=True, policy=policy)
