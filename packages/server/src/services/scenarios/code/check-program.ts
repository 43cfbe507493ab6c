/**
 * Reads code from its standard input and says in one line of JSON what it finds. It parses, and does nothing else with the code: no part
 * of it is compiled or executed (validating by `compile` runs nothing either, but CVE-2025-3248 shows how near that is). PEP 723 gives
 * the expression for metadata.
 */
export const CHECK_PROGRAM = String.raw`
import ast, json, re, resource, sys, warnings
warnings.simplefilter("ignore")
for kind, most in (
    (resource.RLIMIT_CPU, 5),
    (resource.RLIMIT_AS, 768 << 20),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_NOFILE, 16),
):
    resource.setrlimit(kind, (most, most))
code = sys.stdin.buffer.read().decode("utf-8")
found = {"python": ".".join(map(str, sys.version_info[:3])), "problem": None, "metadata": None}
try:
    ast.parse(code, "main.py")
except SyntaxError as error:
    found["problem"] = {
        "message": str(error.msg)[:300],
        "line": error.lineno or None,
        "column": error.offset if error.offset and error.offset > 0 else None,
    }
except (RecursionError, MemoryError):
    found["problem"] = {"message": "the code is too deeply nested", "line": None, "column": None}
except ValueError as error:
    found["problem"] = {"message": str(error)[:300], "line": None, "column": None}
blocks = [
    block
    for block in re.finditer(r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)$\s(?P<content>(^#(| .*)$\s)+)^# ///$", code)
    if block.group("type") == "script"
]
line = code[: blocks[0].start()].count("\n") + 1 if blocks else None
if len(blocks) > 1:
    found["metadata"] = {"line": line, "error": "there are several blocks of metadata"}
elif blocks:
    text = "".join(
        each[2:] if each.startswith("# ") else each[1:] for each in blocks[0].group("content").splitlines(True)
    )
    try:
        import tomllib
    except ImportError:
        found["metadata"] = {"line": line, "error": "metadata is read by Python 3.11 or newer"}
    else:
        try:
            read = tomllib.loads(text)
            found["metadata"] = {
                "line": line,
                "dependencies": read.get("dependencies", []),
                "requires": read.get("requires-python"),
            }
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            found["metadata"] = {"line": line, "error": str(error)[:300]}
print(json.dumps(found))
`;
