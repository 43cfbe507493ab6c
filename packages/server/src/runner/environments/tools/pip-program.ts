/**
 * Runs pip from the folder that is its first argument, and lets nothing begin a program: pip does so to build what is no wheel, or to fetch
 * from a repository, and packages of an index may ask for both (`Requires-Dist: a @ git+https://…`). Each is refused as the system would
 * refuse it, which is what pip, and the parts of the standard library that look at the system that way, are prepared for.
 */
export const PIP_PROGRAM = `import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
REFUSED = {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn"}
def refuse(event, arguments):
    if event in REFUSED:
        raise PermissionError(1, "packages may not start programs")
sys.addaudithook(refuse)
runpy.run_module("pip", run_name="__main__", alter_sys=True)
`;
