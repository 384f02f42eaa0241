// Files of the reader: one is read when chosen, one is offered to be saved.

/** Bytes: a sheet is a few KB; what is larger than this is something else. */
const LARGEST = 2_000_000;

/**
 * @param {File} file
 * @returns {Promise<{ text: string } | { trouble: "too-big" | "not-read" }>} trouble is a key of `says.SAVED`
 */
export async function read(file) {
  if (file.size > LARGEST) return { trouble: "too-big" };
  try {
    return { text: await file.text() };
  } catch {
    return { trouble: "not-read" };
  }
}

/** @param {string} name @param {string} type @param {string} text */
export function save(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // The browser reads the address when it gets to the click, which is after this task.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
