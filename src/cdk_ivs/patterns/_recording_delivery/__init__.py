"""Recordings that are watched: a bucket, and CloudFront in front of it."""
