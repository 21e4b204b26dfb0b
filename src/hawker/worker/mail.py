"""Taking letters to the mail server: what it said, and whether it can have them."""

import asyncio
import logging
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from hawker.core.notices import letters
from hawker.core.notices.letters import Addressee, Parcel
from hawker.core.notices.rules import Outcome, Passing, Posted, Turned, Vanished
from hawker.worker.tools import Tools, now

log = logging.getLogger("hawker.mail")
A_TURN = 10
# A worker that is asked to stop waits for this turn to end, and has 20 seconds for everything.
TURN_SECONDS = 5.0
PERMANENT = 500


async def post(tools: Tools) -> None:
    """Sends what is due, over one connection. Nothing is promised to the database before it stands."""
    await tools.aside(letters.sweep, now())
    due = await tools.aside(letters.due, now(), limit=A_TURN)
    if not due:
        return
    connection = get_connection()
    try:
        await asyncio.to_thread(connection.open)
    except OSError as error:
        log.warning("mail.unreachable error=%s", error)
        await tools.aside(letters.put_off, due, str(error), now())
        return
    try:
        await _post_all(tools, connection, due)
    finally:
        await asyncio.to_thread(connection.close)


async def _post_all(tools: Tools, connection: BaseEmailBackend, due: list[Addressee]) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + TURN_SECONDS
    for to in due:
        parcel = await tools.aside(letters.intend, to, now())
        if parcel is None:
            continue
        outcome = await asyncio.to_thread(hand_over, connection, parcel)
        await tools.aside(letters.settle, parcel.id, outcome, now())
        log.info("mail.%s parcel=%s", type(outcome).__name__.lower(), parcel.id)
        if isinstance(outcome, Vanished) or loop.time() > end:
            return


def hand_over(connection: BaseEmailBackend, parcel: Parcel) -> Outcome:
    """Where the connection breaks, smtplib does not tell at which step: the server may have the letter."""
    mail = EmailMultiAlternatives(
        parcel.subject, parcel.text, to=[parcel.to], connection=connection, headers=dict(parcel.headers)
    )
    mail.attach_alternative(parcel.html, "text/html")
    try:
        mail.send()
    except SMTPRecipientsRefused as error:
        return _turned(*max(error.recipients.values()))
    except SMTPDataError as error:
        return _turned(error.smtp_code, error.smtp_error)
    except SMTPSenderRefused as error:
        return Passing(_said(error.smtp_error))
    except OSError as error:
        return Vanished(str(error))
    return Posted()


def _turned(code: int, said: bytes | str) -> Outcome:
    """RFC 5321, section 4.2.1: 4yz may go well later, 5yz will not."""
    return Turned(_said(said)) if code >= PERMANENT else Passing(_said(said))


def _said(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words
