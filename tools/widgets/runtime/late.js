// Parts of the page that are not needed at once. They are fetched when there is time, so that they are there without a network.

/** @typedef {typeof import("./picture.js") & typeof import("./camera.js")} Eyes what reads pictures and the camera */

/** All files of it: a browser keeps it in mind when one of them could not be imported, so all are fetched first. */
const FILES = ["../vendor/qr/index.js", "../vendor/qr/decode.js", "./say.js", "./picture.js", "./camera.js"];

/** @type {Promise<Eyes> | undefined} */
let coming;
let tries = 0;

/** @returns {Promise<Eyes>} rejects if a file does not arrive; the next call tries again */
export function eyes() {
  coming ??= load().catch((why) => {
    coming = undefined;
    throw why;
  });
  return coming;
}

/** @returns {Promise<Eyes>} */
async function load() {
  await Promise.all(FILES.map(fetched));
  // Under another address a browser asks again for what it could not import.
  const again = tries++ ? `?${tries}` : "";
  const [picture, camera] = await Promise.all([import(`./picture.js${again}`), import(`./camera.js${again}`)]);
  return { ...picture, ...camera };
}

/** @param {string} file */
async function fetched(file) {
  const answer = await fetch(new URL(file, import.meta.url));
  if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
  await answer.arrayBuffer();
}
