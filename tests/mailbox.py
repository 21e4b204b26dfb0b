"""A real mail server on this machine, and its moods."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from tests.cast import Loop

OK = "250 OK"


class Mailbox:
    """Keeps what it takes. `turns_away`: its answer to a recipient; `minds_sender` and `minds_letter`: to the
    sender and to the whole letter; `hangs_up`: it takes a letter, and the connection breaks before it has
    said so."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.turns_away = self.minds_sender = self.minds_letter = ""
        self.hangs_up = False

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not self.minds_sender:
            envelope.mail_from = address
        return self.minds_sender or OK

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.turns_away:
            return self.turns_away
        envelope.rcpt_tos.append(address)
        return OK

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.minds_letter:
            return self.minds_letter
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        if self.hangs_up and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        return OK


@contextmanager
def post_office(settings: Settings) -> Iterator[Mailbox]:
    """A mail server, and Hawker's settings name it."""
    mailbox, loop = Mailbox(), Loop()

    async def listen() -> asyncio.Server:
        running = asyncio.get_running_loop()
        return await running.create_server(lambda: SMTP(mailbox, loop=running), "127.0.0.1", 0)

    async def close(server: asyncio.Server) -> None:
        server.close()
        await server.wait_closed()

    server = loop.run(listen())
    point_at(settings, server.sockets[0].getsockname()[1])
    yield mailbox
    loop.run(close(server))
    loop.stop()


def point_at(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
