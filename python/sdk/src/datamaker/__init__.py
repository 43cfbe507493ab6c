"""DataMaker: rows of templates, into the systems under test.

from datamaker import DataMaker

dm = DataMaker()
customers = dm.generate(template_id="Customer", count=100)
dm.connection("Shop").insert(table="customers", rows=customers)
"""

from .async_client import AsyncDataMaker
from .checks import Check, Checks
from .client import DataMaker
from .core.files import WorkspaceFileInfo
from .core.jobs import JobCheck, JobStatus
from .core.reports import InsertReport, RowsRefusedError
from .core.runs import Run
from .core.sets import SavedSet
from .errors import (
    AuthenticationError,
    CheckFailedError,
    ConfigurationError,
    ConflictError,
    ConnectionFailedError,
    DataMakerError,
    ForbiddenError,
    NetworkError,
    NotFoundError,
    NotSupportedError,
    QuotaExceededError,
    RateLimitedError,
    RunFailedError,
    ServerError,
    UsageError,
    ValidationError,
)
from .params import MissingParamError
from .rows import Row, Rows

__all__ = [
    "AsyncDataMaker",
    "AuthenticationError",
    "Check",
    "CheckFailedError",
    "Checks",
    "ConfigurationError",
    "ConflictError",
    "ConnectionFailedError",
    "DataMaker",
    "DataMakerError",
    "ForbiddenError",
    "InsertReport",
    "JobCheck",
    "JobStatus",
    "MissingParamError",
    "NetworkError",
    "NotFoundError",
    "NotSupportedError",
    "QuotaExceededError",
    "RateLimitedError",
    "Row",
    "Rows",
    "RowsRefusedError",
    "Run",
    "RunFailedError",
    "SavedSet",
    "ServerError",
    "UsageError",
    "ValidationError",
    "WorkspaceFileInfo",
]
