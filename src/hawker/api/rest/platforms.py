"""GET /platforms."""

from ninja import Router

from hawker.api.rest.keys import Asked
from hawker.api.rest.refusals import ANSWERS
from hawker.api.schemas.platforms import PlatformsOut, platform_of
from hawker.connect.registry import platforms
from hawker.core.channels import queries

router = Router(tags=["platforms"])


@router.get("/platforms", response={200: PlatformsOut, **ANSWERS})
def list_platforms(request: Asked) -> PlatformsOut:  # noqa: ARG001
    """The networks, with the ways to connect a channel at each."""
    kept = queries.kept_apps()
    return PlatformsOut(platforms=[platform_of(each, kept) for each in platforms().values()])
