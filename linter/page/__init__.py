"""A page for those without an editor: remarks while one types, served to this machine alone."""
