"""The three of Google's servers that a Business Profile is spread over."""

from collections.abc import Mapping

from hawker.connect import google
from hawker.connect.http import Http
from hawker.connect.values import Account
from hawker.platforms.google_business.app import APP
from hawker.platforms.google_business.refusals import explain

ACCOUNTS = "https://mybusinessaccountmanagement.googleapis.com"
PLACES = "https://mybusinessbusinessinformation.googleapis.com"
POSTS = "https://mybusiness.googleapis.com"


def api(http: Http, account: Account, usual: str) -> google.Api:
    """`usual`: where the server is found when the owner's app does not say otherwise."""
    return google.Api(http, google.base(account.app, usual), account.secrets["access_token"], explain)


def posts_path(account: Account) -> str:
    """Where the posts of a place are; its id is that of the account, then its own."""
    return f"{post_path(account.app, account.remote_id)}/localPosts"


def post_path(app: Mapping[str, str], name: str) -> str:
    return f"/{APP.version(app)}/{name}"
