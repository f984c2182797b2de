"""What every construct of this library shares."""
