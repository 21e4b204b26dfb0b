"""/apps: the keys of the owner's own apps at networks, for whoever runs this installation."""

from ninja import Router

from hawker.api.rest.keys import Asked
from hawker.api.rest.refusals import ANSWERS
from hawker.api.schemas.apps import AppOut, AppsOut, ForgottenOut, KeysIn, app_out, forgotten_out
from hawker.connect.registry import platforms
from hawker.core.channels import actions, queries
from hawker.core.people.actions import require_installation

router = Router(tags=["apps"])


@router.get("/apps", response={200: AppsOut, **ANSWERS})
def list_apps(request: Asked) -> AppsOut:
    """The networks that let a program in only through an app of its owner's, and what is stored of each."""
    require_installation(request.auth)
    kept = queries.kept_apps()
    asking = [(each, each.app) for each in platforms().values() if each.app]
    return AppsOut(apps=[app_out(request, each, app, kept.get(each.name)) for each, app in asking])


@router.get("/apps/{platform}", response={200: AppOut, **ANSWERS})
def show_app(request: Asked, platform: str) -> AppOut:
    """What to register at the network, and what is stored of its keys."""
    found, app = actions.find_app(platform)
    require_installation(request.auth)
    return app_out(request, found, app, queries.kept_app(found))


@router.put("/apps/{platform}", response={200: AppOut, **ANSWERS})
def keep_app(request: Asked, platform: str, wish: KeysIn) -> AppOut:
    """Stores the keys of the app, for every business of this installation."""
    actions.keep_app(request.auth, platform, wish.keys)
    found, app = actions.find_app(platform)
    return app_out(request, found, app, queries.kept_app(found))


@router.delete("/apps/{platform}", response={200: ForgottenOut, **ANSWERS})
def forget_app(request: Asked, platform: str) -> ForgottenOut:
    """Forgets the keys. The channels that work through the app wait until there are some again."""
    found, _ = actions.find_app(platform)
    actions.forget_app(request.auth, platform)
    return forgotten_out(*queries.stopped_without(request.auth, found))
