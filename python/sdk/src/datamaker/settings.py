"""Where the server is, and who is asking: from arguments, else from the environment."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .errors import ConfigurationError

DEFAULT_URL = "http://127.0.0.1:3000"


@dataclass(frozen=True)
class Settings:
    """What a client needs to know."""

    url: str
    key: str
    project_id: str | None = None
    #: A unix socket to speak over, which leads to the server that `url` names: that of the broker of a scenario.
    socket: str | None = None
    #: Of the scenario's run; None outside of one.
    run_id: str | None = None
    attempt: int = 1
    #: What is drawn in a run is drawn from; None outside of one.
    seed: str | None = None
    #: Whether nothing of what the run does is kept anywhere.
    dry_run: bool = False
    #: Seconds to wait for an answer; a push of rows may take the server two minutes.
    timeout: float = 150.0

    def __repr__(self) -> str:
        """Without the key, which is for nobody to see."""
        return f"Settings(url={self.url!r}, run_id={self.run_id!r})"


def read_settings(
    *,
    api_key: str | None,
    url: str | None,
    project_id: str | None,
    timeout: float,
    environment: Mapping[str, str] = os.environ,
) -> Settings:
    """Settings of arguments and the environment. Raises `ConfigurationError` when there is no key, or the URL is none."""
    given = {name: value for name, value in environment.items() if name.startswith("DM_") and value != ""}
    socket = given.get("DM_BROKER_SOCKET") if url is None else None
    key = api_key or (given.get("DM_RUN_TOKEN") if socket else None) or given.get("DM_API_KEY")
    if not key:
        hint = ""
        if environment.get("DATAMAKER_API_KEY"):
            hint = " (DATAMAKER_API_KEY is a variable of the server)"
        raise ConfigurationError(f"there is no key: set DM_API_KEY, or call DataMaker(api_key=…){hint}")
    if not key.isascii() or not key.isprintable() or " " in key.strip():
        raise ConfigurationError("the key has characters in it that keys do not have")
    # Over the socket the name says nothing, but a request has to have one.
    address = "http://datamaker" if socket else (url or given.get("DM_URL") or DEFAULT_URL)
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError(f"{address!r} is no URL of a server: it begins with http:// or https://")
    if parts.query or parts.fragment or parts.username or parts.password:
        raise ConfigurationError("the URL of the server has no user, password, query or fragment")
    return Settings(
        url=address.rstrip("/"),
        key=key.strip(),
        project_id=project_id or given.get("DM_PROJECT_ID"),
        socket=socket,
        run_id=given.get("DM_RUN_ID"),
        attempt=_attempt(given.get("DM_ATTEMPT", "1")),
        seed=given.get("DM_SEED"),
        dry_run=given.get("DM_DRY_RUN") == "true",
        timeout=timeout,
    )


def _attempt(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ConfigurationError(f"DM_ATTEMPT must be a whole number from 1 on, and is {text!r}")
    return int(text)


def read_params(environment: Mapping[str, str] = os.environ) -> Mapping[str, Any]:
    """Parameters of the run, a JSON object in DM_PARAMS. Raises `ConfigurationError` when it is none."""
    text = environment.get("DM_PARAMS", "")
    if text == "":
        return {}
    try:
        params = json.loads(text)
    except ValueError as error:
        raise ConfigurationError(f"DM_PARAMS is no JSON: {error}") from None
    if not isinstance(params, dict):
        raise ConfigurationError("DM_PARAMS must be a JSON object: name → value")
    return params
