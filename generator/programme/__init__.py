"""Reads the YAML and Markdown of a programme into one `Programme`, checks it, and says how it stands."""
