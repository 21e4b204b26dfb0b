"""What networks say is kept with the sentences that hold it."""

from hawker.connect.text import say


def test_a_sentence_holds_nothing_that_a_database_refuses() -> None:
    told = say("It said: %(reason)s, %(times)s times", reason="no\0 \ud83d tea 🍵", times=3)
    assert str(told) == "It said: no ? tea 🍵, 3 times"
