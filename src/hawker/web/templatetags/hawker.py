"""What templates need beside Django's own: sentences, network icons, components, form controls."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, RadioSelect, Select
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from hawker.connect.registry import platform
from hawker.connect.text import Sentence
from hawker.core.channels.rules import MEND_ENDING
from hawker.core.speech import speak, speak_all

CONSOLE = "django.core.mail.backends.console.EmailBackend"
register = template.Library()


@register.filter
def spoken(sentence: Sentence) -> str:
    return speak(sentence)


@register.filter
def all_spoken(sentences: Iterable[Sentence]) -> str:
    return speak_all(sentences)


@register.simple_tag
def ending_advice() -> str:
    """What to do where an edition of a network's API ends."""
    return speak(MEND_ENDING)


@register.simple_tag
def network_icon(name: str) -> SafeString:
    """The network's own icon; the file is part of its folder, not of anybody's input."""
    return mark_safe(platform(name).icon)  # noqa: S308


@register.simple_tag
@cache
def network(name: str) -> SafeString:
    """A network's icon, with its title for those who do not see it. Kept, as `icon` is."""
    return format_html(
        '<span class="network" title="{0}"><span class="network-icon" aria-hidden="true">{1}</span>'
        '<span class="visually-hidden">{0}</span></span>',
        platform(name).title,
        network_icon(name),
    )


@register.simple_tag
@cache
def icon(name: str, looks: str = "") -> SafeString:
    """One of `tools/icons.txt`, unseen by screen readers. Kept, for lists draw the same few many times."""
    return format_html(
        '<svg class="icon{}" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" '
        'stroke-linejoin="round" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f" {looks}" if looks else "",
        static("vendor/icons.svg"),
        name,
    )


@register.filter
def network_title(name: str) -> str:
    return platform(name).title


@register.simple_block_tag(end_name="endcomponent")
def component(content: str, name: str, **values: object) -> SafeString:
    """`{% component "card" title=… %}…{% endcomponent %}`: what stands between is its `content`."""
    return render_to_string(f"components/{name}.html", {**values, "content": content})


@dataclass(frozen=True, kw_only=True)
class PasskeyPlace:
    """Whether passkeys can work at the address of this page; `elsewhere`: where they do on this machine."""

    works: bool
    host: str
    elsewhere: str = ""


@register.simple_tag(takes_context=True)
def passkey_place(context: Context) -> PasskeyPlace:
    """A passkey belongs to a host name, never to an IP address (WebAuthn level 2, section 5.1.2), and
    browsers offer it on https and localhost only."""
    request: HttpRequest = context["request"]
    address = urlsplit(f"//{request.get_host()}")
    host = address.hostname or ""
    if _is_ip(host):
        port = f":{address.port}" if address.port else ""
        return PasskeyPlace(
            works=False, host=host, elsewhere=f"http://localhost{port}{request.get_full_path()}"
        )
    return PasskeyPlace(works=request.is_secure() or host == "localhost", host=host)


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@register.simple_tag
def sends_mail() -> bool:
    """Whether this installation has a mail server; without one, mails land in its log."""
    return bool(settings.EMAIL_BACKEND != CONSOLE)


@register.simple_tag
def worded(field: BoundField, label: str = "", hint: str = "", bare: bool = False) -> BoundField:
    """The field with the page's own words; what describes it for screen readers follows them."""
    field.label = label or field.label
    field.help_text = "" if bare else hint or field.help_text
    if isinstance(field.field.widget, RadioSelect):
        field.field.widget.attrs["class"] = "form-check-input"
    return field


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's widget in the look of the other controls."""
    widget = field.field.widget
    look = "form-control"
    if isinstance(widget, CheckboxInput):
        look = "form-check-input"
    elif isinstance(widget, Select):
        look = "form-select"
    if not isinstance(widget.attrs.get("placeholder", ""), str):
        del widget.attrs["placeholder"]
    wrong = " is-invalid" if field.errors else ""
    given = str(widget.attrs.get("class", ""))
    return field.as_widget(attrs={"class": f"{given} {look}{wrong}".strip()})
