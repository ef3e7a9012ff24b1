"""Errors that a user can cause, each with the exit code that the command line leaves with.

ModelintError        2
|- UsageError        2   arguments that make no sense together, a path that does not exist
|- ConfigError       2   a wrong key or value in the configuration; names file, key and the nearest right one
|- PackError         2   a rule pack that cannot be imported or declares a rule wrongly
|- StubError         2   a stub that does not parse or uses an intrinsic that does not exist
|- ProbeError        2   the runtime probe cannot run at all
"""

from __future__ import annotations


class ModelintError(Exception):
    """An error that is shown as one message, without a traceback."""

    exit_code = 2


class UsageError(ModelintError):
    """The command line asks for something that cannot be done."""


class ConfigError(ModelintError):
    """The configuration is wrong."""


class PackError(ModelintError):
    """A rule pack cannot be used."""


class StubError(ModelintError):
    """A stub cannot be used."""


class ProbeError(ModelintError):
    """The runtime probe cannot run."""
