import init, { format } from '@wasm-fmt/ruff_fmt/vite';

/** Code as Ruff formats it. @throws Error says where it is no Python */
export async function formatPython(code: string): Promise<string> {
  await init();
  try {
    return format(code, 'scenario.py');
  } catch (error) {
    throw new Error(error instanceof Error ? error.message : String(error));
  }
}
