"""The checker itself: an answer that is not as Google's document says is caught."""

import pytest

from tests.discovery import Discovery


@pytest.fixture(scope="module")
def oauth() -> Discovery:
    return Discovery("oauth2", "v2")


def test_what_is_right_has_no_fault(oauth: Discovery) -> None:
    body = b'{"issued_to": "x", "expires_in": 3599, "verified_email": true}'
    assert oauth.faults_of("POST", "oauth2/v2/tokeninfo", body) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b'{"issued_for": "x"}', "Tokeninfo.issued_for: there is no such field"),
        (b'{"expires_in": "3599"}', "Tokeninfo.expires_in: str where integer is meant"),
        (b'{"expires_in": true}', "Tokeninfo.expires_in: bool where integer is meant"),
        (b'{"verified_email": 1}', "Tokeninfo.verified_email: int where boolean is meant"),
        (b"[]", "Tokeninfo: list where object is meant"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(oauth: Discovery, body: bytes, fault: str) -> None:
    assert oauth.faults_of("POST", "oauth2/v2/tokeninfo", body) == [fault]


def test_a_call_that_the_api_does_not_have_is_told(oauth: Discovery) -> None:
    assert oauth.faults_of("GET", "oauth2/v2/weather", b"{}") == [
        "GET oauth2/v2/weather: there is no such call"
    ]


def test_formats_enums_lists_and_maps_are_checked() -> None:
    document = Discovery("businessprofileperformance", "v1")
    dated = {"timeSeries": {"datedValues": [{"date": {"year": 2026}, "value": "4"}, {"value": "four"}]}}
    assert document.faults("GetDailyMetricsTimeSeriesResponse", dated) == [
        "GetDailyMetricsTimeSeriesResponse.timeSeries.datedValues[1].value: “four” is no int64"
    ]
    path = "v1/locations/987:getDailyMetricsTimeSeries"
    assert document.schema_of("GET", path) == "GetDailyMetricsTimeSeriesResponse"
    wrong = {"dailyMetric": "SMILES"}
    assert len(document.faults("DailyMetricTimeSeries", wrong)) == 1
