"""What the Graph API refuses, and what should happen then: one table for all of Meta's networks, with each
network's own before it (Graph API, "Handle errors", read 2026-11-22)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ValidationError

from hawker.connect.errors import Later, NetworkError, OutcomeUnknown, Refused, SignInAgain
from hawker.connect.http import Answer
from hawker.connect.meta_usage import regained_at
from hawker.connect.refusals import Gone, as_said, stranger, too_fast, unsaid
from hawker.connect.text import Sentence, say

# Code and subcode; 0 stands for any.
Key = tuple[int, int]
Text = Annotated[str, BeforeValidator(lambda value: value if isinstance(value, str) else "")]
# Ids are texts of digits; here and there they come as numbers, too long for some readers of JSON.
Name = Annotated[str, BeforeValidator(lambda value: str(value) if isinstance(value, int) else value)]
Number = Annotated[int, BeforeValidator(lambda value: value or 0)]


class Unseen(Later):
    """What was asked for is not there, or not there yet: right after it was made nobody can tell which."""


class _Data(BaseModel):
    details: Text = ""


class _Error(BaseModel):
    code: Number = 0
    error_subcode: Number = 0
    message: Text = ""
    error_user_msg: Text = ""
    is_transient: bool | None = False
    error_data: _Data | str | None = None


class _Upload(BaseModel):
    retriable: bool = False
    message: Text = ""


class _Body(BaseModel):
    error: _Error | None = None
    debug_info: _Upload | None = None
    error_message: Text = ""
    code: Number = 0


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """`told` is what Meta wrote for people, `words` all that it wrote."""

    code: int
    subcode: int
    told: str
    words: str
    transient: bool

    @property
    def label(self) -> str:
        return f"{self.code}/{self.subcode}" if self.subcode else str(self.code)


def read_trouble(answer: Answer) -> Trouble | None:
    """None where it is not the Graph API that answered, or where it refused nothing. Upload servers and the
    older token endpoints have bodies of their own."""
    try:
        body = _Body.model_validate_json(answer.body)
    except ValidationError:
        return None
    if body.error is not None:
        return _of_error(body.error)
    if body.debug_info is not None:
        said, transient = body.debug_info.message, body.debug_info.retriable
        code = 190 if answer.status == 401 else 0
        return Trouble(code=code, subcode=0, told=said, words=said, transient=transient)
    if not body.error_message or not (body.code or answer.status >= 400):
        return None  # a container tells of its own trouble under this name
    said = body.error_message
    return Trouble(code=body.code, subcode=0, told=said, words=said, transient=False)


def _of_error(error: _Error) -> Trouble:
    details = error.error_data.details if isinstance(error.error_data, _Data) else ""
    return Trouble(
        code=error.code,
        subcode=error.error_subcode,
        told=error.error_user_msg or details or error.message,
        words=" ".join(each for each in (error.message, error.error_user_msg, details) if each),
        transient=bool(error.is_transient),
    )


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """The sentence may have `%(network)s` and `%(reason)s`."""

    kind: type[NetworkError]
    sentence: Sentence
    field: str = ""


@dataclass(frozen=True, kw_only=True)
class Refusals:
    """`network` is its name in sentences; `own` comes before what all share, `words` (parts of Meta's
    message, in small letters) before both: some errors have no number of their own."""

    network: str
    own: Mapping[Key, Meaning] = field(default_factory=dict)
    words: tuple[tuple[str, Meaning], ...] = ()

    def explain(self, answer: Answer) -> NetworkError | None:
        return self._explain(answer, FAULTY)

    def explain_irreversible(self, answer: Answer) -> NetworkError | None:
        """After a passing fault nobody knows whether Meta took it: to be looked for, never sent again."""
        return self._explain(answer, UNSAID)

    def _explain(self, answer: Answer, fault: Meaning) -> NetworkError | None:
        trouble = read_trouble(answer)
        if trouble is None:
            passing = answer.status >= 500 or answer.status == 429
            return None if passing else stranger(self.network, str(answer.status))
        meaning = self._meaning(trouble)
        if meaning is FAULTY or (meaning is None and (trouble.transient or answer.status >= 500)):
            meaning = fault
        return self.error(meaning or _OTHERWISE, trouble, answer)

    def _meaning(self, trouble: Trouble) -> Meaning | None:
        words = trouble.words.lower()
        told = next((meaning for part, meaning in self.words if part in words), None)
        keys = ((trouble.code, trouble.subcode), (0, trouble.subcode), (trouble.code, 0))
        sought = keys if trouble.subcode else keys[2:]
        found = (table.get(key) for table in (self.own, SHARED) for key in sought)
        return told or next((meaning for meaning in found if meaning), None)

    def error(self, meaning: Meaning, trouble: Trouble, answer: Answer) -> NetworkError:
        sentence = self._fill(meaning.sentence, trouble.told)
        if issubclass(meaning.kind, Later):
            return meaning.kind(sentence, code=trouble.label, at=regained_at(answer.headers))
        if issubclass(meaning.kind, Refused):
            return meaning.kind(sentence, code=trouble.label, field=meaning.field)
        return meaning.kind(sentence, code=trouble.label)

    def _fill(self, sentence: Sentence, reason: str) -> Sentence:
        return replace(sentence, params={"network": self.network, "reason": reason[:300] or "?"})


FAULTY = Meaning(kind=Later, sentence=say("%(network)s has a fault just now. Hawker tries again by itself."))
UNSAID = Meaning(kind=OutcomeUnknown, sentence=unsaid("").sentence)
WAIT = Meaning(kind=Later, sentence=too_fast("", at=None).sentence)
DEAD = Meaning(
    kind=SignInAgain,
    sentence=say("%(network)s no longer accepts Hawker's key to this account. Connect the channel again."),
)
NO_RIGHT = Meaning(
    kind=SignInAgain,
    sentence=say(
        "%(network)s does not let Hawker do this: a permission is missing. Connect the channel again and"
        " allow all that Hawker asks for. Where the app is still being set up, its review must allow it."
    ),
)
NO_CAPABILITY = Meaning(
    kind=Refused,
    sentence=say(
        "Your app at Meta has no right to this. Add it under App review in Meta's developer pages, then try"
        " again."
    ),
)
PROOF = Meaning(
    kind=SignInAgain,
    sentence=say(
        "This key and the app's secret do not belong together. Compare the app secret with the one in Meta's"
        " developer pages, then connect the channel again."
    ),
)
BLOCKED = Meaning(
    kind=Refused,
    sentence=say(
        "%(network)s blocks this account for a while because of its rules, and said: “%(reason)s”. Settle"
        " that at %(network)s, then try again."
    ),
)
CHECKPOINT = Meaning(
    kind=SignInAgain,
    sentence=say(
        "%(network)s wants its owner to confirm this account first. Sign in there in a browser, then connect"
        " the channel here again."
    ),
)
_GONE = Meaning(
    kind=Gone,
    sentence=say("%(network)s does not have this any more, or does not show it to Hawker."),
)
_OTHERWISE = Meaning(kind=Refused, sentence=as_said("", "", code="").sentence)
SHARED: Mapping[Key, Meaning] = {
    **dict.fromkeys(((1, 0), (2, 0)), FAULTY),
    **dict.fromkeys([(code, 0) for code in (4, 17, 32, 341, 613, *range(80_000, 80_015))], WAIT),
    **dict.fromkeys([(code, 0) for code in (10, *range(200, 300))], NO_RIGHT),
    **dict.fromkeys([(code, 0) for code in (102, 104, 190)], DEAD),
    **dict.fromkeys(((190, 459), (190, 464)), CHECKPOINT),
    (3, 0): NO_CAPABILITY,
    (100, 33): _GONE,
    (368, 0): BLOCKED,
}
