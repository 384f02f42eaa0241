// QR codes held up to the camera. What the camera sees stays in the page and is dropped.

import { codesOn, draw, surface } from "./picture.js";
import { sentence } from "./say.js";

/** The back of a phone rather than the side that faces the reader, in more detail than the code needs. */
const WANTED = { video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 960 } } };
/** Pixels along the longer side that are looked at. */
const LARGEST = 800;
/** Milliseconds of rest between two looks, so at most five looks a second. */
const REST = 200;
/** Rest after a slow look, in times the look: most of the time is left for typing. */
const SHARE = 3;
/** Milliseconds for a code that is hard to read: the next look may be better. */
const PATIENCE = 40;
/** Codes after which the camera is switched off. */
const MOST = 60;

/** Why there is no camera: what the browser says, and our sentence for it. @type {Record<string, string>} */
const REASONS = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** The camera that is on. @type {Camera | undefined} */
let camera;

/**
 * Switches the camera on, or off if it is on. It also goes off when the reader says stop, leaves, or has shown enough.
 *
 * @param {HTMLElement} button which controls the panel @param {AbortSignal} left aborted when the reader leaves the tool
 * @param {(texts: string[]) => void} take gets what new codes say, each text once
 */
export function press(button, left, take) {
  const panel = document.getElementById(button.getAttribute("aria-controls") ?? "");
  if (camera || !panel || left.aborted) return camera?.stop();
  camera = new Camera(button, panel, take);
  camera.film(left);
}

class Camera {
  #over = new AbortController();

  /** @param {HTMLElement} button @param {HTMLElement} panel @param {(texts: string[]) => void} take */
  constructor(button, panel, take) {
    this.button = button;
    this.panel = panel;
    this.take = take;
  }

  /** @param {AbortSignal} left */
  async film(left) {
    const { signal } = this.#over;
    const until = { signal };
    left.addEventListener("abort", () => this.stop(), until);
    document.addEventListener("visibilitychange", () => document.hidden && this.stop(), until);
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.stop(), until);
    const stop = this.#part("on").querySelector("button");
    stop?.addEventListener("click", () => this.stop(), until);
    // Who has gone on to something else while this was on its way stays there.
    const waits = document.activeElement === this.button || document.activeElement === document.body;
    this.#show(true);
    this.#say("count", "asking");
    if (waits) stop?.focus();
    try {
      await this.#look(await this.#open(signal), signal);
      this.stop();
    } catch (error) {
      this.stop(REASONS[error instanceof DOMException ? error.name : ""] ?? "unable");
    }
  }

  /** @param {string} [why] it went off without the reader's doing, as a code of `says.CAMERA` */
  stop(why) {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    camera = undefined;
    const focused = this.panel.contains(document.activeElement);
    this.#show(false);
    this.#say("why", why);
    if (focused) this.button.focus();
  }

  /** @param {AbortSignal} signal @returns {Promise<HTMLVideoElement>} what the camera sees */
  async #open(signal) {
    const video = /** @type {HTMLVideoElement} */ (this.panel.querySelector("video"));
    const stream = await navigator.mediaDevices.getUserMedia(WANTED);
    const tracks = stream.getTracks();
    const close = () => {
      for (const track of tracks) track.stop();
      if (video.srcObject === stream) video.srcObject = null;
    };
    // The reader may have gone on while the browser asked.
    if (signal.aborted) close();
    signal.throwIfAborted();
    signal.addEventListener("abort", close);
    for (const track of tracks) track.addEventListener("ended", () => this.stop("busy"), { signal });
    // People know the picture of a camera that faces them from the mirror.
    const mirrored = tracks.some((track) => track.getSettings().facingMode === "user");
    video.classList.toggle("is-mirrored", mirrored);
    video.srcObject = stream;
    await video.play();
    return video;
  }

  /** Looks for codes until it is over. @param {HTMLVideoElement} video @param {AbortSignal} signal */
  async #look(video, signal) {
    const context = surface();
    if (!context) throw new Error("this browser does not draw");
    /** @type {Set<string>} */
    const known = new Set();
    this.#say("count", "first");
    while (!signal.aborted && known.size < MOST) {
      const began = performance.now();
      draw(context, video, { width: video.videoWidth, height: video.videoHeight }, LARGEST);
      const fresh = new Set([...codesOn(context, PATIENCE)].filter((text) => !known.has(text)));
      for (const text of fresh) known.add(text);
      if (fresh.size) {
        this.take([...fresh]);
        this.#say("count", known.size === 1 ? "one" : "many", known.size);
      }
      await pause(Math.max(REST, SHARE * (performance.now() - began)));
    }
  }

  /** @param {boolean} on whether what belongs to a camera is shown */
  #show(on) {
    this.button.setAttribute("aria-expanded", String(on));
    this.#part("on").hidden = !on;
    this.#say("why");
  }

  /** @param {string} part @param {string} [code] of `says.CAMERA`; nothing is said without one @param {number} [count] */
  #say(part, code, count = 0) {
    this.#part(part).replaceChildren(code ? sentence(this.panel, code, { count: String(count) }) : "");
  }

  /** @param {string} name @returns {HTMLElement} */
  #part(name) {
    return /** @type {HTMLElement} */ (this.panel.querySelector(`[data-part="${name}"]`));
  }
}

/** @param {number} time milliseconds */
const pause = (time) => new Promise((go) => setTimeout(go, time));
