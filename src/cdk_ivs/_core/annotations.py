"""Warnings about Regions and quotas, known before anything is deployed."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from aws_cdk import Annotations

from .identity import jsii_reference
from .placement import check_in_stack
from .tree import TreeState, is_in_tree, scope_info

if TYPE_CHECKING:
    from constructs import Construct

    from .resource_type import Quota, ResourceType
    from .tree import KnownEnvironment

# The endpoints in the AWS General Reference as of 2026-11-21, the same for low latency, real
# time and chat.
REGIONS = frozenset(
    {
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-south-1",
        "eu-central-1",
        "eu-west-1",
        "us-east-1",
        "us-west-2",
    }
)

# Where CloudFormation's registry has AWS::IVS::AdConfiguration, as of 2026-10-20.
AD_CONFIGURATION_REGIONS = frozenset({"ap-south-1", "eu-central-1", "us-east-1", "us-west-2"})

# Of stacks: what has a warning about the Region, by the id of the warning.
_WARNED = TreeState[dict[str, "Construct"]](lambda _: {})
# Of stacks and of the root: what there is, by what it is called and by environment.
_COUNTED = TreeState[dict[tuple[str, "KnownEnvironment"], list["Construct"]]](lambda _: {})


def warn_about_region(construct: Construct, scope: Construct) -> None:
    """Warn, once a stack, if IVS is not in the stack's Region."""
    _warn_once(construct, scope, REGIONS, "Amazon IVS", "cdk-ivs:Region")


def warn_about_ad_configuration_region(construct: Construct, scope: Construct) -> None:
    """Warn, once a stack, if IVS is in the stack's Region, but its ad configurations are not."""
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
    """Say what encoders may do then, unless the value is False or a token."""
    if insecure_ingest is True:
        Annotations.of(construct).add_warning_v2(
            "cdk-ivs:InsecureIngest",
            "'insecure_ingest' lets encoders send the stream key and the video unencrypted; "
            f"leave it out unless an encoder cannot use {secure}",
        )


def warn_about_resource_quota(construct: Construct, scope: Construct, quota: Quota | None) -> None:
    """Warn if there are more resources of a type than an account may have in a Region."""
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
    Warn if there is more of something than an account may have in a Region.

    Counted over the app where account and Region are known, else over the stack, all of which
    will be in one.

    Args:
        construct: The new one.
        scope: The scope in which it is created.
        what: What is counted, in the plural.
        most: The quota.
        adjustable: Whether Service Quotas can raise it.
        fewer: The way to need fewer.
    """
    environment = scope_info(scope).environment()
    if None not in environment:
        who = "the app"
        where = f" in account {environment.account} and Region {environment.region}"
    else:
        who, where = "the stack", ""
    created = _counted(scope, what)
    created.append(construct)
    if len(created) > most:
        _drop_removed(created, most)
    count = len(created)
    if count <= most:
        return
    quota, advice = (
        ("default quota", f"request a higher quota in Service Quotas, or {fewer}")
        if adjustable
        else ("quota", f"the quota cannot be raised, so {fewer}, or use another account or Region")
    )
    Annotations.of(construct).add_warning_v2(
        f"cdk-ivs:Quota{what.title().replace(' ', '')}",
        f"{who} has {count} {what}{where}, more than the {quota} of {most}; {advice}",
    )


def remaining_quota(scope: Construct, resource_type: ResourceType) -> int:
    """How many more there can be in the stack's account and Region, counted as for the warning."""
    check_in_stack(scope)
    known: dict[str, bool] = {}
    quota = cast("Quota", resource_type.quota)
    there = sum(is_in_tree(each, known) for each in _counted(scope, quota.plural))
    return max(0, quota.value - there)


def _counted(scope: Construct, what: str) -> list[Construct]:
    """What there is of something, in the app if account and Region are known, or in the stack."""
    outer = scope_info(scope)
    environment = outer.environment()
    counter = outer.root if None not in environment else outer.stack or outer.root
    return _COUNTED.of(counter).setdefault((what, environment), [])


def _drop_removed(created: list[Construct], most: int) -> None:
    """
    Leave out what was removed from the tree.

    No more are asked for than it takes to know that there are too many: the effort does not
    grow with their number.
    """
    *earlier, newest = created
    there: list[Construct] = []
    known: dict[str, bool] = {}
    for index, construct in enumerate(earlier):
        if len(there) == most:
            there += earlier[index:]
            break
        if is_in_tree(construct, known):
            there.append(construct)
    created[:] = [*there, newest]
