"""What is known of the price of a message before it is sent."""

from dataclasses import replace

from hawker.platforms.whatsapp.account import LIMITS
from hawker.platforms.whatsapp.prices import prices
from hawker.sandbox.tests.makers import draft


def test_each_person_gets_one_message_and_only_a_template_is_charged() -> None:
    plain = prices([draft("茶")], LIMITS)
    template = prices([replace(draft("茶"), options={"template": "order_update"})], LIMITS)
    assert (plain.number, plain.why, template.number) == (1, None, 1)
    assert "Meta charges each message" in str(template.why)
