"""Training and communication content, written once, rendered many times."""
