"""Training: versions of courses, classes, certificates, corrections, and how far everybody is."""
