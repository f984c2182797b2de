"""Warnings about Regions and quotas at synthesis."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from aws_cdk import Annotations
from constructs import Construct

from .identity import jsii_reference
from .placement import check_in_stack
from .regions import AD_CONFIGURATION_REGIONS, REGIONS
from .synth_validation import validate_at_synth
from .tree import TreeState, is_in_tree, scope_info

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constructs import IConstruct

    from cdk_ivs._validation.errors import ValidationError

    from .resource_type import Quota, ResourceType
    from .tree import KnownEnvironment

_CHILD = "cdk-ivs:Acknowledgment"
# For each stack: the construct with a warning about the Region, by the ID of the warning.
_WARNED: TreeState[dict[str, Construct]] = TreeState(lambda _: {})
# For each stack and for the root: the constructs by their plural noun and by environment.
_COUNTED: TreeState[dict[tuple[str, KnownEnvironment], _Counted]] = TreeState(lambda _: {})


def warn_unless_acknowledged(construct: IConstruct, id: str, message: str) -> None:
    """
    Warn about a construct at synthesis, when the warning can have been acknowledged before.

    Older versions of the CDK find an earlier acknowledgment on the parents of a construct, but not
    on the construct itself. A warning on a new child shows whether there is one.
    """
    child = Construct(cast("Construct", construct), _CHILD)
    Annotations.of(child).add_warning_v2(id, message)
    is_acknowledged = not child.node.metadata
    construct.node.try_remove_child(_CHILD)
    if not is_acknowledged:
        Annotations.of(construct).add_warning_v2(id, message)


def warn_about_region(construct: Construct, scope: Construct) -> None:
    """Warn, once for each stack, if IVS is not in the Region of the stack."""
    _warn_once(construct, scope, REGIONS, "Amazon IVS", "cdk-ivs:Region")


def warn_about_ad_configuration_region(construct: Construct, scope: Construct) -> None:
    """Warn, once for each stack, if IVS is in the Region, but ad configurations are not."""
    _, region = scope_info(scope).environment()
    if region in REGIONS:
        _warn_once(
            construct,
            scope,
            AD_CONFIGURATION_REGIONS,
            "AWS::IVS::AdConfiguration",
            "cdk-ivs:AdConfigurationRegion",
        )


def _warn_once(
    construct: Construct, scope: Construct, regions: frozenset[str], what: str, id: str
) -> None:
    outer = scope_info(scope)
    _, region = outer.environment()
    if region is None or region in regions or outer.stack is None:
        return
    warned = _WARNED.of(outer.stack)
    earlier = warned.get(id)
    if earlier is None or not is_in_tree(earlier, {jsii_reference(outer.stack.construct): True}):
        warned[id] = construct
        Annotations.of(construct).add_warning_v2(
            id,
            f"{what} is not available in {region}, as far as this version of cdk-ivs knows; "
            f"deploy to one of {', '.join(sorted(regions))}",
        )


def warn_about_insecure_ingest(construct: Construct, insecure_ingest: object, secure: str) -> None:
    """Warn about unencrypted ingest, unless the value is False or a token."""
    if insecure_ingest is True:
        Annotations.of(construct).add_warning_v2(
            "cdk-ivs:InsecureIngest",
            "'insecure_ingest' lets encoders send the stream key and the video unencrypted; "
            f"leave it out unless an encoder cannot use {secure}",
        )


def warn_about_resource_quota(construct: Construct, scope: Construct, quota: Quota | None) -> None:
    """Warn if there are more resources of a type than the quota of an account in a Region."""
    if quota is not None:
        warn_about_quota(construct, scope, quota.plural, quota.value, adjustable=quota.adjustable)


def warn_about_quota(
    construct: Construct,
    scope: Construct,
    what: str,
    most: int,
    *,
    adjustable: bool,
    fewer: str = "share one",
) -> None:
    """
    Warn, once at synthesis, if there are more constructs than the quota of an account in a Region.

    If the account and the Region are known, the whole app counts. Otherwise, only the stack counts,
    because it is in one account and Region. The warning is on the first construct over the quota.

    Args:
        construct: The new construct.
        scope: The scope in which it is created.
        what: The plural noun for the message.
        most: The quota.
        adjustable: Whether Service Quotas can raise the quota.
        fewer: The advice for using fewer constructs.
    """
    counted = _counted(scope, what)
    counted.created.append(construct)
    if len(counted.created) <= most:
        return
    quota, advice = (
        ("default quota", f"request a higher quota in Service Quotas, or {fewer}")
        if adjustable
        else ("quota", f"the quota cannot be raised, so {fewer}, or use another account or Region")
    )
    counted.most = most
    counted.reason = f"more than the {quota} of {most}; {advice}"
    validate_at_synth(scope, _check_quotas, counted)


def remaining_quota(scope: Construct, resource_type: ResourceType) -> int:
    """Return how many more resources fit into the quota, by the count of the warning."""
    check_in_stack(scope)
    known: dict[str, bool] = {}
    quota = cast("Quota", resource_type.quota)
    there = sum(is_in_tree(each, known) for each in _counted(scope, quota.plural).created)
    return max(0, quota.value - there)


class _Counted:
    """
    The constructs that share a quota.

    Attributes:
        created: The constructs, also those that are no longer in the tree.
        most: The quota.
        reason: The end of the warning.
    """

    def __init__(self, what: str, environment: KnownEnvironment) -> None:
        self._what = what
        self._environment = environment
        self.created: list[Construct] = []
        self.most = 0
        self.reason = ""

    def warning(self, count: int) -> str:
        """Return the text of the warning."""
        account, region = self._environment
        who, where = (
            ("the stack", "")
            if account is None or region is None
            else ("the app", f" in account {account} and Region {region}")
        )
        return f"{who} has {count} {self._what}{where}, {self.reason}"

    @property
    def id(self) -> str:
        """The ID of the warning."""
        return f"cdk-ivs:Quota{self._what.title().replace(' ', '')}"


def _counted(scope: Construct, what: str) -> _Counted:
    """Return the constructs in the app, or in the stack if account or Region is unknown."""
    outer = scope_info(scope)
    environment = outer.environment()
    counter = outer.root if None not in environment else outer.stack or outer.root
    known = _COUNTED.of(counter)
    key = what, environment
    if key not in known:
        known[key] = _Counted(what, environment)
    return known[key]


def _check_quotas(stage: Construct, given: Sequence[_Counted]) -> list[ValidationError]:
    """
    Warn about the quotas that the constructs of an app or a Stage exceed.

    Each Stage is synthesized by itself, but they count together. The one with the first construct
    over the quota gets the warning.
    """
    for counted in given:
        _drop_removed(counted.created, counted.most)
        if len(counted.created) > counted.most:
            first = counted.created[counted.most]
            if scope_info(first).stage.construct is stage:
                warning = counted.warning(len(counted.created))
                warn_unless_acknowledged(first, counted.id, warning)
    return []


def _drop_removed(created: list[Construct], most: int) -> None:
    """
    Remove the constructs that are no longer in the tree.

    The function stops as soon as more than the quota are left, so that large apps stay fast.
    """
    there: list[Construct] = []
    known: dict[str, bool] = {}
    for index, construct in enumerate(created):
        if len(there) > most:
            there += created[index:]
            break
        if is_in_tree(construct, known):
            there.append(construct)
    created[:] = there
