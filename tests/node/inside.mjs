// node inside.mjs JOB.json: the built archive in the browser's own Python, twice.
//
// First as readers get it: walks through the job's examples, and writes the answers to `out`. Then with the rest of the
// standard library and the test tools behind it: runs pytest on the job's `tests`; its exit code is this program's.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));

async function boot() {
  const { loadPyodide } = await import(pathToFileURL(path.join(job.archive, "pyodide.mjs")).href);
  return loadPyodide({
    stdLibURL: path.join(job.archive, "app.zip"),
    lockFileContents: { info: job.lock, packages: {} },
    packageBaseUrl: "/",
    env: { HOME: "/home/pyodide", PYTHONDONTWRITEBYTECODE: "1" },
  });
}

/** Every example's events, each with the state of the answer before. */
function exercise(python) {
  const call = python.pyimport("widgets.runtime.rpc").call;
  const said = job.examples.map(({ tool, part, now, events }) => {
    let state = null;
    return events.map((event) => {
      const answer = call(JSON.stringify({ id: 1, method: "event", tool, part, state, event, now }));
      state = JSON.parse(answer).state ?? state;
      return answer;
    });
  });
  fs.writeFileSync(job.out, JSON.stringify(said));
}

function pytest(python) {
  // Python's own handlers break lines at every flush.
  const raw = (fd) => ({ write: (bytes) => fs.writeSync(fd, bytes), isatty: false });
  python.setStdout(raw(1));
  python.setStderr(raw(2));
  python.FS.writeFile("/stock.zip", new Uint8Array(fs.readFileSync(job.stock)));
  for (const [at, folder] of Object.entries(job.folders)) python.mountNodeFS(at, folder);
  python.globals.set("arguments", python.toPy(job.tests));
  return python.runPython(fs.readFileSync(job.script, "utf8"));
}

// Node would print the failing line of Pyodide's source, which is one line of a megabyte.
async function main() {
  const python = await boot();
  exercise(python);
  return job.tests.length ? pytest(python) : 0;
}
main().then(process.exit, (error) => {
  console.error(String(error?.message ?? error).slice(-4000));
  process.exit(70);
});
