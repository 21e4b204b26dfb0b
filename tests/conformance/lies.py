"""Connectors that are honest but for one lie, to see whether the suite catches it."""

from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import replace
from datetime import datetime

from hawker.connect.abilities import Publishes, Step
from hawker.connect.errors import Later, OutcomeUnknown, Refused
from hawker.connect.http import Http
from hawker.connect.values import Account, Draft, Limits, Problem, Published


class Honest:
    """Asks the real connector for everything."""

    def __init__(self, real: Publishes) -> None:
        self.real = real
        self.read_delay = real.read_delay

    def count(self, text: str, options: Mapping[str, str], limits: Limits) -> int:
        return self.real.count(text, options, limits)

    def check(self, draft: Draft, limits: Limits) -> list[Problem]:
        return self.real.check(draft, limits)

    def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        return self.real.prepare(http, account, draft, done)

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        return await self.real.send(http, account, draft, done)

    async def find(
        self,
        http: Http,
        account: Account,
        draft: Draft,
        done: Mapping[str, str],
        *,
        since: datetime,
        known: Collection[str] = (),
    ) -> Published | None:
        return await self.real.find(http, account, draft, done, since=since, known=known)

    async def delete(self, http: Http, account: Account, published: Published) -> None:
        await self.real.delete(http, account, published)


class SendsAgain(Honest):
    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        try:
            return await super().send(http, account, draft, done)
        except OutcomeUnknown:
            return await super().send(http, account, draft, done)


class CallsALostAnswerPassing(Honest):
    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        try:
            return await super().send(http, account, draft, done)
        except OutcomeUnknown as error:
            raise Later(error.sentence) from error


class CallsARefusalUnknown(Honest):
    async def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        try:
            async for step in super().prepare(http, account, draft, done):
                yield step
        except Refused as error:
            raise OutcomeUnknown(error.sentence) from error

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        try:
            return await super().send(http, account, draft, done)
        except Refused as error:
            raise OutcomeUnknown(error.sentence) from error


class CallsALimitUnknown(Honest):
    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        try:
            return await super().send(http, account, draft, done)
        except Later as error:
            raise OutcomeUnknown(error.sentence) from error


class DropsAlternativeTexts(Honest):
    def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        return super().prepare(http, account, _mute(draft), done)

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        return await super().send(http, account, _mute(draft), done)


class ForgetsReplies(Honest):
    def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        return super().prepare(http, account, replace(draft, reply_to=None), done)

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        return await super().send(http, account, replace(draft, reply_to=None), done)


class ForgetsSteps(Honest):
    def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        return super().prepare(http, account, draft, {})


class PublishesEarly(Honest):
    async def prepare(
        self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]
    ) -> AsyncIterator[Step]:
        steps = {}
        async for step in super().prepare(http, account, draft, done):
            steps[step.name] = step.value
            yield step
        await super().send(http, account, draft, {**done, **steps})


class FindsNothing(Honest):
    async def find(
        self,
        http: Http,
        account: Account,
        draft: Draft,
        done: Mapping[str, str],
        *,
        since: datetime,
        known: Collection[str] = (),
    ) -> Published | None:
        return None


class TakesAFaultForAbsence(Honest):
    async def find(
        self,
        http: Http,
        account: Account,
        draft: Draft,
        done: Mapping[str, str],
        *,
        since: datetime,
        known: Collection[str] = (),
    ) -> Published | None:
        try:
            return await super().find(http, account, draft, done, since=since, known=known)
        except Later:
            return None


class FindsTheLastPost(Honest):
    """Adopts whatever it sent last."""

    last: Published | None = None

    async def send(self, http: Http, account: Account, draft: Draft, done: Mapping[str, str]) -> Published:
        self.last = await super().send(http, account, draft, done)
        return self.last

    async def find(
        self,
        http: Http,
        account: Account,
        draft: Draft,
        done: Mapping[str, str],
        *,
        since: datetime,
        known: Collection[str] = (),
    ) -> Published | None:
        return self.last


class DeletesNothing(Honest):
    async def delete(self, http: Http, account: Account, published: Published) -> None:
        return None


def _mute(draft: Draft) -> Draft:
    return replace(draft, media=tuple(replace(picture, alt="") for picture in draft.media))
