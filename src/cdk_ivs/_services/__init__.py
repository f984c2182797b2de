"""What IVS needs of other services: buckets, secrets, and the custom resource."""
