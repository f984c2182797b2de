"""A handler that calls the API for what CloudFormation cannot do, and its constructs."""
