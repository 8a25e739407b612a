"""YAML and Markdown in, a Programme out."""
