"""
The handler behind the custom resources of cdk-ivs, as it runs in AWS Lambda.

The package is copied into the asset of the function. It imports only Python, boto3 and botocore.
"""
