// QR codes in a picture that the reader took or chose. The picture never leaves the page.

import { decodeQR } from "../vendor/qr/decode.js";

/** Pixels along the longer side that are looked at: enough for a dozen codes on a sheet. */
const LARGEST = 1600;
/** Codes that are looked for in one picture. */
const MOST = 60;

/** Milliseconds for a code that is hard to read. */
const PATIENCE = 500;

/** @param {File} file @returns {Promise<string[]>} what the codes say; none if there is no picture or no code */
export async function codesIn(file) {
  const context = surface();
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    return []; // no picture
  }
  if (!context) return [];
  draw(context, bitmap, bitmap, LARGEST);
  return [...new Set(codesOn(context, PATIENCE))];
}

/** @returns {CanvasRenderingContext2D | null} what pictures are drawn on to be looked at; it is in no page */
export function surface() {
  return document.createElement("canvas").getContext("2d", { willReadFrequently: true });
}

/**
 * Draws a picture in its own proportions, smaller where it is too large.
 *
 * @param {CanvasRenderingContext2D} context @param {CanvasImageSource} picture
 * @param {{ width: number, height: number }} size of the picture @param {number} largest pixels along the longer side
 */
export function draw(context, picture, { width, height }, largest) {
  const { canvas } = context;
  const scale = Math.min(1, largest / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
}

/**
 * Finds one code after the other and paints over each, so that the next one is found.
 *
 * @param {CanvasRenderingContext2D} context @param {number} patience milliseconds for each
 * @returns {Generator<string, void, void>} what the codes say, one text perhaps more than once
 */
export function* codesOn(context, patience) {
  for (let n = 0; n < MOST; n++) {
    /** @type {{ x: number, y: number }[]} */
    let corners = [];
    let text;
    try {
      const image = context.getImageData(0, 0, context.canvas.width, context.canvas.height);
      text = decodeQR(image, { timeLimit: patience, pointsOnDetect: ({ bounds }) => (corners = [...bounds]) });
    } catch {
      return; // none is left
    }
    yield text;
    if (!corners.length) return;
    cover(context, corners);
  }
}

/** @param {CanvasRenderingContext2D} context @param {{ x: number, y: number }[]} corners */
function cover(context, corners) {
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  context.fillStyle = "#fff";
  context.fillRect(left - width * 0.25, top - height * 0.25, width * 1.5, height * 1.5);
}
