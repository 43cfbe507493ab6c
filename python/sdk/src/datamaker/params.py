"""Parameters of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, overload

from .errors import DataMakerError


class MissingParamError(DataMakerError, KeyError):
    """The run has no parameter of that name."""

    code = "missing_param"


class Params(Mapping[str, Any]):
    """What a run was started with; empty outside of one. Values are often texts: `get_int` and its like read them."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        """Of a client."""
        self._params = dict(params)

    def __getitem__(self, name: str) -> Any:
        """The value. Raises `MissingParamError`, which names those that there are."""
        if name not in self._params:
            known = ", ".join(sorted(self._params)) or "none"
            raise MissingParamError(f"the run has no parameter {name!r}; it has: {known}")
        return self._params[name]

    def __iter__(self) -> Iterator[str]:
        """Names."""
        return iter(self._params)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._params)

    def __repr__(self) -> str:
        """Names alone: values may be secret."""
        return f"Params({', '.join(sorted(self._params))})"

    @overload
    def get_int(self, name: str) -> int: ...
    @overload
    def get_int(self, name: str, default: int) -> int: ...
    def get_int(self, name: str, default: Any = ...) -> Any:
        """A whole number: `dm.params.get_int("size", 500)`. Raises `DataMakerError` (`invalid_param`) when it is none."""
        return self._read(name, default, _int, "a whole number")

    @overload
    def get_float(self, name: str) -> float: ...
    @overload
    def get_float(self, name: str, default: float) -> float: ...
    def get_float(self, name: str, default: Any = ...) -> Any:
        """A number."""
        return self._read(name, default, float, "a number")

    @overload
    def get_bool(self, name: str) -> bool: ...
    @overload
    def get_bool(self, name: str, default: bool) -> bool: ...
    def get_bool(self, name: str, default: Any = ...) -> Any:
        """True or false, also as texts."""
        return self._read(name, default, _bool, "true or false")

    def _read(self, name: str, default: Any, parse: Any, what: str) -> Any:
        if name not in self._params and default is not ...:
            return default
        value = self[name]
        try:
            return parse(value)
        except (TypeError, ValueError):
            raise DataMakerError(f"the parameter {name!r} must be {what}", code="invalid_param") from None


def _int(value: Any) -> Any:
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        raise ValueError
    return int(value)


def _bool(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}[str(value).lower()] if str(value).lower() in ("true", "false") else _fail()


def _fail() -> Any:
    raise ValueError
