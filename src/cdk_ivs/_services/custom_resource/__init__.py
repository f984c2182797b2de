"""The handler of custom resources, which calls the API of IVS, and its constructs."""
