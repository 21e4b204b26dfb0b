"""Rows of businesses, people, invitations, keys, and the log."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from hawker.core.people.rules import LATE_AFTER, Role
from hawker.core.rows import Owned, Row

ROLES = [(role.value, role.value) for role in Role]
LANGUAGES = [("zh-hant", "繁體中文"), ("en", "English")]


class Workspace(Row):
    """A business. `time_zone` is an IANA name, `language` one of `LANGUAGES`. A post that could not go out
    within `late_after` of its time is not sent without asking. `week_told`: the Monday on which the week
    before was last told of."""

    name = models.CharField(max_length=120)
    language = models.CharField(max_length=10, choices=LANGUAGES, default="zh-hant")
    time_zone = models.CharField(max_length=64, default="Asia/Taipei")
    late_after = models.DurationField(default=LATE_AFTER)
    created_at = models.DateTimeField(auto_now_add=True)
    week_told = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["User"]):
    def create_user(self, email: str, password: str, **fields: str) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, Row):
    """A person; she signs in with her e-mail address and may belong to several businesses."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, choices=LANGUAGES, default="zh-hant")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)


class Membership(Owned):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=ROLES)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "user"], name="one_membership")]


class Invitation(Owned):
    """A one-time link by which a colleague joins; only its hash is kept."""

    role = models.CharField(max_length=10, choices=ROLES)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class SetupLink(Row):
    """The one-time link at which the owner of an empty installation begins; only its hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class ApiKey(Owned):
    """A key for programs; only its hash is kept. `hint` is what it begins with, to tell keys apart."""

    name = models.CharField(max_length=80)
    hint = models.CharField(max_length=12)
    key_hash = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=10, choices=ROLES)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class LogEntry(Owned):
    """One write: who did what to which thing. `detail` never holds a secret."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=160)
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    action = models.CharField(max_length=60)
    thing = models.CharField(max_length=40)
    thing_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["workspace", "-at"], name="log_by_time")]


class Installation(Row):
    """The only row of its kind. Whoever can open `proof` has the keys of this installation."""

    proof = models.TextField()
