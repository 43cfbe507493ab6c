"""The loops that do what the core asks for, and what makes methods of clients out of its flows."""

from __future__ import annotations

import asyncio
import functools
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator, Iterator
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast

from .core.effects import Close, Effect, Emit, Flow, Open, Pull, Read, Response, Send, Wait
from .transport import AsyncTransport, Transport

T = TypeVar("T")
C = TypeVar("C")
P = ParamSpec("P")


class Driver:
    """Does what flows ask for, and waits until it is done."""

    def __init__(self, transport: Transport, wait: Callable[[float], None] = time.sleep) -> None:
        """`wait` pauses for some seconds."""
        self.transport = transport
        self._wait = wait

    def run(self, flow: Flow[T]) -> T:
        """What comes of a flow that hands nothing on."""
        steps = self._steps(flow)
        try:
            next(steps)
        except StopIteration as end:
            return cast("T", end.value)
        raise AssertionError("this flow is to be iterated")

    def iterate(self, flow: Flow[Any]) -> Iterator[Any]:
        """What a flow hands on. Leaving the loop lets go of all that is open."""
        return self._steps(flow)

    def _steps(self, flow: Flow[T]) -> Generator[Any, None, T]:
        opened: list[Any] = []
        try:
            effect = flow.send(None)
            while True:
                if isinstance(effect, Emit):
                    yield effect.value
                    effect = flow.send(None)
                    continue
                try:
                    result = self._perform(effect, opened)
                except Exception as error:  # noqa: BLE001 - the flow decides what becomes of it
                    effect = flow.throw(error)
                else:
                    effect = flow.send(result)
        except StopIteration as end:
            return cast("T", end.value)
        finally:
            flow.close()
            for stream in opened:
                self.transport.end(stream)

    def _perform(self, effect: Effect, opened: list[Any]) -> Any:
        match effect:
            case Send():
                return self.transport.send(effect.request)
            case Open():
                return _noted(self.transport.open(effect.request), opened)
            case Read():
                return self.transport.read(effect.stream)
            case Close():
                opened.remove(effect.stream)
                return self.transport.end(effect.stream)
            case Wait():
                return self._wait(effect.seconds)
            case Pull():
                return effect.source.take()
        raise AssertionError(f"unknown effect {effect}")


class AsyncDriver:
    """The same for asyncio."""

    def __init__(self, transport: AsyncTransport, wait: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """`wait` pauses for some seconds."""
        self.transport = transport
        self._wait = wait

    async def run(self, flow: Flow[T]) -> T:
        """What comes of a flow that hands nothing on."""
        ends: list[T] = []
        async for _ in self._steps(flow, ends):
            raise AssertionError("this flow is to be iterated")
        return ends[0]

    def iterate(self, flow: Flow[Any]) -> AsyncIterator[Any]:
        """What a flow hands on. Leaving the loop lets go of all that is open, once the iterator is closed."""
        return self._steps(flow, [])

    async def _steps(self, flow: Flow[T], ends: list[T]) -> AsyncIterator[Any]:
        opened: list[Any] = []
        try:
            effect = flow.send(None)
            while True:
                if isinstance(effect, Emit):
                    yield effect.value
                    effect = flow.send(None)
                    continue
                try:
                    result = await self._perform(effect, opened)
                except Exception as error:  # noqa: BLE001 - the flow decides what becomes of it
                    effect = flow.throw(error)
                else:
                    effect = flow.send(result)
        except StopIteration as end:
            ends.append(end.value)
        finally:
            flow.close()
            for stream in opened:
                await self.transport.end(stream)

    async def _perform(self, effect: Effect, opened: list[Any]) -> Any:
        match effect:
            case Send():
                return await self.transport.send(effect.request)
            case Open():
                return _noted(await self.transport.open(effect.request), opened)
            case Read():
                return await self.transport.read(effect.stream)
            case Close():
                opened.remove(effect.stream)
                return await self.transport.end(effect.stream)
            case Wait():
                return await self._wait(effect.seconds)
            case Pull():
                return await effect.source.take_later()
        raise AssertionError(f"unknown effect {effect}")


def _noted(answer: Response, opened: list[Any]) -> Response:
    if answer.stream is not None:
        opened.append(answer.stream)
    return answer


class Blocking(Generic[C]):
    """Something whose calls wait: what knows how they are made, and what makes them."""

    def __init__(self, core: C, driver: Driver) -> None:
        """Made by the client."""
        self._core = core
        self._driver = driver


class Awaiting(Generic[C]):
    """Something whose calls are awaited."""

    def __init__(self, core: C, driver: AsyncDriver) -> None:
        """Made by the client."""
        self._core = core
        self._driver = driver


def blocking(flow: Callable[Concatenate[C, P], Flow[T]]) -> Callable[Concatenate[Blocking[C], P], T]:
    """A method that waits, out of a flow of the core: same parameters, same words."""

    @functools.wraps(flow)
    def call(self: Blocking[C], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self._driver.run(flow(self._core, *args, **kwargs))

    return call


def awaiting(
    flow: Callable[Concatenate[C, P], Flow[T]],
) -> Callable[Concatenate[Awaiting[C], P], Coroutine[Any, Any, T]]:
    """A method that is awaited, out of a flow of the core."""

    @functools.wraps(flow)
    async def call(self: Awaiting[C], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._driver.run(flow(self._core, *args, **kwargs))

    return call
