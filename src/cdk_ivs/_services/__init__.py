"""The resources of other services that IVS needs: buckets, secrets, and the custom resource."""
