"""Constructs that each do a whole job around Amazon IVS, with all the resources it needs."""

from typing import TYPE_CHECKING

import publication

from cdk_ivs._core.public_names import load_when_used

if TYPE_CHECKING:
    from ._public import *  # noqa: F403 - the public names, which stand there alone
else:
    # The loader takes its place.
    __all__: list[str] = []

publication.publish()
load_when_used(__name__)
