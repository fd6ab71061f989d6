"""Reports in, searchable passages out; owns the library."""
