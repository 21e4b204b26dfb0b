"""What Instagram's errors mean, and what its answers tell of its limits."""

import json

import pytest

from hawker.connect.budgets import read
from hawker.connect.errors import Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Answer, Heard
from hawker.platforms.instagram import PLATFORM
from hawker.platforms.instagram.refusals import REFUSALS

TABLE: tuple[tuple[int, int, type[NetworkError], str], ...] = (
    (-2, 2207003, Later, ""),
    (-2, 2207020, Later, ""),
    (-1, 2207001, Later, ""),
    (-1, 2207032, Later, ""),
    (-1, 2207053, Later, ""),
    (-1, 0, Later, ""),
    (1, 2207057, Refused, "thumb_offset"),
    (4, 2207051, Refused, ""),
    (9, 2207042, Later, ""),
    (24, 2207006, Refused, ""),
    (24, 2207008, Later, ""),
    (25, 2207050, SignInAgain, ""),
    (100, 2207023, Refused, "kind"),
    (100, 2207028, Refused, "media"),
    (100, 2207035, Refused, ""),
    (100, 2207040, Refused, ""),
    (110, 2207010, Refused, "text"),
    (100, 2207010, Refused, "text"),
    (352, 2207026, Refused, "media"),
    (9004, 2207052, Refused, "media"),
    (9007, 2207027, Later, ""),
    (36000, 2207004, Refused, "media"),
    (36001, 2207005, Refused, "media"),
    (36003, 2207009, Refused, "media"),
    (1, 2207081, Refused, "kind"),
    (2, 2207076, Later, ""),
    (10, 0, SignInAgain, ""),
    (190, 463, SignInAgain, ""),
    (80002, 0, Later, ""),
)


def refusal(code: int, subcode: int) -> Answer:
    error = {"message": "No.", "type": "OAuthException", "code": code, "error_subcode": subcode}
    return Answer(400, {}, json.dumps({"error": error}).encode())


@pytest.mark.parametrize(("code", "subcode", "kind", "field"), TABLE)
def test_every_error_has_a_sentence_and_a_consequence(
    code: int, subcode: int, kind: type[NetworkError], field: str
) -> None:
    error = REFUSALS.explain(refusal(code, subcode))
    assert isinstance(error, kind)
    assert getattr(error, "field", "") == field
    assert len(str(error).split()) > 5
    assert error.code == (f"{code}/{subcode}" if subcode else str(code))


@pytest.mark.parametrize("subcode", [2207001, 2207032, 2207053])
def test_a_fault_of_the_publishing_call_leaves_it_open_what_became_of_the_post(subcode: int) -> None:
    assert isinstance(REFUSALS.explain_irreversible(refusal(-1, subcode)), OutcomeUnknown)


def test_a_wrong_proof_asks_for_the_apps_secret() -> None:
    error = {"message": "Invalid appsecret_proof provided in the API argument", "code": 100}
    told = REFUSALS.explain(Answer(400, {}, json.dumps({"error": error}).encode()))
    assert isinstance(told, SignInAgain)


def limit(body: object) -> Heard:
    path = "/v26.0/17841/content_publishing_limit"
    return Heard("GET", path, Answer(200, {}, json.dumps(body).encode()))


@pytest.mark.parametrize("total", [50, 100])
def test_the_accounts_own_limit_is_read_whichever_it_is(total: int) -> None:
    use = {"quota_usage": 2, "config": {"quota_total": total, "quota_duration": 86400}}
    (reading,) = read(PLATFORM.budgets, limit({"data": [use]}))
    assert (reading.budget, reading.left, reading.limit) == ("posts", total - 2, total)


@pytest.mark.parametrize(
    ("body", "left"),
    [({"data": [{"quota_usage": 7}]}, 43), ({"data": [{"quota_usage": 70, "config": {}}]}, 0)],
)
def test_without_a_total_the_smaller_documented_one_holds(body: object, left: int) -> None:
    (reading,) = read(PLATFORM.budgets, limit(body))
    assert (reading.left, reading.limit) == (left, 50)


@pytest.mark.parametrize("body", [{}, {"data": []}, {"data": [{"quota_usage": "many"}]}, []])
def test_an_odd_limit_tells_nothing(body: object) -> None:
    assert read(PLATFORM.budgets, limit(body)) == []
