"""
The code of the functions that give out tokens, as it runs in AWS Lambda.

The package is copied into the asset of each function, beside the package `ivs_tokens`. It imports
nothing but Python and `ivs_tokens`, and boto3 when it first calls AWS.

What a caller may have is in the configuration, which is fixed at deployment. An event only chooses
among it.
"""
