"""What the pretend WhatsApp's API shows beside messages: business accounts, their numbers and templates."""

from collections.abc import Sequence

from aiohttp import web

from hawker.connect.http import Json
from hawker.connect.pretend_graph import Call, Route, unsupported
from hawker.connect.pretend_graph_fields import Edge, Node, listing, one
from hawker.platforms.whatsapp import sandbox_templates as templates
from hawker.platforms.whatsapp.sandbox_media import MediaRoom
from hawker.platforms.whatsapp.sandbox_templates import Template
from hawker.platforms.whatsapp.sandbox_world import Business, Phone, World, wamid

MANAGEMENT = "whatsapp_business_management"
# Of a number there is more, which may be asked for and is empty here.
UNTOLD = (
    "conversational_automation",
    "quality_score",
    "webhook_configuration",
    "new_name_status",
    "search_visibility",
    "eligibility_for_api_business_global_search",
    "health_status",
    "certificate",
    "new_certificate",
    "last_onboarded_time",
    "whatsapp_business_manager_messaging_limit",
)


def phone_node(phone: Phone) -> Node:
    return Node(
        kind="WhatsAppBusinessPhoneNumber",
        fields={
            "id": phone.id,
            "display_phone_number": phone.display,
            "verified_name": phone.name,
            "quality_rating": "GREEN",
            "code_verification_status": "VERIFIED",
            "name_status": "APPROVED",
            "platform_type": "CLOUD_API",
            "throughput": {"level": "STANDARD"},
            "status": "CONNECTED",
            "account_mode": "LIVE",
            "is_on_biz_app": False,
            "is_official_business_account": False,
            "is_pin_enabled": True,
            "is_preverified_number": False,
            "country_code": "TW",
            "country_dial_code": "886",
            **dict.fromkeys(UNTOLD),
        },
        thin=("display_phone_number", "verified_name", "quality_rating", "code_verification_status"),
    )


def waba_node(business: Business) -> Node:
    return Node(
        kind="WhatsAppBusinessAccount",
        fields={
            "id": business.waba,
            "name": business.handle,
            "currency": "TWD",
            "timezone_id": "145",
            "message_template_namespace": f"ns_{business.waba}",
            "account_review_status": "APPROVED",
            "business_verification_status": "verified",
            "whatsapp_business_manager_messaging_limit": "TIER_2K",
            "status": "ACTIVE",
            "ownership_type": "SELF",
            "country": "TW",
            "is_enabled_for_insights": False,
        },
        thin=("name", "timezone_id", "message_template_namespace"),
    )


class Nodes:
    def __init__(self, world: World, media: MediaRoom) -> None:
        self._world = world
        self._media = media

    def routes(self) -> Sequence[Route]:
        told = (
            ("GET", "/{id}/assigned_whatsapp_business_accounts", self._assigned),
            ("GET", "/{id}/businesses", self._portfolios),
            ("GET", "/{id}/owned_whatsapp_business_accounts", self._owned),
            ("GET", "/{id}/client_whatsapp_business_accounts", self._none),
            ("GET", "/{id}/phone_numbers", self._phones),
            ("GET", "/{id}/message_templates", self._templates),
            ("POST", "/{id}/message_templates", self._propose),
            ("DELETE", "/{id}/message_templates", self._withdraw),
            ("GET", "/{id}/subscribed_apps", self._subscriptions),
            ("POST", "/{id}/subscribed_apps", self._subscribe),
            ("DELETE", "/{id}/subscribed_apps", self._unsubscribe),
            ("GET", "/{id}", self._show),
            ("DELETE", "/{id}", self._drop),
        )
        return [Route(method=method, path=path, answers=answers) for method, path, answers in told]

    def _own(self, call: Call) -> list[Business]:
        return [each for each in self._world.businesses.values() if each.user == call.holder.who]

    def _business(self, call: Call) -> Business:
        call.need(MANAGEMENT)
        found = next((each for each in self._own(call) if each.waba == call.part("id")), None)
        if found is None:
            raise unsupported(call.part("id"))
        return found

    async def _assigned(self, call: Call) -> Json:
        own = self._own(call) if self._world.manners.assigned else []
        return listing(call, Edge(nodes=[waba_node(each) for each in own]))

    async def _portfolios(self, call: Call) -> Json:
        call.need("business_management")
        nodes = [Node(kind="Business", fields={"id": each.portfolio}) for each in self._own(call)]
        return listing(call, Edge(nodes=nodes))

    async def _owned(self, call: Call) -> Json:
        call.need("business_management")
        own = [each for each in self._own(call) if each.portfolio == call.part("id")]
        return listing(call, Edge(nodes=[waba_node(each) for each in own]))

    async def _none(self, call: Call) -> Json:
        return listing(call, Edge(nodes=[]))

    async def _phones(self, call: Call) -> Json:
        return listing(call, Edge(nodes=[phone_node(each) for each in self._business(call).phones]))

    async def _templates(self, call: Call) -> Json:
        """A name is looked for as a part."""
        business, wish = self._business(call), call.params
        found = [
            each
            for each in business.templates
            if wish.get("name", "") in each.name and wish.get("status", each.status) == each.status
        ]
        summary: dict[str, Json] = {
            "total_count": len(found),
            "message_template_count": len(business.templates),
            "message_template_limit": 250,
            "are_translations_complete": True,
        }
        return listing(call, Edge(nodes=[templates.node(each) for each in found], summary=summary))

    async def _propose(self, call: Call) -> Json:
        business, parts = self._business(call), call.parsed("components")
        made = Template(
            id=str(int(business.waba) + len(business.templates) + 1),
            name=call.given("name"),
            language=call.given("language"),
            category=call.given("category"),
            status="PENDING",
            components=[each for each in parts if isinstance(each, dict)] if isinstance(parts, list) else [],
        )
        business.templates.append(made)
        return {"id": made.id, "status": made.status, "category": made.category}

    async def _withdraw(self, call: Call) -> Json:
        business, name = self._business(call), call.given("name")
        kept = [each for each in business.templates if each.name != name]
        if len(kept) == len(business.templates):
            raise unsupported(name)
        business.templates[:] = kept
        return {"success": True}

    async def _subscribe(self, call: Call) -> Json:
        self._business(call).hears = True
        return {"success": True}

    async def _unsubscribe(self, call: Call) -> Json:
        self._business(call).hears = False
        return {"success": True}

    async def _subscriptions(self, call: Call) -> Json:
        app = self._world.app
        data: Json = {"whatsapp_business_api_data": {"id": app.client_id, "name": app.name, "link": wamid()}}
        return {"data": [data] if self._business(call).hears else []}

    async def _show(self, call: Call) -> Json | web.StreamResponse:
        name, file = call.part("id"), self._media.file(call)
        if file:
            return self._media.show(file)
        if name in {"me", call.holder.who}:
            who: Json = call.holder.who
            return one(call, Node(kind="User", fields={"id": who, "name": "Hawker's user"}, thin=("name",)))
        for business in self._own(call):
            if business.waba == name:
                return one(call, waba_node(business))
            for phone in business.phones:
                if phone.id == name:
                    return one(call, phone_node(phone))
        raise unsupported(name)

    async def _drop(self, call: Call) -> Json:
        return self._media.drop(call)
