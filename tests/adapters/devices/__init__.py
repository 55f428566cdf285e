"""Tests of the devices at the counter."""
