"""The page that draws the states is what the rules say."""

from tools import state_diagram


def test_the_page_on_states_is_written_from_the_rules() -> None:
    assert state_diagram.PAGE.read_text() == state_diagram.page(), "run `make states`"
