// What stands in the form controls of a tool: read it, write it, keep it.

/** @import { FormEntries } from "./protocol.d.ts" */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */
/** @typedef {{ name: string, value?: string, checked?: boolean, chosen?: string[] }} Filled */
/** @typedef {Map<string, Filled>} Filling What the reader put in, by control. */

/** @param {ParentNode} root @returns {FormEntries} every form in it, in document order, without files */
export function entries(root) {
  const forms = [...root.querySelectorAll("form")];
  return forms.flatMap((form) =>
    [...new FormData(form)].flatMap(([name, value]) =>
      typeof value === "string" ? [/** @type {[string, string]} */ ([name, value])] : [],
    ),
  );
}

/** @param {ParentNode} root @returns {Control[]} the controls that a reader fills in */
function controls(root) {
  return [...root.querySelectorAll("input, textarea, select")].filter(
    /** @returns {control is Control} */
    (control) => !/^(file|hidden|button|submit|reset|image)$/.test(/** @type {Control} */ (control).type),
  );
}

/** @param {Control} control */
function ticks(control) {
  return control.type === "radio" || control.type === "checkbox";
}

/** @param {Control} control Its name in a filling: one that is the same in every drawing of the tool. */
function key(control) {
  return control.id || [control.name, control.type, ticks(control) ? control.value : ""].join("\n");
}

/** @param {Control} control @returns {Filled} */
function read(control) {
  const { name } = control;
  if (control instanceof HTMLSelectElement) return { name, chosen: [...control.selectedOptions].map((o) => o.value) };
  if (control instanceof HTMLInputElement && ticks(control)) return { name, checked: control.checked };
  return { name, value: control.value };
}

/** @param {ParentNode} root @returns {Filling} */
export function filling(root) {
  return new Map(controls(root).map((control) => [key(control), read(control)]));
}

/** @param {Filling} filled @param {Set<string>} names @returns {Filling} only the controls with these names */
export function only(filled, names) {
  return new Map([...filled].filter(([, { name }]) => names.has(name)));
}

/** @param {Filling} filled @returns {Filling} the same controls with nothing in them */
export function emptied(filled) {
  return new Map([...filled].map(([at, one]) => [at, empty(one)]));
}

/** @param {Filled} filled @returns {Filled} */
function empty({ name, value, checked }) {
  if (value !== undefined) return { name, value: "" };
  return checked !== undefined ? { name, checked: false } : { name, chosen: [] };
}

/**
 * Writes a filling into the controls it knows, as value and as attribute, so that a morph sees no difference.
 *
 * @param {ParentNode} root @param {Filling} filled
 */
export function fill(root, filled) {
  for (const control of controls(root)) {
    const { value, checked, chosen } = filled.get(key(control)) ?? {};
    if (control instanceof HTMLSelectElement) {
      if (!chosen) continue;
      for (const option of control.options) {
        option.toggleAttribute("selected", chosen.includes(option.value));
        option.selected = chosen.includes(option.value);
      }
    } else if (control instanceof HTMLInputElement && ticks(control)) {
      if (checked === undefined) continue;
      control.toggleAttribute("checked", checked);
      control.checked = checked;
    } else if (value !== undefined) {
      if (control instanceof HTMLTextAreaElement) control.textContent = value;
      else control.setAttribute("value", value);
      if (control.value !== value) control.value = value;
    }
  }
}

/** @param {ParentNode} root @returns {Set<string>} names of controls that differ from what the page came with */
export function changed(root) {
  const differ = controls(root).filter((control) => {
    if (control instanceof HTMLSelectElement) {
      const options = [...control.options];
      // A list that marks none shows its first.
      if (!control.multiple && !options.some((o) => o.defaultSelected)) return control.selectedIndex > 0;
      return options.some((o) => o.selected !== o.defaultSelected);
    }
    if (control instanceof HTMLInputElement && ticks(control)) return control.checked !== control.defaultChecked;
    return control.value !== control.defaultValue;
  });
  return new Set(differ.map((control) => control.name));
}
