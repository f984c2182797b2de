"""What CloudFormation cannot do: a handler that calls the API of IVS, and its constructs."""
