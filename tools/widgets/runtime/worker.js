// The worker: brings Python up from this site's own files, then answers. Text in, text out (`widgets.runtime.rpc`).

/** @import { FailureCode, Manifest, WorkerNews } from "./protocol.d.ts" */

const BASE = new URL("../py/", import.meta.url);
const RUNTIME = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "app.zip"];

class Failure extends Error {
  /** @param {FailureCode} code @param {string} detail */
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}

/** @param {WorkerNews | string} news */
const tell = (news) => self.postMessage(news);

/** @type {((request: string) => string) | undefined} */
let call;
/** @type {string[]} */
const early = [];

/** @param {string} request */
function answer(request) {
  try {
    tell(/** @type {(request: string) => string} */ (call)(request));
  } catch (error) {
    // rpc.call never raises: what comes here ended the interpreter itself.
    tell({ failed: "answer", detail: String(error) });
  }
}

self.onmessage = ({ data }) => {
  if (call) answer(data);
  else early.push(data);
};

const network = self.fetch.bind(self);

/** @param {URL} url @param {RequestInit} [init] */
async function get(url, init) {
  const name = url.pathname.split("/").pop();
  const response = await network(url, init).catch((error) => {
    throw new Failure("files", `${name}: ${error.message}`);
  });
  if (!response.ok) throw new Failure("files", `${name}: HTTP ${response.status}`);
  return response;
}

/** Refuses at once, and before any download, where WebAssembly is missing or a policy forbids it. */
function tryWebAssembly() {
  if (typeof WebAssembly !== "object") throw new Failure("wasm", "no WebAssembly");
  try {
    new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  } catch (error) {
    throw new Failure("blocked", String(error));
  }
}

/** @returns {Promise<Manifest>} */
async function readManifest() {
  const response = await get(new URL("py-manifest.json", BASE), { cache: "no-cache" });
  return response.json().catch((error) => {
    throw new Failure("files", `py-manifest.json: ${error.message}`);
  });
}

/**
 * Fetches the large files itself, so that a missing one is an error and their bytes can be counted, and hands them to
 * Pyodide when it asks for them.
 *
 * @param {URL} home @param {Manifest} manifest
 */
function take(home, manifest) {
  const large = RUNTIME.filter((name) => !name.endsWith(".mjs"));
  const total = large.reduce((sum, name) => sum + (manifest.files[name] ?? 0), 0);
  let done = 0;
  /** @param {Response} response A clone: the original keeps its place in the browser's cache of compiled code. */
  const count = async (response) => {
    const reader = response.body?.getReader();
    for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read()) {
      done += chunk.value.byteLength;
      tell({ share: Math.min(1, done / total) });
    }
  };
  const taken = new Map(
    large.map((name) => {
      const url = new URL(name, home);
      const response = get(url).then((got) => {
        count(got.clone()).catch(() => {}); // a broken line shows itself where the original is read
        return got;
      });
      return /** @type {const} */ ([url.href, response]);
    }),
  );
  self.fetch = (input, init) => {
    const found = taken.get(String(input instanceof Request ? input.url : input));
    return found ?? network(input, init);
  };
  return Promise.all(taken.values());
}

/**
 * `loadPyodide` never settles when the WebAssembly cannot be compiled: it only warns. So this step is watched here.
 *
 * @returns {Promise<never>} rejects when it fails; never resolves
 */
function watchCompile() {
  /** @type {(why: Failure) => void} */
  let reject;
  /** @type {Promise<never>} */
  const failed = new Promise((_, no) => (reject = no));
  failed.catch(() => {}); // something else may fail first
  const native = /** @type {typeof WebAssembly.instantiateStreaming | undefined} */ (WebAssembly.instantiateStreaming);
  WebAssembly.instantiateStreaming = async (source, imports) => {
    try {
      const response = await /** @type {Promise<Response>} */ (source);
      // A host that serves .wasm under another type is no reason to fail: compile from the bytes.
      const streams = native && /^application\/wasm\b/.test(response.headers.get("content-type") ?? "");
      return streams
        ? await native.call(WebAssembly, response, imports)
        : await WebAssembly.instantiate(await response.arrayBuffer(), imports);
    } catch (error) {
      const damaged = error instanceof WebAssembly.CompileError || error instanceof TypeError;
      reject(error instanceof Failure ? error : new Failure(damaged ? "files" : "python", String(error)));
      throw error;
    }
  };
  return failed;
}

async function boot() {
  tryWebAssembly();
  const manifest = await readManifest();
  const home = new URL(`${manifest.id}/`, BASE);
  const compile = watchCompile();
  const files = take(home, manifest);
  const glue = import(new URL("pyodide.asm.mjs", home).href);
  const entry = import(new URL("pyodide.mjs", home).href);
  const [{ loadPyodide }] = await Promise.all([entry, glue, files]).catch((error) => {
    throw error instanceof Failure ? error : new Failure("files", String(error));
  });
  const python = await Promise.race([
    compile,
    loadPyodide({
      indexURL: home.href,
      stdLibURL: new URL("app.zip", home).href,
      // An empty list of packages and our own folder: Pyodide has no other address to go to.
      lockFileContents: { info: manifest.lock, packages: {} },
      packageBaseUrl: home.href,
      stdout() {},
      stderr: (/** @type {string} */ line) => console.warn(line),
    }),
  ]);
  self.fetch = network;
  call = python.pyimport("widgets.runtime.rpc").call;
  tell({ ready: true, python: manifest.python });
  for (const request of early.splice(0)) answer(request);
}

boot().catch((error) => {
  const failed = error instanceof Failure ? error.code : "python";
  tell({ failed, detail: String(error?.message ?? error) });
});
