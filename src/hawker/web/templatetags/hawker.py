"""What templates need beside Django's own: sentences, network icons, components, form controls."""

from django import template
from django.forms import BoundField, CheckboxInput, RadioSelect, Select
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from hawker.connect.registry import platform
from hawker.connect.text import Sentence
from hawker.core.speech import speak

register = template.Library()


@register.filter
def spoken(sentence: Sentence) -> str:
    return speak(sentence)


@register.simple_tag
def network_icon(name: str) -> SafeString:
    """The network's own icon; the file is part of its folder, not of anybody's input."""
    return mark_safe(platform(name).icon)  # noqa: S308


@register.filter
def network_title(name: str) -> str:
    return platform(name).title


@register.simple_block_tag(end_name="endcomponent")
def component(content: str, name: str, **values: object) -> SafeString:
    """`{% component "card" title=… %}…{% endcomponent %}`: what stands between is its `content`."""
    return render_to_string(f"components/{name}.html", {**values, "content": content})


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's widget in the look of the other controls; what is wrong with it is told by `field.html`."""
    widget = field.field.widget
    look = "form-control"
    if isinstance(widget, RadioSelect | CheckboxInput):
        look = "form-check-input"
    elif isinstance(widget, Select):
        look = "form-select"
    wrong = " is-invalid" if field.errors else ""
    given = str(widget.attrs.get("class", ""))
    return field.as_widget(attrs={"class": f"{given} {look}{wrong}".strip()})
