"""The nouns of a programme: frozen values, one file each."""
