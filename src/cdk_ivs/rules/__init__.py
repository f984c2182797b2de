"""Rules for templates with Amazon IVS: at synthesis, and for templates that no CDK wrote."""

from typing import TYPE_CHECKING

import publication

from cdk_ivs._core.public_names import load_when_used

if TYPE_CHECKING:
    from ._public import *  # noqa: F403 - the public names, which are listed only there
else:
    # The loader takes its place.
    __all__: list[str] = []

publication.publish()
load_when_used(__name__)
