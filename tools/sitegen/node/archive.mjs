// node archive.mjs JOB.json: packs the archive that the reader's browser loads, inside the browser's own Python.
//
// The job names folders: `pyodide` (the npm package), `source` (what is to be packed, as `sitegen.archive` lays it
// out), `libraries` (pyodide-build and what it imports), `out` (for app.zip); and `pack`, the script that does the work.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));

async function main() {
  const { loadPyodide } = await import(pathToFileURL(path.join(job.pyodide, "pyodide.mjs")).href);
  const { info } = JSON.parse(fs.readFileSync(path.join(job.pyodide, "pyodide-lock.json"), "utf8"));
  const python = await loadPyodide({
    lockFileContents: { info, packages: {} },
    packageBaseUrl: "/",
    // The same bytes from every build: no chance in hashes, one date in archives, no caches written into the source.
    // Without the columns of each instruction the byte code is a tenth smaller; a traceback still names the line.
    env: { PYTHONHASHSEED: "0", SOURCE_DATE_EPOCH: String(job.epoch), PYTHONDONTWRITEBYTECODE: "1", PYTHONNODEBUGRANGES: "1" },
  });
  for (const folder of ["source", "libraries"]) python.mountNodeFS(`/${folder}`, job[folder]);
  python.runPython(fs.readFileSync(job.pack, "utf8"));
  fs.writeFileSync(path.join(job.out, "app.zip"), python.FS.readFile("/app.zip"));
  fs.writeFileSync(path.join(job.out, "report.json"), python.globals.get("report"));
}

// Node would print the failing line of Pyodide's source, which is one line of a megabyte.
main().catch((error) => {
  console.error(String(error?.message ?? error).trim());
  process.exit(1);
});
