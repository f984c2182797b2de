"""
The public names, each imported from the module that defines it.

Type checkers read these imports, and so does the loader: no other list of the names is kept.
"""

from ._cdk import (
    IvsValidation as IvsValidation,
    ivs_rules as ivs_rules,
)
