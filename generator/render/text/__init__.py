"""Authors' texts: parsed once into a tree, which writers of pages, sheets and plain words walk."""
