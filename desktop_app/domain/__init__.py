"""What is true at the counter: standard library only, no clock, no file, no thread."""
