"""Pages served by many processes."""

import urllib.error
import urllib.request

from tests.cluster.house import House, address, is_ready


def refused(pages: str) -> int:
    """What a call with a wrong key is answered."""
    asked = urllib.request.Request(f"{pages}/api/v1/posts", headers={"Authorization": "Bearer hawker_wrong"})
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_wrong_keys_are_counted_by_all_pages_together(house: House) -> None:
    begun = [house.begin("web", "--port", "0") for _ in range(2)]
    first, second = (address(is_ready(process)) for process in begun)
    assert {refused(first) for _ in range(20)} == {401}
    assert refused(second) == 429
