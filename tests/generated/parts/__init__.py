"""The parts of apps: of each construct, and of each call that adds some, a strategy."""

from __future__ import annotations

from .access import ACCESS
from .low_latency import LOW_LATENCY
from .monitoring import MONITORING
from .patterns import PATTERNS
from .real_time import REAL_TIME
from .services import SERVICES
from .token_functions import TOKEN_FUNCTIONS

PARTS = {
    **LOW_LATENCY,
    **REAL_TIME,
    **MONITORING,
    **ACCESS,
    **SERVICES,
    **TOKEN_FUNCTIONS,
    **PATTERNS,
}
"""By a name, strategies of parts."""
