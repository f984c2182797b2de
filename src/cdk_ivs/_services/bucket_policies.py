"""The one policy that a bucket can have, found or made."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from cdk_ivs._core.environments import check_same_environment, compared_environment
from cdk_ivs._core.identity import jsii_reference
from cdk_ivs._core.tree import TreeRegistry, TreeState, scope_info, stack_of
from cdk_ivs._validation.tokens import is_token

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aws_cdk.aws_s3 import Bucket, CfnBucket, CfnBucketPolicy
    from aws_cdk.interfaces.aws_s3 import IBucketRef
    from constructs import Construct, IConstruct, IDependable, Node

    from cdk_ivs._core.tree import Environment

    _Statement = Mapping[str, Any]


class AddToPolicyResult(NamedTuple):
    """
    Whether something is in the policy of a bucket.

    Attributes:
        done: Whether it is. The policy of a bucket that is not of the app cannot be changed.
        policy: What has to be there before the policy is.
    """

    done: bool
    policy: IDependable | None = None


class ResolvedBucket(NamedTuple):
    """
    A bucket that was given, with what is read of it.

    Attributes:
        construct: What was given.
        level_1: Its L1, which may be wrapped several times, or None of one of elsewhere.
        name: The name.
        arn: The ARN.
        owner: The CDK's construct of the L1, if it is what was given.
    """

    construct: IBucketRef
    level_1: CfnBucket | None
    name: str
    arn: str
    owner: Bucket | None = None


_NOT_ADDED = AddToPolicyResult(done=False)
# Where the CDK creates the resource of a bucket, and its policy.
_RESOURCE = "Resource"
_POLICY = "Policy"


def resolve_bucket(bucket: IBucketRef) -> ResolvedBucket:
    """Read what is needed of a bucket, of those of the CDK once."""
    from aws_cdk.aws_s3 import Bucket, CfnBucket

    if isinstance(bucket, Bucket | CfnBucket):
        return _RESOLVED.of(scope_info(bucket))
    return _resolve(bucket)


def _resolve(bucket: Any) -> ResolvedBucket:  # noqa: ANN401 - of any kind
    from aws_cdk.aws_s3 import Bucket, CfnBucket

    if isinstance(bucket, CfnBucket):
        return ResolvedBucket(bucket, bucket, bucket.ref, bucket.attr_arn)
    if isinstance(bucket, Bucket):
        level_1 = scope_info(bucket).node.try_find_child(_RESOURCE)
        if isinstance(level_1, CfnBucket):
            return ResolvedBucket(bucket, level_1, bucket.bucket_name, level_1.attr_arn, bucket)
    found: IConstruct | None = bucket
    while found is not None and not CfnBucket.is_cfn_bucket(found):
        found = found.node.default_child
    wrapped = cast("CfnBucket | None", found)
    reference = bucket.bucket_ref
    # That of the L1 is the same text whichever construct of the bucket was given.
    arn = reference.bucket_arn if wrapped is None else wrapped.attr_arn
    return ResolvedBucket(bucket, wrapped, reference.bucket_name, arn)


# Of buckets that were created.
_RESOLVED = TreeState[ResolvedBucket](lambda bucket: _resolve(bucket.construct))


def name_of_bucket(bucket: IBucketRef) -> str:
    """The name of a bucket, by the fewest messages."""
    from aws_cdk.aws_s3 import BucketBase

    return bucket.bucket_name if isinstance(bucket, BucketBase) else bucket.bucket_ref.bucket_name


def check_bucket_environment(bucket: IBucketRef, scope: Construct) -> Environment:
    """Refuse a bucket whose account or Region is known to be another than the scope's."""
    from aws_cdk.aws_s3 import Bucket, CfnBucket

    # Those that are created are where their stack is, and others where their ARN says.
    if isinstance(bucket, Bucket | CfnBucket):
        return compared_environment("bucket", scope_info(bucket).place(), scope)
    return check_same_environment("bucket", bucket, scope)


class _PolicyContext(NamedTuple):
    """Where in the tree a policy stands, by which it is known whether it still does."""

    node: Node
    id: str
    reference: str

    @classmethod
    def of(cls, policy: object) -> _PolicyContext:
        node = cast("IConstruct", policy).node
        return cls(cast("IConstruct", node.scope).node, node.id, jsii_reference(policy))

    def is_taken(self) -> bool:
        child = self.node.try_find_child(self.id)
        return child is not None and jsii_reference(child) == self.reference


class _ExistingPolicy:
    """A policy that was in the tree, if it is not removed."""

    def __init__(self, policy: object, owner: Bucket | None) -> None:
        self._policy = policy
        self._owner = owner
        self._place: _PolicyContext | None = None

    def is_in_tree(self) -> bool:
        if self._place is None and self._owner is not None:
            usual = _PolicyContext(
                scope_info(self._owner).node, _POLICY, jsii_reference(self._policy)
            )
            if usual.is_taken():
                self._place = usual
                return True
        self._place = self._place or _PolicyContext.of(self._policy)
        return self._place.is_taken()


class _Policy:
    """The policy of a bucket, found or to be made."""

    def __init__(self, bucket: ResolvedBucket) -> None:
        self._add = _statement_adder(bucket)
        self._owner = bucket.owner
        self._known: dict[str, AddToPolicyResult] = {}
        self._standing: _ExistingPolicy | None = None

    def is_in_tree(self) -> bool:
        return self._standing is None or self._standing.is_in_tree()

    def add(self, statements: Sequence[_Statement]) -> AddToPolicyResult:
        added = _NOT_ADDED
        for statement in statements:
            key = repr(statement)
            if key not in self._known:
                self._known[key] = self._add(statement)
            added = self._known[key]
            if not added.done:
                break
        if added.policy is not None and self._standing is None:
            self._standing = _ExistingPolicy(added.policy, self._owner)
        return added


# Of the root, by the L1 of the bucket.
_POLICIES = TreeRegistry[_Policy]()


def add_to_policy(bucket: ResolvedBucket, statements: Sequence[_Statement]) -> AddToPolicyResult:
    """Add statements to the policy of a bucket, each once."""
    policies = _POLICIES.of(scope_info(bucket.construct).root)
    reference = jsii_reference(bucket.level_1 or bucket.construct)
    policy = policies.get(reference)
    if policy is None or not policy.is_in_tree():
        policy = policies[reference] = _Policy(bucket)
    return policy.add(statements)


def _statement_adder(bucket: ResolvedBucket) -> Callable[[_Statement], AddToPolicyResult]:
    from aws_cdk import aws_iam as iam
    from aws_cdk.aws_s3 import BucketPolicy

    level_1 = bucket.level_1
    owner: Any = bucket.owner
    if owner is None:
        owner = bucket.construct if level_1 is None else _owner_of(level_1)
    own = getattr(owner, "policy", None)
    if own is None or not _ExistingPolicy(own, bucket.owner).is_in_tree():
        # Looked for because the CDK does not: it would create a second.
        beside = _find_existing_policy(bucket)
        around = beside.node.scope if beside is not None else None
        if isinstance(around, BucketPolicy):
            if level_1 is not None:
                owner.policy = around
            return lambda statement: _add_to_document(around, statement)
        if beside is not None:
            return lambda statement: _add_to_cfn_policy(beside, statement)
        if own is not None:
            # Removed: the CDK would add to what is not rendered.
            return lambda _: _NOT_ADDED

    def add(statement: _Statement) -> AddToPolicyResult:
        if not hasattr(owner, "add_to_resource_policy"):
            return _NOT_ADDED
        result = owner.add_to_resource_policy(iam.PolicyStatement.from_json(statement))
        return AddToPolicyResult(result.statement_added, result.policy_dependable)

    return add


def _owner_of(level_1: CfnBucket) -> Bucket:
    """The CDK's construct of an L1, the same that everybody else gets for it."""
    from aws_cdk.aws_s3 import Bucket

    around: Any = level_1.node.scope
    if hasattr(around, "add_to_resource_policy"):
        return cast("Bucket", around)
    return cast("Bucket", Bucket.from_cfn_bucket(level_1))


def _find_existing_policy(bucket: ResolvedBucket) -> CfnBucketPolicy | None:
    """The L1 of a policy that was made for the bucket anywhere in the app, and apart from it."""
    from aws_cdk.aws_s3 import CfnBucketPolicy

    root = scope_info(bucket.construct).root
    policies = [found for found in root.node.find_all() if isinstance(found, CfnBucketPolicy)]
    if not policies:
        return None
    # Several texts can stand for one name: that of the CDK's construct, of the L1, or the name.
    names = {bucket.name}
    here = stack_of(bucket.construct)
    stack = jsii_reference(here)
    reference = None
    if bucket.level_1 is not None:
        known, ref = bucket.level_1.bucket_name, bucket.level_1.ref
        # Most are tokens, which need no asking.
        is_name = known and "${Token[" not in known and not is_token(known)
        names |= {ref} | ({known} if known and is_name else set())
        reference = json.dumps(here.resolve(ref))
    for policy in policies:
        of = _POLICY_BUCKETS.once(root, policy, partial(_PolicyBucket.of, policy))
        if of.name in names or (of.stack, of.reference) == (stack, reference):
            return policy
    return None


class _PolicyBucket(NamedTuple):
    """
    What a policy says of its bucket, read once.

    Attributes:
        name: The name, or a token.
        stack: The stack of the policy.
        reference: What the name comes to in the template.
    """

    name: str
    stack: str
    reference: str

    @classmethod
    def of(cls, policy: CfnBucketPolicy) -> _PolicyBucket:
        stack = stack_of(policy)
        name = policy.bucket
        return cls(name, jsii_reference(stack), json.dumps(stack.resolve(name)))


# Of the root.
_POLICY_BUCKETS = TreeRegistry[_PolicyBucket]()


def _add_to_document(policy: Any, statement: _Statement) -> AddToPolicyResult:  # noqa: ANN401 - the CDK's
    from aws_cdk.aws_iam import PolicyStatement

    policy.document.add_statements(PolicyStatement.from_json(statement))
    return AddToPolicyResult(done=True, policy=policy)


def _add_to_cfn_policy(policy: CfnBucketPolicy, statement: _Statement) -> AddToPolicyResult:
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
    return AddToPolicyResult(done=True, policy=policy)
