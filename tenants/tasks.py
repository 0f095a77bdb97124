"""Where the worker looks for tasks."""

from tenants.nightly import run_nightly

__all__ = ["run_nightly"]
