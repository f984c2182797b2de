"""Pictures of templates, for the docs."""
