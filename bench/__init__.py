"""taphuan measured beside its peers, in the same run, on the same text."""
