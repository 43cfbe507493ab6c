import { externalLevels, type Plan } from '@datamaker/engine';
import type { ErrorDetail } from '../../errors.ts';
import { askPython } from '../scenarios/code/read-with-python.ts';

/** What is wrong with a function, or null. */
type Problem = {
  readonly code: string;
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
};

/** Reads a list of codes and says what is wrong with each. It parses, and neither compiles nor executes any of it. */
const PROGRAM = `
import ast, json, resource, sys, warnings
warnings.simplefilter("ignore")
for kind, most in (
    (resource.RLIMIT_CPU, 5),
    (resource.RLIMIT_AS, 768 << 20),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_NOFILE, 16),
):
    resource.setrlimit(kind, (most, most))


def named(node):
    if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.alias)):
        return (getattr(node, "asname", None) or node.name) == "value"
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id == "value"


def problem(code):
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        column = error.offset if error.offset and error.offset > 0 else None
        return "syntax_error", str(error.msg)[:300], error.lineno or None, column
    except (RecursionError, MemoryError):
        return "syntax_error", "the code is too deeply nested", None, None
    except ValueError as error:
        return "syntax_error", str(error)[:300], None, None
    for node in tree.body:
        if isinstance(node, ast.AsyncFunctionDef) and node.name == "value":
            return "wrong_function", "an async function gives no value: leave out \`async\`", node.lineno, None
    if any(named(node) for node in ast.walk(tree)):
        return None
    return "missing_function", "there is no function \`value(rng, row, dm)\`", None, None


names = ("code", "message", "line", "column")
found = [problem(code) for code in json.loads(sys.stdin.buffer.read())]
print(json.dumps([one and dict(zip(names, one)) for one in found]))
`;

/** What Python says against the functions of a plan's fields; nothing where there is no Python to ask. */
export async function checkFunctions(plan: Plan): Promise<readonly ErrorDetail[]> {
  const fields = externalLevels(plan).flatMap((level) => level.fields);
  if (fields.length === 0) return [];
  const codes = [...new Set(fields.map(({ options }) => String(options['code'])))];
  const tooMuch = codes.map(
    (): Problem => ({
      code: 'syntax_error',
      message: 'the code is too large or too deeply nested to be read',
      line: null,
      column: null,
    }),
  );
  const problems = await askPython<readonly (Problem | null)[]>(PROGRAM, JSON.stringify(codes), tooMuch);
  return fields.flatMap(({ pointer, options }): ErrorDetail[] => {
    const problem = problems?.[codes.indexOf(String(options['code']))] ?? null;
    if (problem === null) return [];
    const { code, message, line, column } = problem;
    const place = line === null ? '' : `line ${line}${column === null ? '' : `, column ${column}`}: `;
    const hint = 'write def value(rng, row, dm): and return the value of the field';
    return [{ code, pointer: `${pointer}/options/code`, message: place + message, hint }];
  });
}
