"""Access: learners come in by a printed code, staff by a named account."""
