"""What a mail server's answers mean, asked of a real one."""

from collections.abc import Iterator

import pytest
from django.core.mail import get_connection
from pytest_django import Settings

from hawker.core.notices.letters import Parcel
from hawker.core.notices.rules import Outcome, Passing, Posted, Turned, Vanished
from hawker.core.rows import row_id
from hawker.worker.mail import hand_over
from tests.mailbox import Mailbox, post_office


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    with post_office(settings) as mailbox:
        yield mailbox


def send() -> Outcome:
    parcel = Parcel(
        id=row_id(),
        to="alice@example.com",
        subject="茶 needs you",
        text="請打開貼文",
        html="<p>請打開貼文</p>",
        headers={"Message-ID": "<1@example.com>"},
    )
    with get_connection() as connection:
        return hand_over(connection, parcel)


def test_a_letter_arrives_in_both_forms_with_its_own_id(mailbox: Mailbox) -> None:
    assert send() == Posted()
    (mail,) = mailbox.mails
    assert (mail["Subject"], mail["Message-ID"]) == ("茶 needs you", "<1@example.com>")
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    ("mood", "answer", "outcome"),
    [
        ("turns_away", "550 No such person", Turned("No such person")),
        ("turns_away", "450 Come back later", Passing("Come back later")),
        ("minds_sender", "550 Not from you", Passing("Not from you")),
        ("minds_letter", "554 This is spam", Turned("This is spam")),
        ("minds_letter", "452 The disk is full", Passing("The disk is full")),
    ],
)
def test_what_certainly_did_not_arrive_is_told_from_what_never_will(
    mood: str, answer: str, outcome: Outcome, mailbox: Mailbox
) -> None:
    setattr(mailbox, mood, answer)
    assert send() == outcome
    assert mailbox.mails == []


def test_a_connection_that_breaks_after_the_letter_leaves_it_open(mailbox: Mailbox) -> None:
    mailbox.hangs_up = True
    assert isinstance(send(), Vanished)
    assert len(mailbox.mails) == 1
