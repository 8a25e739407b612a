"""HTTP plumbing of the service, without records of people: limits, sessions, pages, files, errors."""
