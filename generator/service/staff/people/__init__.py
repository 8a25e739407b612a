"""Pages about people: records, codes, rosters, classes, attendance, certificates, paper tests."""
