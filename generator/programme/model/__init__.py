"""The nouns of a programme: frozen values."""
