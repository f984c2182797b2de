"""What ``scripts/versions.py`` runs with each combination of versions."""
