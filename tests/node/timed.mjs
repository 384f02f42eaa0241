// node timed.mjs JOB.json: runs the job's Python script in the browser's own Python, from the built archive; prints what it prints.
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const { loadPyodide } = await import(pathToFileURL(path.join(job.archive, "pyodide.mjs")).href);
const python = await loadPyodide({
  stdLibURL: path.join(job.archive, "app.zip"),
  lockFileContents: { info: job.lock, packages: {} },
  packageBaseUrl: "/",
});
python.setStdout({ batched: (line) => fs.writeSync(1, line + "\n") });
python.runPython(fs.readFileSync(job.script, "utf8"));
