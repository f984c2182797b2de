"""The one policy of a bucket, found or new, and the statements that a service needs."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from cdk_ivs._core.identity import jsii_reference
from cdk_ivs._core.tree import TreeRegistry, scope_info, stack_of
from cdk_ivs._validation.tokens import is_token, placeholder_if_token

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aws_cdk import CfnResource
    from aws_cdk.aws_s3 import Bucket, CfnBucket, CfnBucketPolicy
    from constructs import Construct, IConstruct, IDependable, Node

    from cdk_ivs._core.tree import Environment

    from .bucket import ResolvedBucket

    _Statement = Mapping[str, Any]

# The ID under which the CDK creates the policy of a bucket.
_POLICY = "Policy"


class StatementValues(NamedTuple):
    """The values for a statement about a bucket."""

    bucket_arn: str
    account: str
    region: str
    partition: str = "aws"


class AddToPolicyResult(NamedTuple):
    """
    Whether a statement is in the policy of a bucket.

    Attributes:
        statement_added: Whether it is. The policy of a bucket outside of the app cannot be changed.
        policy_dependable: The dependency with which to wait for the policy.
    """

    statement_added: bool
    policy_dependable: IDependable | None = None


_NOT_ADDED = AddToPolicyResult(statement_added=False)


def allow_service_write(
    construct: Construct,
    cfn_resource: CfnResource,
    bucket: ResolvedBucket,
    *,
    environment: Environment,
    statements: Callable[[StatementValues], Sequence[_Statement]],
    loss: str,
    partition: str = "aws",
) -> None:
    """
    Allow a service to write to a bucket, in the policy of the bucket.

    When the resource is created, the service itself would add to that policy. If CloudFormation has
    a policy of the bucket too, each of them erases what the other one wrote. The statements are
    therefore added here, before the resource is created. The policy of a bucket outside of the app
    cannot be changed, so a warning shows the statements.

    Args:
        construct: The construct for the warning.
        cfn_resource: The resource that makes the service write.
        bucket: The bucket.
        environment: The account and the Region of the resource.
        statements: The function that creates the statements. It must return equal statements for
            every resource with equal needs.
        loss: The effect of missing statements.
        partition: The partition of ARNs in them.
    """
    needed = statements(StatementValues(bucket.arn, *environment, partition))
    added = add_to_policy(bucket, needed)
    if added.policy_dependable is not None:
        cfn_resource.node.add_dependency(added.policy_dependable)
    if not added.statement_added:
        _warn(construct, bucket.name, environment, statements, loss)


def _warn(
    construct: Construct,
    bucket_name: str,
    environment: Environment,
    statements: Callable[[StatementValues], Sequence[_Statement]],
    loss: str,
) -> None:
    from aws_cdk import Annotations

    name = placeholder_if_token(bucket_name, "bucket")
    account, region = (
        placeholder_if_token(environment.account, "account"),
        placeholder_if_token(environment.region, "region"),
    )
    needed = [
        dict(item) for item in statements(StatementValues(f"arn:aws:s3:::{name}", account, region))
    ]
    Annotations.of(construct).add_warning_v2(
        "cdk-ivs:BucketPolicy",
        f"the app cannot change the policy of the bucket {name}: if anything except the service "
        f"writes the policy, the policy must contain {json.dumps(needed)}, or {loss}; acknowledge "
        "this warning when it does",
    )


class _ExistingPolicy:
    """A policy that was in the tree, and can have been removed."""

    def __init__(self, policy: object, owner: Bucket | None) -> None:
        self._policy = cast("IConstruct", policy)
        self._owner = owner
        self._position: tuple[Node, str] | None = None

    def is_in_tree(self) -> bool:
        if self._position is None and self._owner is not None:
            usual = (scope_info(self._owner).node, _POLICY)
            if self._is_at(*usual):
                self._position = usual
                return True
        if self._position is None:
            node = self._policy.node
            self._position = (cast("IConstruct", node.scope).node, node.id)
        return self._is_at(*self._position)

    def _is_at(self, scope: Node, id: str) -> bool:
        child = scope.try_find_child(id)
        return child is not None and jsii_reference(child) == jsii_reference(self._policy)


class _Policy:
    """The policy of a bucket, found or new."""

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
            if not added.statement_added:
                break
        if added.policy_dependable is not None and self._standing is None:
            self._standing = _ExistingPolicy(added.policy_dependable, self._owner)
        return added


# The policies of an app, by the L1 of the bucket.
_POLICIES = TreeRegistry[_Policy]()


def add_to_policy(bucket: ResolvedBucket, statements: Sequence[_Statement]) -> AddToPolicyResult:
    """Add statements to the policy of a bucket, each once."""
    policies = _POLICIES.of(scope_info(bucket.construct).root)
    reference = jsii_reference(bucket.cfn_bucket or bucket.construct)
    policy = policies.get(reference)
    if policy is None or not policy.is_in_tree():
        policy = policies[reference] = _Policy(bucket)
    return policy.add(statements)


def _statement_adder(bucket: ResolvedBucket) -> Callable[[_Statement], AddToPolicyResult]:
    from aws_cdk import aws_iam as iam
    from aws_cdk.aws_s3 import BucketPolicy

    cfn_bucket = bucket.cfn_bucket
    owner: Any = bucket.owner
    if owner is None:
        owner = bucket.construct if cfn_bucket is None else _owner_of(cfn_bucket)
    own = getattr(owner, "policy", None)
    if own is None or not _ExistingPolicy(own, bucket.owner).is_in_tree():
        # The CDK does not search for a separate policy, and would create a second one.
        beside = _find_existing_policy(bucket)
        around = beside.node.scope if beside is not None else None
        if isinstance(around, BucketPolicy):
            if cfn_bucket is not None:
                owner.policy = around
            return lambda statement: _add_to_document(around, statement)
        if beside is not None:
            return lambda statement: _add_to_cfn_policy(beside, statement)
        if own is not None:
            # The policy was removed. The CDK would add to a policy that is not rendered.
            return lambda _: _NOT_ADDED

    def add(statement: _Statement) -> AddToPolicyResult:
        if not hasattr(owner, "add_to_resource_policy"):
            return _NOT_ADDED
        result = owner.add_to_resource_policy(iam.PolicyStatement.from_json(statement))
        return AddToPolicyResult(result.statement_added, result.policy_dependable)

    return add


def _owner_of(cfn_bucket: CfnBucket) -> Bucket:
    """Return the construct of the CDK around an L1, which is the same for every caller."""
    from aws_cdk.aws_s3 import Bucket

    around: Any = cfn_bucket.node.scope
    if hasattr(around, "add_to_resource_policy"):
        return cast("Bucket", around)
    return cast("Bucket", Bucket.from_cfn_bucket(cfn_bucket))


def _find_existing_policy(bucket: ResolvedBucket) -> CfnBucketPolicy | None:
    """Return the L1 of a separate policy for the bucket anywhere in the app."""
    from aws_cdk.aws_s3 import CfnBucketPolicy

    root = scope_info(bucket.construct).root
    policies = [found for found in root.node.find_all() if isinstance(found, CfnBucketPolicy)]
    if not policies:
        return None
    # A name has several forms: the token of the construct, the token of the L1, or the text.
    names = {bucket.name}
    here = stack_of(bucket.construct)
    stack = jsii_reference(here)
    reference = None
    if bucket.cfn_bucket is not None:
        known, ref = bucket.cfn_bucket.bucket_name, bucket.cfn_bucket.ref
        # Most names are tokens, which take no message.
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
    The bucket of a policy, read once.

    Attributes:
        name: The name, or a token.
        stack: The stack of the policy.
        reference: The name as rendered in the template.
    """

    name: str
    stack: str
    reference: str

    @classmethod
    def of(cls, policy: CfnBucketPolicy) -> _PolicyBucket:
        stack = stack_of(policy)
        name = policy.bucket
        return cls(name, jsii_reference(stack), json.dumps(stack.resolve(name)))


# The buckets of an app, by their policies.
_POLICY_BUCKETS = TreeRegistry[_PolicyBucket]()


def _add_to_document(policy: Any, statement: _Statement) -> AddToPolicyResult:  # noqa: ANN401 - a policy of the CDK
    from aws_cdk.aws_iam import PolicyStatement

    policy.document.add_statements(PolicyStatement.from_json(statement))
    return AddToPolicyResult(statement_added=True, policy_dependable=policy)


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
    return AddToPolicyResult(statement_added=True, policy_dependable=policy)
