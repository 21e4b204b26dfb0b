"""What a program writes into an option that has choices, and none of which it is."""

from dataclasses import replace

from hawker.connect.platform import Platform
from hawker.core.posts import rules
from tests.conformance.drafts import compose

STRANGE = "tea / coffee"


def test_a_choice_that_is_not_offered_is_refused_at_its_option(platform: Platform) -> None:
    usual = {each.name: each.choices[-1].value if each.choices else STRANGE for each in platform.options}
    draft = compose(platform, platform.limits)
    for option in (each for each in platform.options if each.choices):
        strange = replace(draft, options={**usual, option.name: STRANGE})
        fields = [each.field for each in rules.problems(strange, platform, platform.limits)]
        assert option.name in fields
