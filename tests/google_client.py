"""Google's official client (google-api-python-client), signed in at a pretend network."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import google_auth_httplib2
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document

from hawker.connect.pretend_google import APP
from tests.discovery import Discovery, Listener


def credentials(address: str, refresh_token: str) -> Credentials:
    return Credentials(  # type: ignore[no-untyped-call]
        None,
        refresh_token=refresh_token,
        token_uri=f"{address}/token",
        client_id=APP.client_id,
        client_secret=APP.client_secret,
    )


@contextmanager
def signed_in(discovery: Discovery, address: str, refresh_token: str) -> Iterator[Any]:
    """The client for one API at `address`; leaves only where every answer was as Google's document says."""
    listener = Listener()
    http = google_auth_httplib2.AuthorizedHttp(credentials(address, refresh_token), http=listener)
    with closing(build_from_document(discovery.at(address), http=http)) as api:
        yield api
    assert listener.calls
    assert listener.faults(discovery, address) == []
