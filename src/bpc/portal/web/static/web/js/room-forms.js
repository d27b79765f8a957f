// From a form to what is kept, and back to correct it. A name is only written down when the person agreed.

const PERSONAL = { attendee: ["name", "phone"], idea: ["speaker", "speaker_name", "shown"], told: ["speaker", "speaker_name", "shown"] };
const STAYING = ["commune", "speaker_kind", "actor_kind", "kind"]; // kept from one line to the next: the same people, the same village

export function readForm(form) {
  const payload = {};
  for (const control of form.elements) {
    if (!control.name) continue;
    if (control.type === "checkbox") payload[control.name] = control.checked;
    else if (control.type !== "radio") payload[control.name] = control.value.trim();
    else if (control.checked && !control.closest("[hidden]")) payload[control.name] = control.value;
  }
  const agreed = payload.agreed;
  for (const name of PERSONAL[form.dataset.form]) if (!agreed) delete payload[name];
  if (payload.speaker) delete payload.speaker_name;
  for (const name of Object.keys(payload)) if (payload[name] === "" && !["words", "phone", "name", "speaker", "speaker_name"].includes(name)) delete payload[name];
  return payload;
}

// Labels of what must be filled and is not, in order.
export function missing(form, payload) {
  const names = { idea: ["title", "commune", "sector"], told: ["title", "commune", "category"], attendee: payload.agreed ? ["name"] : [] };
  return names[form.dataset.form].filter((name) => !payload[name]).map((name) => {
    const control = form.querySelector(`:not([hidden]) > label > [name="${name}"], .field > [name="${name}"]`);
    const field = control.closest(".field");
    return { control: field.querySelector("[data-box]") ?? control, label: field.querySelector("legend, label").firstChild.textContent.trim() };
  });
}

// Ready for the next: what was said goes, what usually stays the same stays.
export function clearForm(form) {
  for (const control of form.elements) {
    if (!control.name || STAYING.includes(control.name)) continue;
    if (control.type === "checkbox") control.checked = false;
    else if (control.type === "radio") control.checked = control.defaultChecked;
    else if (control.type !== "submit") control.value = "";
  }
}

export function fillForm(form, values, labels) {
  clearForm(form);
  for (const control of form.elements) {
    if (!(control.name in values)) continue;
    if (control.type === "checkbox") control.checked = Boolean(values[control.name]);
    else if (control.type === "radio") control.checked = control.value === String(values[control.name]);
    else control.value = values[control.name] ?? "";
  }
  for (const [name, text] of Object.entries(labels)) {
    const box = form.querySelector(`[name="${name}"]`)?.closest(".field").querySelector("[data-box]");
    if (box && text) box.value = text;
  }
}

// Only what changed is written again, so that another device's correction of the rest stands.
export function difference(payload, before) {
  return Object.fromEntries(Object.entries(payload).filter(([name, value]) => value !== (before[name] ?? (value === "" ? "" : value === false ? false : undefined))));
}
