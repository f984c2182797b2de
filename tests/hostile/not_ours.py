"""What others find in the templates that is no fault of the library, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

MADE_UP = "dummy-value-for-/live/name"
VARIABLE = "${AWS::Region}"
BRANCHES = ("a", "b")
PRODUCED = "lazytext"
_OF_NO_ENUM = "|".join(("(a-)?us-west-2(-a|/b c|123456789012)?", PRODUCED, *BRANCHES))


class NotOurs(NamedTuple):
    """
    A kind of finding that is no fault of the library.

    Attributes:
        reason: Why it is none.
        rules: The rules of cfn-lint, and of the CDK's validation.
        message: How the message begins.
        path: How the path in the template ends. Empty: anywhere.
    """

    reason: str
    rules: str
    message: str
    path: str = ""


NOT_OURS = (
    NotOurs(
        "A parameter or a condition that a refused call was given is used by nothing.",
        "W2001|W8001",
        r"(Parameters|Conditions)/Case\d+\w+: (Parameter|Condition) 'Case\d+",
    ),
    NotOurs(
        "Each call with a condition gets one of its own, and all are the same.",
        "W9053",
        r"Condition 'Case\d+\w+' is equivalent to condition 'Case\d+",
    ),
    NotOurs(
        "CloudFormation does not replace ${AWS::Region} outside of Fn::Sub, and accepts it. The "
        "harness gives it as text, for instance as a description.",
        "E1029|F1029",
        rf".*{re.escape(VARIABLE)}",
    ),
    NotOurs(
        "The value stands for the result of a look-up of the CDK, and is never deployed.",
        "[EFW]303[013]",
        rf"([\w.\[\]]+: )?'{MADE_UP}' ",
    ),
    NotOurs(
        "A token of the harness is the Region, a Lazy text or a condition, and no member of an "
        "enum. A check of the arguments cannot see that. The CDK's validation warns the user.",
        "[EW]3030",
        rf"([\w.\[\]]+: )?'({_OF_NO_ENUM})' is not one of ",
    ),
    NotOurs(
        "A Lazy number of the harness is 60, and out of the range of some numbers.",
        "[EF]3034",
        r"([\w.\[\]]+: )?60 is (less|greater) than the (min|max)imum of ",
    ),
    NotOurs(
        "The same Lazy text in the words of the model of the API.",
        "botocore",
        rf"[\w.\[\]]+ must be one of .*, got '{PRODUCED}'",
    ),
    NotOurs(
        "The harness shows what a call returns in an output of the stack.",
        "E1051",
        r"Outputs/Case\d+It\w+/Value: Dynamic reference '",
    ),
    NotOurs(
        "The harness gives a condition with the branches 'a' and 'b': a check cannot see them.",
        "[EFW]30(12|3[013])",
        rf"(\w+: )?'({'|'.join(BRANCHES)})' (is not|does not match)",
        r"/Fn::If/[12]$",
    ),
    NotOurs(
        "The same in the words of the CDK's validation, which has no path.",
        "[EFW]30(12|3[013])",
        rf"[\w.\[\]]+: '({'|'.join(BRANCHES)})' "
        r"(\(from Fn::If on condition 'Case\d+|does not match pattern '-----BEGIN PUBLIC KEY)",
    ),
)


def is_of_the_harness(rule: str, message: str, path: Sequence[object] = ()) -> bool:
    """Whether a finding is one of those above."""
    place = "/".join(map(str, ("", *path)))
    return any(
        re.fullmatch(each.rules, rule)
        and re.match(each.message, message, re.DOTALL)
        and re.search(each.path, place)
        for each in NOT_OURS
    )


def is_dangling(finding: str) -> bool:
    """
    Whether a finding is a reference to a construct that is not in the tree.

    What the harness removes leaves such references, as it does with every construct of the CDK.
    """
    of_the_cdk = r"CDK: F1020: (Fn::GetAtt references non-existent|.* is not one of \['AWS::)"
    of_cfn_lint = r"cfn-lint: E10[12]0 \[.*\]: .* is not one of \["
    return re.match(f"{of_the_cdk}|{of_cfn_lint}", finding) is not None
