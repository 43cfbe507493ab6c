"""The loops that do what the core asks for, and what makes methods of clients out of its flows."""

from __future__ import annotations

import asyncio
import functools
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast

from .core.effects import Close, Effect, Emit, Flow, Guard, Join, Open, Pull, Read, Request, Response, Send, Start, Wait
from .way import AsyncWay, Way

T = TypeVar("T")
C = TypeVar("C")
P = ParamSpec("P")


@dataclass
class _Held:
    """What a flow that is left half-way leaves behind."""

    opened: list[Any] = field(default_factory=list)
    started: list[Any] = field(default_factory=list)
    guard: Request | None = None


class Driver:
    """Does what flows ask for, and waits until it is done."""

    def __init__(self, transport: Way, wait: Callable[[float], None] = time.sleep) -> None:
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
        held = _Held()
        try:
            effect = flow.send(None)
            while True:
                if isinstance(effect, Emit):
                    yield effect.value
                    effect = flow.send(None)
                    continue
                try:
                    result = self._perform(effect, held)
                except Exception as error:  # noqa: BLE001 - the flow decides what becomes of it
                    effect = flow.throw(error)
                else:
                    effect = flow.send(result)
        except StopIteration as end:
            return cast("T", end.value)
        finally:
            flow.close()
            for stream in held.opened:
                self.transport.end(stream)
            if held.guard is not None:
                # Whatever led here is what is told.
                with suppress(Exception):
                    self.transport.send(held.guard)

    def _start(self, flow: Flow[T]) -> Future[T]:
        """In a thread, which nobody waits for when the program ends."""
        work: Future[T] = Future()

        def do() -> None:
            try:
                work.set_result(self.run(flow))
            except BaseException as error:  # noqa: BLE001 - for whoever joins
                work.set_exception(error)

        try:
            threading.Thread(target=do, daemon=True).start()
        except RuntimeError:
            # No room for one, or the program is about to end.
            do()
        return work

    def _perform(self, effect: Effect, held: _Held) -> Any:
        match effect:
            case Send():
                return self.transport.send(effect.request)
            case Open():
                return _noted(self.transport.open(effect.request), held.opened)
            case Read():
                return self.transport.read(effect.stream)
            case Close():
                held.opened.remove(effect.stream)
                return self.transport.end(effect.stream)
            case Wait():
                return self._wait(effect.seconds)
            case Pull():
                return effect.source.take()
            case Start():
                return self._start(effect.flow)
            case Join():
                return effect.work.result()
            case Guard():
                held.guard = effect.request
                return None
        raise AssertionError(f"unknown effect {effect}")


class AsyncDriver:
    """The same for asyncio."""

    def __init__(self, transport: AsyncWay, wait: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
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
        held = _Held()
        try:
            effect = flow.send(None)
            while True:
                if isinstance(effect, Emit):
                    yield effect.value
                    effect = flow.send(None)
                    continue
                try:
                    result = await self._perform(effect, held)
                except Exception as error:  # noqa: BLE001 - the flow decides what becomes of it
                    effect = flow.throw(error)
                else:
                    effect = flow.send(result)
        except StopIteration as end:
            ends.append(end.value)
        finally:
            flow.close()
            for work in held.started:
                work.cancel()
            for stream in held.opened:
                await self.transport.end(stream)
            if held.guard is not None:
                with suppress(Exception):
                    await self.transport.send(held.guard)

    async def _perform(self, effect: Effect, held: _Held) -> Any:
        match effect:
            case Send():
                return await self.transport.send(effect.request)
            case Open():
                return _noted(await self.transport.open(effect.request), held.opened)
            case Read():
                return await self.transport.read(effect.stream)
            case Close():
                held.opened.remove(effect.stream)
                return await self.transport.end(effect.stream)
            case Wait():
                return await self._wait(effect.seconds)
            case Pull():
                return await effect.source.take_later()
            case Start():
                held.started.append(asyncio.ensure_future(self.run(effect.flow)))
                return held.started[-1]
            case Join():
                held.started.remove(effect.work)
                return await effect.work
            case Guard():
                held.guard = effect.request
                return None
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
