"""
Constructs for Amazon Interactive Video Service (IVS).

The names of ``aws_cdk.aws_ivs_alpha``, and the rest of the service in its style.
"""

import publication

from ._core.public_names import load_when_used

# The stub beside this file has the names, and the loader reads them from there.
__all__: list[str] = []

publication.publish()
load_when_used(__name__)
