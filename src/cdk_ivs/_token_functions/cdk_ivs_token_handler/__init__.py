"""
The code that runs in the token functions, in AWS Lambda.

The asset of each function contains this package and the package `ivs_tokens`. It imports only the
standard library and `ivs_tokens`, and boto3 when it first calls AWS.

The configuration determines which tokens callers can get. It is fixed at deployment: an event only
chooses among these tokens.
"""
