"""How an app is told not to validate its templates, which takes longer than to write them."""

from __future__ import annotations

import inspect
from typing import Any

from aws_cdk import App

# At the floor the switch, and what it switches off, is missing.
UNVALIDATED: dict[str, Any] = (
    {"builtin_cloud_formation_validation": False}
    if "builtin_cloud_formation_validation" in inspect.signature(App.__init__).parameters
    else {}
)
