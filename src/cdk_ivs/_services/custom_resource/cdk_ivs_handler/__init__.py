"""
The handler behind the custom resources of cdk-ivs, as it runs in AWS Lambda.

The package is copied into the asset of the function, and imports nothing but Python, boto3 and
botocore.
"""
