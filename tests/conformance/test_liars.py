"""The suite itself: a connector that is honest but for one lie is caught by the test that is there for it."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

import pytest

from hawker.connect.errors import NetworkError
from hawker.connect.platform import Platform
from hawker.sandbox.faults import Kind
from tests.conformance import lies, test_delete, test_lost_answers, test_preparation, test_publish
from tests.conformance.calls import Calls
from tests.conformance.drafts import of_kind, simplest
from tests.conformance.losses import Loss
from tests.conformance.stage import staged

Check = Callable[..., Awaitable[None]]
CAUGHT = (AssertionError, pytest.fail.Exception, NetworkError)
TAKEN, NOT_TAKEN = {"loss": Loss(Kind.reset_after)}, {"loss": Loss(Kind.reset_before)}
UNKNOWN = test_lost_answers.test_a_lost_answer_is_unknown_and_the_call_is_not_repeated
FAULTY_LOOK = test_lost_answers.test_a_fault_while_looking_is_not_taken_for_absence
CASES: tuple[tuple[type[lies.Honest], Check, Mapping[str, object]], ...] = (
    (lies.SendsAgain, UNKNOWN, NOT_TAKEN),
    (lies.CallsALostAnswerPassing, UNKNOWN, TAKEN),
    (lies.CallsARefusalUnknown, test_publish.test_one_letter_more_is_refused_at_the_text, {"letter": "a"}),
    (
        lies.CallsALimitUnknown,
        test_publish.test_one_request_too_many_is_tried_later,
        {"call": "send", "kind": Kind.limited},
    ),
    (lies.DropsAlternativeTexts, test_publish.test_alternative_texts_are_on_the_network_too, {}),
    (lies.ForgetsReplies, test_publish.test_a_reply_hangs_on_the_post_it_answers, {}),
    (lies.ForgetsSteps, test_preparation.test_what_is_done_is_not_done_again, {}),
    (lies.PublishesEarly, test_preparation.test_preparing_publishes_nothing, {}),
    (lies.FindsNothing, test_lost_answers.test_what_the_network_took_is_found, TAKEN),
    (lies.TakesAFaultForAbsence, FAULTY_LOOK, {"kind": Kind.error_before}),
    (lies.FindsTheLastPost, test_lost_answers.test_a_lost_post_is_not_mistaken_for_its_neighbour, {}),
    (lies.DeletesNothing, test_delete.test_a_post_is_taken_off_and_twice_does_no_harm, {}),
)


async def run(check: Check, platform: Platform, given: Mapping[str, object]) -> None:
    async with staged(platform) as stage:
        limits = stage.account.limits
        draft = of_kind(platform, limits, "pictures") or simplest(platform, limits)
        all_given = {"stage": stage, "draft": draft, **given}
        await check(**{name: all_given[name] for name in inspect.signature(check).parameters})


@pytest.mark.parametrize(("lie", "check", "given"), CASES, ids=[lie.__name__ for lie, _, _ in CASES])
async def test_a_lie_is_caught(
    platform: Platform, lie: type[lies.Honest], check: Check, given: Mapping[str, object], calls: Calls
) -> None:
    honest = lies.Honest(platform.publishes)
    await run(check, replace(platform, publishes=honest), {"calls": calls, **given})
    with pytest.raises(CAUGHT):
        await run(check, replace(platform, publishes=lie(platform.publishes)), {"calls": calls, **given})
