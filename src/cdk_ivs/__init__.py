"""
Constructs for Amazon Interactive Video Service (IVS).

They have the names of ``aws_cdk.aws_ivs_alpha``, and cover the rest of the service in the same
style.
"""

from typing import TYPE_CHECKING

import publication

from cdk_ivs._core.public_names import load_when_used

if TYPE_CHECKING:
    from ._public import *  # noqa: F403 - the public names, listed there only
else:
    # The loader replaces it.
    __all__: list[str] = []

publication.publish()
load_when_used(__name__)
