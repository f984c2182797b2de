"""The one policy that a bucket can have, wherever in the app it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .scopes import scope_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aws_cdk.interfaces.aws_s3 import IBucketRef
    from constructs import IDependable

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


_NOT_ADDED = Added(done=False)


def add_to_policy(bucket: IBucketRef, statements: Sequence[_Statement]) -> Added:
    """Add statements to the policy of a bucket, each once."""
    _, owner, level_1 = _parts_of(bucket)
    claims = scope_of(owner).root.claims
    # Kept, because the CDK would make another policy of an L1 each time; by the L1, because
    # several constructs can stand for it.
    place = ("bucket policy", str(id(level_1 or owner)))
    if place not in claims:
        claims[place] = (level_1 or owner, _adder_of(owner, level_1), {})
    _, add, known = claims[place]
    added = _NOT_ADDED
    for statement in statements:
        key = repr(statement)
        if key not in known:
            known[key] = add(statement)
        added = known[key]
        if not added.done:
            break
    return added


class _Parts(NamedTuple):
    """The constructs of a bucket: what was given, the CDK's or what was given, and the L1."""

    given: Any
    owner: Any
    level_1: Any


# By id() and not weakly, as for scopes.
_parts: dict[int, _Parts] = {}


def level_1_of(bucket: IBucketRef) -> Any:  # noqa: ANN401 - an L1, or None of one of elsewhere
    """The L1 of a bucket, or None of one of elsewhere."""
    return _parts_of(bucket).level_1


def _parts_of(bucket: Any) -> _Parts:  # noqa: ANN401 - a bucket of any kind
    from aws_cdk.aws_s3 import CfnBucket

    if id(bucket) not in _parts:
        owner = bucket
        if CfnBucket.is_cfn_bucket(bucket):
            level_1, around = bucket, bucket.node.scope
            if hasattr(around, "add_to_resource_policy"):
                owner = around
        else:
            level_1 = bucket.node.default_child
        _parts[id(bucket)] = _Parts(bucket, owner, level_1)
    return _parts[id(bucket)]


def _adder_of(owner: Any, level_1: Any) -> Callable[[_Statement], Added]:  # noqa: ANN401
    from aws_cdk import aws_iam as iam

    # A policy beside the bucket is looked for because the CDK does not: it would make a second.
    beside = None
    if level_1 is not None and getattr(owner, "policy", None) is None:
        beside = _policy_beside(owner, level_1)
    if beside is not None:
        return lambda statement: _add_beside(beside, statement)
    own = iam.ResourceWithPolicies.of(owner)

    def add(statement: _Statement) -> Added:
        if own is None:
            return _NOT_ADDED
        result = own.add_to_resource_policy(iam.PolicyStatement.from_json(statement))
        return Added(result.statement_added, result.policy_dependable)

    return add


def _policy_beside(owner: Any, level_1: Any) -> Any:  # noqa: ANN401
    """The L1 of a policy that was made for the bucket, and apart from it."""
    from aws_cdk import Stack
    from aws_cdk.aws_s3 import CfnBucketPolicy

    # Two tokens for one name: that of the CDK's construct, and that of the L1.
    names = {level_1.ref, getattr(owner, "bucket_name", None)}
    for found in Stack.of(owner).node.find_all():
        if isinstance(found, CfnBucketPolicy) and found.bucket in names:
            return found
    return None


def _add_beside(policy: Any, statement: _Statement) -> Added:  # noqa: ANN401
    from aws_cdk.aws_iam import PolicyDocument, PolicyStatement

    document = getattr(policy.node.scope, "document", None) or policy.policy_document
    if isinstance(document, PolicyDocument):
        document.add_statements(PolicyStatement.from_json(statement))
    elif isinstance(document, dict):
        existing = document.get("Statement", [])
        existing = existing if isinstance(existing, list) else [existing]
        policy.policy_document = {**document, "Statement": [*existing, dict(statement)]}
    else:
        return _NOT_ADDED
    return Added(done=True, policy=policy)
