"""Media in an object store that speaks S3. What goes wrong there is raised as on a disk: OSError."""

from collections.abc import Iterator
from contextlib import contextmanager

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

# Someone waits for the answer. Since boto3 1.36 (January 2025) every call carries checksums that many stores
# other than Amazon's refuse, unless it is told to add only those that are required.
CLIENT = Config(
    signature_version="s3v4",
    connect_timeout=5,
    read_timeout=20,
    retries={"total_max_attempts": 2},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)
# An endpoint that is no address is a ValueError.
FAILURES = (BotoCoreError, ClientError, Boto3Error, RetriesExceededError, ValueError)


class ObjectStorage(S3Storage):  # type: ignore[misc]
    def get_default_settings(self) -> dict[str, object]:
        return {**super().get_default_settings(), "client_config": CLIENT}

    def delete(self, name: str) -> None:
        with _as_on_a_disk():
            super().delete(name)

    def part(self, name: str, start: int, length: int) -> bytes:
        """So many bytes at most, from a place on."""
        stored = self.bucket.Object(self._normalize_name(clean_name(name)))
        with _as_on_a_disk():
            try:
                data: bytes = stored.get(Range=f"bytes={start}-{start + length - 1}")["Body"].read()
            except ClientError as error:
                if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                    raise FileNotFoundError(name) from error
                raise
            return data

    def exists(self, name: str) -> bool:
        with _as_on_a_disk():
            return bool(super().exists(name))

    def presigned(self, name: str, seconds: int) -> str:
        """An address at which anybody can fetch this file for so long."""
        with _as_on_a_disk():
            return str(self.url(name, expire=seconds))

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        """Fetches the whole file at once, so that nothing fails later."""
        with _as_on_a_disk():
            file: File[bytes] = super()._open(name, mode)
            return file.open()

    def _save(self, name: str, content: "File[bytes]") -> str:
        with _as_on_a_disk():
            kept: str = super()._save(name, content)
            return kept


@contextmanager
def _as_on_a_disk() -> Iterator[None]:
    try:
        yield
    except FAILURES as error:
        raise OSError(str(error)) from error
