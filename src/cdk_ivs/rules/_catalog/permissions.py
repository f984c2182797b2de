"""The rules about IAM policies, and about secrets that a template shows."""

from __future__ import annotations

from .rule import AUTHORIZATION, CLOUDFORMATION, error, warning

_REFERENCE = f"{AUTHORIZATION}/list_amazoninteractivevideoservice.html"
_IAM = "https://docs.aws.amazon.com/IAM/latest/UserGuide"

RULES = (
    error(
        "IVS-037",
        "A policy names actions that exist",
        "'%v' is not an action of Amazon IVS, so it has no effect in the policy: %v",
        why="IAM accepts any name of an action. A call that you meant to allow is denied, or a "
        "call that you meant to deny is not.",
        fix="Use the name of an action in the Service Authorization Reference. Real-time actions "
        "have the prefix `ivs`, and chat actions have the prefix `ivschat`.",
        source=_REFERENCE,
    ),
    error(
        "IVS-038",
        "A policy names resources of its actions",
        "'%v' is not authorized on any resource of this statement: it needs %v",
        why="IAM compares the ARNs of a statement with the resource of the call. A statement with "
        "the ARN of another type never applies.",
        fix="Use the ARN of the type in the message, or `*` if the action has no resource type.",
        source=_REFERENCE,
    ),
    warning(
        "IVS-039",
        "A policy names the resources of its actions",
        "'%v' is allowed on all resources, and IVS authorizes it on single resources: use %v",
        why="The policy allows the action on every resource of the account, including those of "
        "other applications.",
        fix="Name the resources, or add a condition on their tags.",
        source=_REFERENCE,
    ),
    warning(
        "IVS-040",
        "A policy names its actions",
        "'%v' allows every action of the service: name the actions that are needed",
        why="Such a policy also allows deleting channels and reading stream keys.",
        fix="Name the actions that the application calls.",
        source=f"{_IAM}/best-practices.html",
    ),
    warning(
        "IVS-054",
        "A policy allows an action on all resources that it needs",
        "'%v' is authorized on %v together, and this policy allows it on %v only: add the other",
        why="IVS authorizes some calls on two resources at the same time, and denies a call that "
        "the policy allows on one of them only.",
        fix="Add the ARN of the other type to `Resource`.",
        source=_REFERENCE,
    ),
    error(
        "IVS-057",
        "A condition on the tags of a resource is for actions on resources with tags",
        "'%v' is never allowed with the condition '%v', because the call has no resource with "
        "tags: %v",
        why="If a call has no existing resource, IAM finds no tags to compare, and the condition "
        "does not hold.",
        fix="Use `aws:RequestTag` for actions that create a resource. Move actions without a "
        "resource type to a statement without the condition.",
        source=f"{_IAM}/access_tags.html",
    ),
    warning(
        "IVS-045",
        "No output shows a stream key",
        "output '%v' shows the stream key in plain text to everyone who can describe the stack: "
        "keep it in an AWS::SecretsManager::Secret, and output the ARN of the secret",
        why="Anyone with the stream key can stream to your channel or stage.",
        fix="Keep the stream key in an `AWS::SecretsManager::Secret`, and output the ARN of the "
        "secret.",
        source=f"{CLOUDFORMATION}/security-best-practices.html",
    ),
    warning(
        "IVS-046",
        "No environment variable or parameter shows a stream key",
        "'%v' shows the stream key in plain text to everyone who can describe it: keep the key "
        "in an AWS::SecretsManager::Secret, and pass on the ARN of the secret",
        why="Everyone who can describe a function, a task, a nested stack or a parameter also sees "
        "the stream key, and can then stream to your channel or stage.",
        fix="Keep the stream key in an `AWS::SecretsManager::Secret`, and pass on the ARN of the "
        "secret. Or let the application call `ivs:GetStreamKey`.",
        source=f"{CLOUDFORMATION}/security-best-practices.html",
    ),
    warning(
        "IVS-047",
        "No parameter has a stream key as its default",
        "the default of parameter '%v' has the form of a stream key, which everyone who can read "
        "the template sees: remove the default and set NoEcho, or use a dynamic reference to a "
        "secret",
        why="A template is stored in source control and in CloudFormation. Anyone with the stream "
        "key can stream to your channel or stage.",
        fix="Remove `Default` and set `NoEcho` to `true`. Or use a dynamic reference to a secret "
        "in place of the parameter.",
        source=f"{CLOUDFORMATION}/security-best-practices.html",
    ),
)
