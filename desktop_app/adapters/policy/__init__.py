"""Policy from TOML files: read, checked for meaning, sealed by a digest."""

from desktop_app.adapters.policy.faults import Fault, PolicyFaults
from desktop_app.adapters.policy.loader import (
    PolicyFolders,
    check_policy,
    load_folders,
    load_policy,
)

__all__ = ["Fault", "PolicyFaults", "PolicyFolders", "check_policy", "load_folders", "load_policy"]
