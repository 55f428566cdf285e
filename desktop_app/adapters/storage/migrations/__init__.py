"""The editions of the tables, oldest first; run by ``migration``, shipped as files."""
