/**
 * What runs in the sandbox: it takes blocks of rows from its socket, has the functions of fields make a value for each, and sends them
 * back. Its outputs are nobody's protocol: functions may print what they like.
 *
 * Whatever it says is checked on the other side: a function may do to this program what it likes. Time is counted in ticks of a
 * timer, which are not many when the whole machine stands still; what never comes back to Python is ended from outside.
 */
export const HOST_PROGRAM = `
import base64, datetime, decimal, dis, enum, inspect, io, json, linecache, math, os, random, signal, socket, struct, sys, traceback, uuid

TICK, MOST_TICKS, TELL = 0.1, 20, 5
MOST_INTEGER = 2**53 - 1
MOST_DEPTH = 100
PIECE = 500
MOST_BYTES = 16 * 1024 * 1024

link = socket.socket(socket.AF_UNIX)
link.connect(sys.argv[1])
reader = link.makefile("rb", 1 << 16)


class Now:
    """What is being made: the timer looks at it."""

    busy = False
    waiting = False
    place = None
    key = None
    serial = 0
    seen = -1
    ticks = 0


def receive():
    head = reader.read(4)
    if len(head) < 4:
        os._exit(0)
    return json.loads(reader.read(struct.unpack(">I", head)[0]))


def send(message):
    send_text(json.dumps(message, separators=(",", ":")))


def send_text(text):
    data = text.encode()
    Now.busy = True
    try:
        link.sendall(struct.pack(">I", len(data)) + data)
    finally:
        Now.busy = False


def ask(question):
    Now.waiting = True
    try:
        send(question)
        return receive()
    finally:
        Now.waiting = False


def tick(*_):
    if Now.place is None or Now.busy or Now.waiting:
        return
    if Now.serial != Now.seen:
        Now.seen, Now.ticks = Now.serial, 0
        return
    Now.ticks += 1
    if Now.ticks >= MOST_TICKS:
        send({"error": {**Now.place(), "code": "python_timeout"}})
        os._exit(3)
    if Now.ticks % TELL == 0:
        send({"at": Now.place()["at"]})


signal.signal(signal.SIGALRM, tick)
signal.setitimer(signal.ITIMER_REAL, TICK, TICK)


class Unfit(Exception):
    """A value that a row cannot hold."""


def plain(value, depth=0):
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return value
    if kind is int:
        if -MOST_INTEGER <= value <= MOST_INTEGER:
            return value
        raise Unfit("an integer beyond 2^53 loses digits in JSON: return a text")
    if kind is float:
        if math.isfinite(value):
            return value
        raise Unfit(f"{value} is no number in JSON: return None or a text")
    if depth > MOST_DEPTH:
        raise Unfit(f"the value is nested more than {MOST_DEPTH} deep")
    if isinstance(value, (list, tuple)):
        return [plain(each, depth + 1) for each in value]
    if isinstance(value, dict):
        return {name_of(name): plain(each, depth + 1) for name, each in value.items()}
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        near = float(value)
        if value.is_finite() and decimal.Decimal(repr(near)) == value:
            return plain(near)
        raise Unfit(f"the decimal {value} has more digits than a number of JSON holds: return a text")
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, enum.Enum):
        return plain(value.value, depth + 1)
    for base in (str, int, float):
        if isinstance(value, base):
            return plain(base(value), depth)
    raise Unfit(f"a value of type {kind.__name__} is none of JSON: return a text, a number, a list or a dict")


def name_of(name):
    if isinstance(name, str):
        return str(name)
    raise Unfit(f"the keys of a dict are texts in JSON, not {type(name).__name__}")


class Counter:
    """Numbers of the project, 1, 2, 3 …, that are given once."""

    blocks = {}

    def __init__(self, name):
        self.name = name

    def next(self):
        block = Counter.blocks.get(self.name)
        if block is None or block[0] > block[1]:
            answer = self._ask("next", Now.left)
            block = Counter.blocks[self.name] = [answer["first"], answer["last"]]
        number = block[0]
        block[0] += 1
        return number

    def peek(self):
        block = Counter.blocks.get(self.name)
        return self._ask("peek")["value"] if block is None else block[0] - 1

    def reset(self):
        Counter.blocks.pop(self.name, None)
        return self._ask("reset")["value"]

    def _ask(self, what, count=1):
        answer = ask({"ask": "counter", "do": what, "name": self.name, "count": count})
        if "refused" in answer:
            raise RuntimeError(answer["refused"])
        return answer

    @classmethod
    def give_back(cls):
        for name, (next_one, last) in list(cls.blocks.items()):
            if next_one <= last:
                ask({"ask": "counter", "do": "give_back", "name": name, "first": next_one, "last": last})
        cls.blocks.clear()


class WorkspaceFile:
    """A file of the project, to be read."""

    contents = {}

    def __init__(self, name):
        self.name = name

    def read_bytes(self):
        content = WorkspaceFile.contents.get(self.name)
        if content is None:
            answer = ask({"ask": "file", "name": self.name})
            if "refused" in answer:
                raise FileNotFoundError(answer["refused"])
            content = WorkspaceFile.contents[self.name] = base64.b64decode(answer["content"])
        return content

    def read_text(self, encoding="utf-8-sig"):
        return self.read_bytes().decode(encoding)

    def read_json(self):
        return json.loads(self.read_text())

    def open(self, mode="r", encoding="utf-8-sig", newline=None):
        if mode not in ("r", "rt", "rb"):
            raise PermissionError(f"a field reads workspace files, and opens none with mode {mode!r}")
        content = io.BytesIO(self.read_bytes())
        return content if mode == "rb" else io.TextIOWrapper(content, encoding=encoding, newline=newline)


class Template:
    """Another template of the project, whose rows a function uses."""

    asked = (0, 0)

    def __init__(self, name):
        self.name = name

    def generate(self, count=1, seed=None):
        return list(self.stream(count, seed))

    def stream(self, count, seed=None):
        if not isinstance(count, int) or count < 0:
            raise ValueError("count is a number of rows")
        if seed is None:
            # Of the row that is being made, and how often it has asked.
            row, times = Template.asked
            times = times + 1 if row == Now.serial else 0
            Template.asked = (Now.serial, times)
            seed = f"{Now.key():x}-{times}"
        return self._rows(count, str(seed))

    def _rows(self, count, seed):
        for start in range(0, count, PIECE):
            answer = ask({"ask": "rows", "name": self.name, "seed": seed, "from": start, "to": min(count, start + PIECE)})
            if "refused" in answer:
                raise RuntimeError(answer["refused"])
            yield from answer["rows"]


class DataMaker:
    """What a function is given as dm."""

    def counter(self, name):
        if not isinstance(name, str) or name == "":
            raise TypeError("a counter is named by a text")
        return Counter(name)

    def workspace_file(self, path):
        if not isinstance(path, str) or path == "":
            raise TypeError("a workspace file is named by its path")
        return WorkspaceFile(path)

    def template(self, name_or_id):
        if not isinstance(name_or_id, str) or name_or_id == "":
            raise TypeError("a template is named by its id or name")
        return Template(name_or_id)

    def __getattr__(self, name):
        raise AttributeError(f"dm has no {name!r} in a field: there are dm.counter, dm.template and dm.workspace_file")


def draws(code):
    """Whether a function may draw: it reads its first parameter, or one called rng, or does what hides that."""
    if code.co_flags & inspect.CO_VARARGS or "locals" in code.co_names or "exec" in code.co_names or "eval" in code.co_names:
        return True
    if code.co_cellvars or not code.co_argcount:
        return bool(code.co_cellvars)
    names = {code.co_varnames[0], "rng"}
    return any(one.argval in names or isinstance(one.argval, tuple) and names & set(one.argval) for one in dis.get_instructions(code))


class Field:
    def __init__(self, number, given):
        self.name = given["name"]
        self.adds = given["adds"]
        self.file = f"<{given['name']}>"
        self.key = None
        self.number = number
        linecache.cache[self.file] = (len(given["code"]), None, given["code"].splitlines(True), self.file)
        namespace = {"__name__": "field"}
        exec(compile(given["code"], self.file, "exec", dont_inherit=True), namespace)
        value = namespace.get("value")
        if not callable(value):
            raise Unfit("there is no function value(rng, row, dm)")
        # To seed takes longer than most functions do.
        code = getattr(value, "__code__", None)
        self.draws = code is None or draws(code)
        order = ["rng", "row", "dm"]
        given = inspect.signature(value).parameters.values()
        # What has a default is the function's own, such as a table that it keeps.
        names = [one.name for one in given if one.kind < 2 and (one.default is one.empty or one.name in order)]
        if names == order or len(names) == 3 and not set(names) & set(order) or any(one.kind == 2 for one in given):
            self.call = value
        elif set(names) <= set(order):
            picked = [order.index(name) for name in names]
            self.call = lambda *three: value(*[three[i] for i in picked])
        else:
            raise Unfit(f"the function takes ({', '.join(names)}), and is given (rng, row, dm)")

    def fault(self, error):
        line = None
        try:
            for frame in traceback.extract_tb(error.__traceback__):
                if frame.filename == self.file:
                    line = frame.lineno
            if isinstance(error, Unfit):
                return {"message": str(error), "line": line, "code": "python_not_json"}
            if isinstance(error, SyntaxError) and error.filename == self.file:
                return {"message": f"SyntaxError: {error.msg}", "line": error.lineno, "code": "python_failed"}
            message = traceback.format_exception_only(type(error), error)[-1].strip()
        except BaseException:
            message = type(error).__name__
        code = "python_out_of_memory" if isinstance(error, MemoryError) else "python_failed"
        return {"message": message[:1000], "line": line, "code": code}


def load(given):
    levels = []
    for level, fields in enumerate(given):
        made = []
        for number, each in enumerate(fields):
            Now.serial += 1
            Now.place = lambda: {"level": level, "field": number, "at": None}
            field = Field.__new__(Field)
            try:
                field.__init__(number, each)
            except BaseException as error:
                return levels, {"level": level, "field": number, "at": None, **field.fault(error)}
            made.append(field)
        levels.append(made)
    return levels, None


rng = random.Random()
# What random.Random.seed does with an integer, without finding out that it is one.
seed = super(random.Random, rng).seed
dm = DataMaker()


def make(fields, keys, indices, objects):
    columns = [[] for _ in fields]
    bases = [int(key) << 64 for key in keys]
    count = len(objects)
    alone = len(fields) == 1
    at = number = 0
    Now.place = lambda: {"field": number, "at": at}
    Now.key = lambda: bases[number] | indices[at]
    for at in range(count):
        shown, index, row = objects[at], indices[at], {}
        Now.left = count - at
        for number, field in enumerate(fields):
            if alone:
                row = shown
                there = row.pop(field.name)
            else:
                there = shown[field.name]
                for name in field.adds:
                    row[name] = shown[name]
            value = None
            if there is not None:
                Now.serial += 1
                if field.draws:
                    seed(bases[number] | index)
                    rng.gauss_next = None
                try:
                    value = plain(field.call(rng, row if alone else dict(row), dm))
                except BaseException as error:
                    return None, {"field": number, "at": at, **field.fault(error)}
            columns[number].append(value)
            row[field.name] = value
    return columns, None


levels, fault = load(receive()["levels"])
Now.place = None
send({"loaded": True} if fault is None else {"error": fault})
while True:
    block = receive()
    columns, fault = make(levels[block["level"]], block["keys"], block["indices"], block["objects"])
    Now.place = None
    Counter.give_back()
    if fault is not None:
        send({"error": fault})
        continue
    text = json.dumps({"columns": columns}, separators=(",", ":"))
    if len(text) > MOST_BYTES:
        send({"error": {"field": 0, "at": None, "code": "python_too_much", "message": "the values of a block of rows are too many bytes"}})
    else:
        send_text(text)
`;
