// QR codes in a picture that the reader took or chose. Loaded when the first one comes; the picture never leaves the page.

/** Pixels along the longer side that are looked at: enough for a dozen codes on a sheet. */
const LARGEST = 1600;
/** Codes that are looked for in one picture. */
const MOST = 60;

/** Milliseconds for a code that is hard to read. */
const PATIENCE = 500;

/** @param {File} file @returns {Promise<string[]>} what the codes say; none if there is no picture or no code */
export async function codesIn(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return []; // no picture
  }
  const scale = Math.min(1, LARGEST / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return [];
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const { decodeQR } = await import("../vendor/qr/decode.js");
  const found = new Set();
  while (found.size < MOST) {
    /** @type {{ x: number, y: number }[]} */
    let corners = [];
    try {
      const image = context.getImageData(0, 0, canvas.width, canvas.height);
      found.add(decodeQR(image, { timeLimit: PATIENCE, pointsOnDetect: ({ bounds }) => (corners = [...bounds]) }));
    } catch {
      break; // none is left
    }
    if (!corners.length) break;
    cover(context, corners);
  }
  return [...found];
}

/** Paints over a code that was read, so that the next one is found. @param {CanvasRenderingContext2D} context @param {{ x: number, y: number }[]} corners */
function cover(context, corners) {
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  context.fillStyle = "#fff";
  context.fillRect(left - width * 0.25, top - height * 0.25, width * 1.5, height * 1.5);
}
