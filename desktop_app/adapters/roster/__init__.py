"""Rosters in: spreadsheets are read in a limited child process, never in the program itself."""
