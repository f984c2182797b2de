"""Constructs that each complete a whole job around Amazon IVS, with all resources for it."""

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
