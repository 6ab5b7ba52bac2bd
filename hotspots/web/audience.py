"""Who may open a page: each view declares it, and the middleware refuses a view that has not."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase

from hotspots import errors
from hotspots.access.actor import PUBLIC, Actor, actor_of
from hotspots.access.models import User
from hotspots.access.rules import Role

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody, everybody signed in, or those who hold one of the roles."""

    roles: frozenset[Role] = frozenset()
    is_public: bool = False

    def includes(self, actor: Actor) -> bool:
        """Answer whether the actor may open the page."""
        if self.is_public:
            return True
        return actor.is_signed_in and (not self.roles or actor.holds_any(*self.roles))


EVERYBODY = Audience(is_public=True)
SIGNED_IN = Audience()


def audience(*roles: Role, who: Audience | None = None) -> Callable[[View], View]:
    """Declare who may open a view: roles, or EVERYBODY, or SIGNED_IN."""
    declared = who if who is not None else Audience(frozenset(roles))
    if who is None and not roles:
        raise TypeError("a view names the roles that may open it, EVERYBODY or SIGNED_IN")

    def declare(view: View) -> View:
        @functools.wraps(view)
        def show(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        show.audience = declared  # type: ignore[attr-defined]
        return show

    return declare


def audience_of(view: Any) -> Audience | None:
    """Give the declared audience of a view, or None."""
    return cast("Audience | None", getattr(view, "audience", None))


def actor_for(request: HttpRequest) -> Actor:
    """Give who asks; kept on the request, so that the grants are read once."""
    kept = getattr(request, "hotspots_actor", None)
    if kept is None:
        user = request.user
        kept = actor_of(user) if isinstance(user, User) and user.is_active else PUBLIC
        request.hotspots_actor = kept  # type: ignore[attr-defined]
    return cast(Actor, kept)


def user_of(request: HttpRequest) -> User:
    """Give the person of a view whose audience is signed in."""
    if not isinstance(request.user, User):
        raise errors.NotFound("web.user", "There is no such page.")
    return request.user


def require_one(rows: Any, pk: Any, noun: str) -> Any:
    """Give one visible row by id, or raise NotFound; `rows` is already `visible_to` the actor."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise errors.NotFound("web.sight", f"There is no such {noun}.")
    return row


def roles_of(views: Iterable[Any]) -> frozenset[Role]:
    """Give all roles that some view names."""
    return frozenset(role for view in views if (declared := audience_of(view)) for role in declared.roles)
