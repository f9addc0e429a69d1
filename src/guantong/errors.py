"""Every error that Guantong raises on purpose: a code and its parameters, never a sentence.

    GuantongError
    ├── InputError           a file, a row or an argument that cannot be used
    ├── NotFoundError        an id that nothing answers to
    ├── LockedError          somebody else is writing
    ├── StateError           stored data that cannot be used as it is
    └── ConfigurationError   a setting, a model or an optional part that is missing or wrong

The sentence is looked up by :func:`guantong.messages.render` where it is shown.
"""

from __future__ import annotations

from functools import partial


class GuantongError(Exception):
    """A failure with a stable ``code`` and the parameters of its sentence."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __reduce__(self) -> tuple[object, tuple[()]]:  # type: ignore[explicit-override]
        """Let an error come back from a worker process with its parameters."""
        return partial(type(self), self.code, **self.params), ()


class InputError(GuantongError):
    """A file, a row or an argument that cannot be used."""


class NotFoundError(GuantongError):
    """An id that nothing answers to."""


class LockedError(GuantongError):
    """Somebody else is writing."""


class StateError(GuantongError):
    """Stored data that cannot be used as it is."""


class ConfigurationError(GuantongError):
    """A setting, a model or an optional part that is missing or wrong."""
