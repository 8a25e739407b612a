"""Sign-in and rights: learners come in by a printed code, staff by a named account."""
