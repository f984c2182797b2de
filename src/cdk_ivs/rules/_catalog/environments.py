"""The rules about references, and about what the account and the Region have."""

from __future__ import annotations

from .rule import AUTHORIZATION, LOW_LATENCY, error, warning

_ENDPOINTS = "https://docs.aws.amazon.com/general/latest/gr/ivs.html"

RULES = (
    error(
        "IVS-031",
        "A reference is of the type that the property takes",
        "%v must be the ARN of %v, got one of %v: refer to a resource of that type",
        why="CloudFormation compares ARNs with a pattern that several types of resources share. "
        "IVS refuses the ARN of another type at deployment.",
        fix="Refer to a resource of the type in the message.",
        source=f"{AUTHORIZATION}/list_amazoninteractivevideoservice.html",
    ),
    warning(
        "IVS-048",
        "A template is within the quotas",
        "the template has %v %v, and the quota of an account and Region is %v%v",
        why="The deployment fails at the first resource over the quota. Resources of other stacks "
        "count too.",
        fix="Create fewer resources, or ask for a higher quota in Service Quotas if it is "
        "adjustable. Acknowledge the finding if your account has a higher quota.",
        source=f"{LOW_LATENCY}/service-quotas.html",
    ),
    error(
        "IVS-063",
        "A resource refers to others in its account and Region",
        "%v must be in the %v of the stack, got one in %v: use one in the account and Region of "
        "the stack",
        why="IVS finds channels, stages, buckets, logs and functions in its own account and Region "
        "only. ARNs that are written out in one template therefore have the same account and "
        "Region.",
        fix="Create the other resource in the account and Region of the stack, or deploy the stack "
        "where the other resource is. To deploy a template to several Regions, use "
        "`${AWS::Region}` in ARNs.",
        source=f"{LOW_LATENCY}/create-channel-auto-r2s3.html",
    ),
    warning(
        "IVS-064",
        "An ARN is in a Region that has Amazon IVS",
        "the resource does not exist in %v, as far as this version of cdk-ivs knows: use one of %v",
        why="Amazon IVS is available in some Regions only, and ad configurations in fewer of them.",
        fix="Use a resource in one of the Regions in the message. Acknowledge the finding if AWS "
        "has added the Region since.",
        source=_ENDPOINTS,
    ),
)
