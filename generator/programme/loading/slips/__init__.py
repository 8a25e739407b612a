"""What authors mistype in YAML: which slip it is, where, and the line put right."""
