"""落户柜台: the household-registration counter of a local police station."""

__version__ = "0.1.0"
