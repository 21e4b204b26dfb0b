"""What a visitor of the pretend network reads: the demo links there as the live post."""

from dataclasses import replace

import pytest

from hawker.connect.values import Draft
from tests.conformance.drafts import another
from tests.conformance.pages import visit
from tests.conformance.stage import Stage

SLY = "Buns <script>alert(1)</script> & tea"


async def test_a_visitor_reads_a_post_at_its_address(stage: Stage, draft: Draft) -> None:
    page = await visit((await stage.publish(draft)).url)
    assert " ".join(draft.text.split()) in page.text
    if stage.platform.quality["alternative_text"] == "done":
        assert [alt for alt in page.alts if alt] == [each.alt for each in draft.media if not each.is_video]


async def test_a_visitor_reads_all_posts_at_the_accounts_address(stage: Stage, draft: Draft) -> None:
    await stage.publish(draft)
    await stage.publish(another(draft, "Closed on Monday."))
    page = await visit(stage.account.url)
    assert " ".join(draft.text.split()) in page.text
    assert "Closed on Monday." in page.text


async def test_a_visitor_reads_a_reply_below_the_post(stage: Stage, draft: Draft) -> None:
    stage.needs_replies()
    first = await stage.publish(draft)
    await stage.publish(replace(another(draft, "And tea."), media=(), reply_to=first))
    assert "And tea." in (await visit(first.url)).text


async def test_a_visitor_sees_how_often_a_post_was_opened(stage: Stage, draft: Draft) -> None:
    address = (await stage.publish(draft)).url
    first, second = await visit(address), await visit(address)
    if " views" not in second.text:
        pytest.skip(f"the pages of {stage.platform.name} tell no figures")
    assert "· 1 view" in first.text
    assert "· 2 views" in second.text


async def test_what_is_posted_cannot_act_on_the_page(stage: Stage, draft: Draft) -> None:
    sly = another(draft, SLY)
    if stage.platform.publishes.check(sly, stage.account.limits):
        pytest.skip(f"{stage.platform.name} takes no such text")
    published = await stage.publish(sly)
    for address in (published.url, stage.account.url):
        page = await visit(address)
        assert SLY in page.text
        assert page.scripts == 0
