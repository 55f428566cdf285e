"""The guard at the door of every service method: which permission the signed-in person needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from desktop_app.domain.errors import NotAllowed
from desktop_app.domain.staff import Operator, Permission, require


class SignedIn(Protocol):
    """A service that acts for the person who signed in."""

    by: Operator


_S = TypeVar("_S", bound=SignedIn)
_P = ParamSpec("_P")
_R = TypeVar("_R")

#: Name under which a guarded method tells its rule, for the test that asks every method.
RULE = "permission"


def needs(
    permission: Permission | None,
) -> Callable[[Callable[Concatenate[_S, _P], _R]], Callable[Concatenate[_S, _P], _R]]:
    """Let a method run only for those who may; None lets in everybody who is signed in.

    The method raises NotAllowed, naming the roles that can, before it touches anything.
    """

    def guard(method: Callable[Concatenate[_S, _P], _R]) -> Callable[Concatenate[_S, _P], _R]:
        @wraps(method)
        def guarded(self: _S, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
            _admit(self.by, permission)
            return method(self, *args, **kwargs)

        guarded.__dict__[RULE] = permission
        return guarded

    return guard


def _admit(operator: Operator, permission: Permission | None) -> None:
    if permission is not None:
        require(operator, permission)
    elif not operator.active:
        raise NotAllowed("此账号已停用", "交所领导启用")
