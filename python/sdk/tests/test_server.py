"""Calls on a real server, and a real PostgreSQL behind its connections."""

from __future__ import annotations

import asyncio
import csv
import inspect
import io
import os
import subprocess
import sys
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from servers import Postgres, Server, rest_system

import datamaker
from datamaker import (
    AsyncDataMaker,
    AuthenticationError,
    CheckFailedError,
    ConflictError,
    DataMaker,
    DataMakerError,
    NotFoundError,
    RowsRefusedError,
    UsageError,
    ValidationError,
    async_client,
    client,
)

Make = Callable[..., str]
ID = {"name": "id", "type": "sequence"}
NAME = {"name": "name", "type": "full_name"}


class TestGeneration:
    def test_gives_rows_by_id_and_name_and_version(self, dm: DataMaker, template: Make) -> None:
        made = template(ID, NAME, name="Customer of rows")
        rows = dm.generate(template_id=made, count=3, seed="a")
        assert [row["id"] for row in rows] == [1, 2, 3]
        assert rows.seed == "a"
        assert dm.generate("Customer of rows", 3, seed="a") == rows
        assert dm.generate("Customer of rows@v1", 3, seed="a") == rows
        assert dm.template(made).generate(2, seed="a", start=1) == rows[1:]
        assert dm.template(made).preview(seed="a") == rows
        assert list(dm.stream(made, 3, seed="a")) == rows
        assert dm.generate(made, 3) != rows

    def test_refuses_names_that_nothing_or_several_have(self, dm: DataMaker, template: Make) -> None:
        with pytest.raises(NotFoundError, match="no template of the project has the id or name 'Nobody'"):
            dm.generate("Nobody", 1)
        template(ID, name="Twin")
        template(ID, name="Twin")
        with pytest.raises(DataMakerError, match="2 templates are called 'Twin'"):
            dm.generate("Twin", 1)
        with pytest.raises(NotFoundError):
            dm.generate("tmpl_00000000000000000000", 1)

    def test_takes_overrides(self, dm: DataMaker, template: Make) -> None:
        made = template(ID, {"name": "country", "type": "country"}, NAME, {"name": "at", "type": "number"})
        overrides = {
            "country": dm.pick_from(["DE", "AT"], weights=[0, 1]),
            "name": dm.callable(lambda row: f"{row['country']}-{row['id']}"),
            "at": {"pick_from": [1]},
        }
        assert dm.generate(made, 2, overrides=overrides) == [
            {"id": 1, "country": "AT", "name": "AT-1", "at": {"pick_from": [1]}},
            {"id": 2, "country": "AT", "name": "AT-2", "at": {"pick_from": [1]}},
        ]
        with pytest.raises(ValidationError, match="did you mean `country`"):
            dm.generate(made, 1, overrides={"contry": "DE"})
        with pytest.raises(UsageError, match="no field 'contry'"):
            dm.generate(made, 1, overrides={"contry": dm.callable(str)})
        with pytest.raises(UsageError, match="leave the format out"):
            dm.generate(made, 1, overrides=overrides, format="csv")

    def test_gives_formats(self, dm: DataMaker, template: Make, tmp_path: Path) -> None:
        made = template(ID, NAME)
        content = dm.generate(made, 2, seed="a", format="csv", delimiter=";")
        rows = list(csv.reader(io.StringIO(content.decode()), delimiter=";"))
        assert rows[0] == ["id", "name"]
        assert len(rows) == 3
        assert dm.export(tmp_path / "rows.csv", made, 2, seed="a") == len(dm.generate(made, 2, seed="a", format="csv"))
        assert dm.generate(made, 2, seed="a", format="csv") == (tmp_path / "rows.csv").read_bytes()
        with pytest.raises(NotFoundError):
            dm.export(tmp_path / "none.csv", "tmpl_00000000000000000000", 2)
        assert [path.name for path in tmp_path.iterdir()] == ["rows.csv"]
        with pytest.raises(UsageError, match="says no format"):
            dm.export(tmp_path / "rows", made, 2)

    def test_gives_frames(self, dm: DataMaker, template: Make) -> None:
        made = template(ID, {"name": "day", "type": "date"})
        frame = dm.template(made).dataframe(3, seed="a")
        assert list(frame["id"]) == [1, 2, 3]
        assert isinstance(frame["day"][0], date)
        assert dm.template(made).table(3, seed="a").num_rows == 3
        assert dm.to_dataframe(dm.generate(made, 2)).shape == (2, 2)

    @pytest.mark.parametrize("count", [0, -1, 1.5, True, "3"])
    def test_refuses_counts_that_are_none(self, dm: DataMaker, count: Any) -> None:
        with pytest.raises(UsageError, match="count must be a whole number"):
            dm.generate("tmpl_00000000000000000000", count)

    def test_streams_in_constant_memory(self, dm: DataMaker, template: Make) -> None:
        made = template(ID, NAME, {"name": "text", "type": "lorem"})
        rows = dm.stream(made, 40_000)
        next(rows)
        tracemalloc.start()
        try:
            assert sum(1 for _ in rows) == 39_999
            assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
        finally:
            tracemalloc.stop()

    def test_lets_go_of_a_stream_that_nobody_reads_on(self, dm: DataMaker, template: Make) -> None:
        made = template(ID, NAME)
        for _ in range(12):
            rows = dm.stream(made, 1_000_000)
            assert next(rows)["id"] == 1
            del rows
        assert len(dm.generate(made, 1)) == 1


class TestConnections:
    def test_take_rows_of_every_kind(self, dm: DataMaker, connection: Make, table: str, target: Postgres) -> None:
        import pandas as pd
        import pyarrow as pa

        conn = dm.connection(connection())
        assert conn.insert(table, [{"id": 1, "name": "list"}]).written == 1
        assert conn.insert(table, ({"id": i, "name": "generator"} for i in (2, 3))).written == 2
        frame = pd.DataFrame({"id": [4, 5], "name": ["frame", None]})
        assert conn.insert(table, frame).columns == {"id": "id", "name": "name"}
        assert conn.insert(table, pa.table({"id": [6], "name": ["table"]})).sent == 1
        assert conn.insert(table, []).sent == 0
        names = ["list", "generator", "generator", "frame", None, "table"]
        assert target.query(f"SELECT id, name FROM {table} ORDER BY id") == list(enumerate(names, 1))

    def test_change_or_leave_rows_that_are_there(
        self, dm: DataMaker, connection: Make, table: str, target: Postgres
    ) -> None:
        conn = dm.connection(connection())
        conn.insert(table, [{"id": 1, "name": "old"}])
        with pytest.raises(DataMakerError) as caught:
            conn.insert(table, [{"id": 1, "name": "new"}])
        assert (caught.value.status, caught.value.written) == (422, 0)
        assert conn.insert(table, [{"id": 1, "name": "new"}], on_conflict="skip").skipped == 1
        assert conn.upsert(table, [{"id": 1, "name": "new"}, {"id": 2, "name": "x"}], key="id").written == 2
        assert target.query(f"SELECT name FROM {table} ORDER BY id") == [("new",), ("x",)]
        assert conn.insert(table, [{"nr": 3, "rest": 1}], mapping={"nr": "id", "rest": None}).written == 1

    def test_say_how_much_is_there_when_a_chunk_fails(self, dm: DataMaker, connection: Make, table: str) -> None:
        rows = ({"id": 5 if i == 10_000 else i, "name": "x"} for i in range(10_001))
        with pytest.raises(DataMakerError, match="10000 rows were written before") as caught:
            dm.connection(connection()).insert(table, rows)
        assert caught.value.written == 10_000

    def test_refuse_what_does_not_fit(self, dm: DataMaker, connection: Make, table: str) -> None:
        conn = dm.connection(connection())
        with pytest.raises(ValidationError, match='no column for "nme"'):
            conn.insert(table, [{"id": 1, "nme": "x"}])
        with pytest.raises(ValidationError):
            conn.insert("no_such_table", [{"id": 1}])
        with pytest.raises(UsageError, match="row 1"):
            conn.insert(table, [{"id": 1, "name": "x"}, {"id": 2, "name": float("nan")}])
        with pytest.raises(ConflictError, match="for reading only"):
            dm.connection(connection(readOnly=True)).insert(table, [{"id": 1}])
        with pytest.raises(NotFoundError):
            dm.connection("Nobody's").insert(table, [{"id": 1}])

    def test_take_one_row_after_the_other(self, dm: DataMaker, connection: Make, table: str, target: Postgres) -> None:
        conn = dm.connection(connection())
        row: dict[str, Any] = {}
        for number in range(501):
            row |= {"id": number, "name": "x"}
            conn.insert_one(table, row)
        assert target.query(f"SELECT count(*), max(id) FROM {table}") == [(500, 499)]
        assert len(conn.fetch(table, top=1000)) == 501

    def test_lose_no_row_that_waits_when_a_program_ends(
        self, server: Server, connection: Make, table: str, target: Postgres
    ) -> None:
        script = f"""if True:
            import sys
            from datamaker import DataMaker
            def work():
                conn = DataMaker().connection({connection()!r})
                for number in sys.argv[1:]:
                    conn.insert_one({table!r}, {{"id": int(number), "name": "x"}})
            work()
        """
        environment = {**os.environ, "DM_API_KEY": server.key, "DM_URL": server.url}

        def run(*numbers: str) -> subprocess.CompletedProcess[str]:
            command = [sys.executable, "-c", script, *numbers]
            return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

        assert run("1", "2").returncode == 0
        assert target.query(f"SELECT count(*) FROM {table}") == [(2,)]
        failed = run("2")
        assert failed.returncode == 1
        assert "validation_error" in failed.stderr

    def test_keep_memory_flat(self, dm: DataMaker, connection: Make, table: str, target: Postgres) -> None:
        rows = ({"id": number, "name": "n" * 200} for number in range(60_000))
        conn = dm.connection(connection())
        conn.insert(table, [{"id": -1, "name": ""}])
        tracemalloc.start()
        try:
            assert conn.insert(table, rows).written == 60_000
            # One chunk, encoded twice over; all of the rows would be 40 MB.
            assert tracemalloc.get_traced_memory()[1] < 16 * 2**20
        finally:
            tracemalloc.stop()
        assert target.query(f"SELECT count(*) FROM {table}") == [(60_001,)]

    def test_give_rows_however_many(self, dm: DataMaker, connection: Make, table: str) -> None:
        conn = dm.connection(connection())
        conn.insert(table, [{"id": number, "name": "x"} for number in range(2500)])
        where = [{"column": "id", "is": ">=", "value": 10}]
        some = conn.fetch(table, select="id", where=where, order_by="id", top=2)
        assert some == [{"id": 10}, {"id": 11}]
        assert [row["id"] for row in conn.fetch(table, order_by=["id"], top=100_000)] == list(range(2500))
        saved = conn.fetch_to_set(f"of {table}", table, top=1500)
        assert saved["row_count"] == 1500
        with pytest.raises(UsageError, match="one of them"):
            conn.fetch()

    def test_take_statements(self, dm: DataMaker, connection: Make, table: str, target: Postgres) -> None:
        conn = dm.connection(connection())
        conn.insert_one(table, {"id": 1, "name": "waits"})
        # What waits goes first.
        assert conn.execute(f"SELECT id, name FROM {table} WHERE name = $1", ["waits"]) == [{"id": 1, "name": "waits"}]
        assert conn.execute(f"INSERT INTO {table} VALUES ($1, $2)", (2, "'; DROP TABLE x; --")) == []
        assert target.query(f"SELECT count(*) FROM {table}") == [(2,)]
        assert conn.execute("SELECT $1::numeric AS n, $2::date AS d", [2**60, date(2026, 1, 2)]) == [
            {"n": str(2**60), "d": "2026-01-02"}
        ]
        with pytest.raises(ValidationError, match="syntax error") as caught:
            conn.execute("SELEC 1")
        assert caught.value.diagnostics[0]["code"] == "statement_refused"
        with pytest.raises(DataMakerError, match="was done") as large:
            conn.execute("SELECT * FROM generate_series(1, 10001)")
        assert large.value.code == "result_too_large"
        with pytest.raises(UsageError):
            conn.execute("SELECT $1", "text")
        with pytest.raises(ConflictError, match="for reading only"):
            dm.connection(connection(readOnly=True)).execute(f"DELETE FROM {table}")

    def test_take_rows_to_a_path(self, dm: DataMaker, api: httpx.Client) -> None:
        with rest_system() as system:
            body = {"name": f"rest {system.url}", "type": "rest", "url": system.url}
            conn = dm.connection(api.post("/connections", json=body).json()["id"])
            assert conn.post("things", {"a": 1}).written == 1
            assert conn.post(path="things", rows=[{"a": 2}, {"a": 3}], mode="batch", batch_key="items").written == 2
            assert system.bodies == [{"a": 1}, {"items": [{"a": 2}, {"a": 3}]}]
            with pytest.raises(RowsRefusedError, match="1 of 2 rows were refused") as caught:
                conn.post("things", [{"a": 4}, {"bad": 5}])
            assert (caught.value.report.written, caught.value.report.failures[0]["status"]) == (1, 422)
            assert conn.post("things", [{"bad": 6}], allow_failures=True).failed == 1
            with pytest.raises(UsageError, match="name the path, or the entity"):
                conn.post(rows=[{}])

    def test_tell_of_themselves(self, dm: DataMaker, connection: Make, table: str) -> None:
        conn = dm.connection(connection(f"told of {table}"))
        assert dm.connection(f"told of {table}").read()["id"] == conn.read()["id"]
        assert conn.verify()["status"] == "verified"
        tables = {one["name"]: one for one in conn.tables(refresh=True)}
        assert tables[table]["primaryKey"]["columns"] == ["id"]

    def test_take_rows_of_a_template_without_their_passing_through(
        self, dm: DataMaker, template: Make, connection: Make, table: str, target: Postgres
    ) -> None:
        made = template(ID, NAME)
        conn = dm.connection(connection())
        run = conn.push(made, 3000, table, seed="a", overrides={"name": dm.pick_from(["x", "y"])})
        assert (run.state, run.result["written"]) == ("done", 3000)
        assert target.query(f"SELECT count(*), count(DISTINCT name) FROM {table}") == [(3000, 2)]
        assert conn.verify_rows(run)["ok"] is True
        with pytest.raises(datamaker.RunFailedError):
            conn.push(made, 10, table, seed="a")

    def test_are_seeded_and_taken_back(self, dm: DataMaker, connection: Make, target: Postgres) -> None:
        target.query("CREATE SCHEMA seeded")
        target.query("CREATE TABLE seeded.parent (id integer PRIMARY KEY, name text NOT NULL)")
        target.query(
            "CREATE TABLE seeded.child (id integer PRIMARY KEY, parent_id integer NOT NULL REFERENCES seeded.parent)"
        )
        conn = dm.connection(connection(options={"schemas": ["seeded"]}))
        run = conn.seed(rows=20, seed="a")
        assert target.query("SELECT count(*) FROM seeded.parent") == [(20,)]
        assert conn.verify_rows(run)["ok"] is True
        assert conn.undo(run, dry_run=True)["removed"] > 20
        assert conn.undo(run)["done"] is True
        assert target.query("SELECT count(*) FROM seeded.child") == [(0,)]


class TestResources:
    def test_sets(self, dm: DataMaker, template: Make) -> None:
        rows = [{"id": 2**70, "name": "ä"}, {"id": 1, "name": None}]
        assert dm.save_set("of rows", rows).version == 1
        assert dm.load_set("of rows") == rows
        assert dm.save_set("of rows", iter(rows[:1])).version == 2
        assert (len(dm.load_set("of rows")), len(dm.load_set("of rows", 1))) == (1, 2)
        made = template(ID)
        saved = dm.save_set("of a template", template_id=made, count=25_000, seed="a")
        assert (saved.row_count, saved.seed) == (25_000, "a")
        assert [row["id"] for row in dm.load_set("of a template")] == list(range(1, 25_001))
        dm.delete_set("of rows")
        with pytest.raises(NotFoundError):
            dm.load_set("of rows")
        with pytest.raises(UsageError):
            dm.save_set("of nothing")

    def test_files(self, dm: DataMaker) -> None:
        file = dm.workspace_file("lookups/post codes.csv")
        assert file.write_text("code,city\n01067,Dresden\n").kind == "csv"
        with file.open("r") as lines:
            assert next(csv.DictReader(lines)) == {"code": "01067", "city": "Dresden"}
        assert file.read_dataframe(dtype=str)["code"][0] == "01067"
        written = dm.workspace_file("lookups/a.json")
        with written.open("w") as out:
            out.write('{"a": 1}')
        assert written.read_json() == {"a": 1}
        with pytest.raises(ZeroDivisionError), written.open("wb") as bytes_out:
            bytes_out.write(b"{}"[: 1 // 0])
        assert written.read_json() == {"a": 1}
        named = {info.name: info for info in dm.workspace_files.list()}
        assert named["lookups/a.json"].size == 8
        assert named["lookups/a.json"].uploaded_at.endswith("Z")
        written.delete()
        with pytest.raises(NotFoundError):
            written.read_bytes()
        with pytest.raises(UsageError):
            file.open("a")

    def test_masks(self, dm: DataMaker, capsys: pytest.CaptureFixture[str]) -> None:
        rows = [{"id": number, "email": f"ann{number}@corp.test"} for number in range(10_050)]
        masked = dm.mask(iter(rows), {"email": "replace"})
        assert [row["id"] for row in masked] == list(range(10_050))
        assert not {row["email"] for row in masked} & {row["email"] for row in rows}
        # The first rows of the second chunk have fakes of their own.
        assert [row["email"] for row in masked[10_000:]] != [row["email"] for row in masked[:50]]
        assert capsys.readouterr().out == "INFO masked email (replace) ×10050\n"
        with pytest.raises(ValidationError, match="email"):
            dm.mask(rows[:1], {"id": "replace"})

    def test_says_that_a_key_is_wrong(self, server: Server) -> None:
        with DataMaker(api_key="dmk_wrong", url=server.url) as dm, pytest.raises(AuthenticationError):
            dm.load_set("x")


class TestChecks:
    ROWS = ({"id": 1, "c": "DE", "n": 5}, {"id": 2, "c": "AT", "n": None})

    def test_that_hold_follow_each_other(self, dm: DataMaker) -> None:
        subject = (
            dm.assert_that(self.ROWS, "rows").has_count(2).has_unique("id").has_no_nulls("id", "c").has_fields("id")
        )
        subject.all_in("c", ["DE", "AT"]).all_match("c", "[A-Z]{2}").all_between("id", 1, 2).all_satisfy(
            "odd", lambda _: 1
        )
        dm.assert_that(3, "size").is_equal_to(3).is_between(1, 5).is_true()
        assert dm.checks.ok
        assert dm.checks.report().splitlines()[-1] == "11 of 11 checks hold"

    @pytest.mark.parametrize(
        ("check", "says"),
        [
            (lambda it: it.has_count(3), "has 3 rows: it has 2"),
            (lambda it: it.has_unique("c", "none"), None),
            (lambda it: it.has_unique("none"), "not in 1 of 2 rows: 1"),
            (lambda it: it.has_no_nulls(), "not in 1 of 2 rows: 1"),
            (lambda it: it.all_in("c", [["DE"], "DE"]), "not in 1 of 2 rows: 1"),
            (lambda it: it.all_match("n", r"\d"), "not in 2 of 2 rows: 0, 1"),
            (lambda it: it.all_between("n", 0, 9), "not in 1 of 2 rows: 1"),
        ],
    )
    def test_that_do_not_hold_say_where(self, dm: DataMaker, check: Callable[[Any], Any], says: str | None) -> None:
        if says is None:
            check(dm.assert_that(self.ROWS))
            return
        with pytest.raises(CheckFailedError, match=says):
            check(dm.assert_that(self.ROWS))
        check(dm.expect_that(self.ROWS, "soft"))
        assert [one.name.startswith("soft") for one in dm.checks.failed] == [False, True]
        with pytest.raises(AssertionError, match="0 of 2 checks hold"):
            dm.checks.raise_for_failures()
        assert dm.checks.as_dict()["failed"] == 2


class TestCounters:
    def test_give_each_number_once(self, dm: DataMaker) -> None:
        counter = dm.counter("orders of/2026 ü")
        assert counter.peek() == 0
        assert [counter.next(), counter.next()] == [1, 2]
        assert counter.take(500) == range(3, 503)
        assert dm.counter("orders of/2026 ü").peek() == 502
        assert counter.reset() == 0
        assert counter.next() == 1
        counter.delete()
        with pytest.raises(NotFoundError):
            counter.delete()
        with pytest.raises(ValidationError, match="control characters"):
            dm.counter("a\nb").next()
        for count in (0, -1, True, 1.0):
            with pytest.raises(UsageError):
                counter.take(count)  # type: ignore[arg-type]


class TestAsync:
    def test_does_the_same(
        self, server: Server, template: Make, connection: Make, table: str, target: Postgres
    ) -> None:
        made, into = template(ID, NAME), connection()

        async def scenario() -> None:
            async with AsyncDataMaker(api_key=server.key, url=server.url) as dm:
                one, two = await asyncio.gather(dm.generate(made, 3, seed="a"), dm.generate(made, 3, seed="a"))
                assert one == two == [row async for row in dm.stream(made, 3, seed="a")]
                conn = dm.connection(into)

                async def rows() -> AsyncIterator[dict[str, Any]]:
                    async for row in dm.stream(made, 1500):
                        yield {"id": row["id"], "name": "async"}

                assert (await conn.insert(table, rows())).written == 1500
                await conn.insert_one(table, {"id": 0, "name": "waits"})
                assert (await dm.template(made).dataframe(2)).shape == (2, 2)
                await dm.workspace_file("async.json").write_json([1])
                assert await dm.workspace_file("async.json").read_json() == [1]
                with pytest.raises(NotFoundError):
                    await dm.load_set("none")

        asyncio.run(scenario())
        assert target.query(f"SELECT count(*) FROM {table}") == [(1501,)]

    def test_has_all_that_the_other_has(self) -> None:
        def classes() -> Iterator[tuple[type, type]]:
            for name in (
                "DataMaker",
                "Template",
                "Connection",
                "Job",
                "Jobs",
                "WorkspaceFiles",
                "WorkspaceFile",
                "Counter",
            ):
                yield getattr(client, name), getattr(async_client, f"Async{name}")

        for one, other in classes():
            # A file object is not for asyncio.
            names = {name for name in dir(one) if not name.startswith("_")} - {"open"}
            assert names == {name for name in dir(other) if not name.startswith("_")}
            for name in names:
                method = getattr(one, name)
                if callable(method):
                    told = inspect.signature(getattr(other, name)).parameters
                    assert list(inspect.signature(method).parameters) == list(told), name
                    assert method.__doc__
