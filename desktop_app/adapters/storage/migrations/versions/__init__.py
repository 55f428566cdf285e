"""The editions themselves."""
