"""Constructs for Amazon IVS Chat: rooms, and the logging of their messages."""

import publication

from cdk_ivs._core.public_names import load_when_used

# The stub beside this file has the names, and the loader reads them from there.
__all__: list[str] = []

publication.publish()
load_when_used(__name__)
