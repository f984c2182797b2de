"""Fixtures for the examples: the services that their functions and scripts call."""

from __future__ import annotations

from tests.token_functions.conftest import ivs, kms

__all__ = ["ivs", "kms"]
