// The last resorts: everything in a file, and nothing left on a device that is given back.

export async function saveFile(log, meeting) {
  const device = await log.about("device");
  const events = (await log.events()).map(({ sequence, key, kind, stamp, payload }) => ({ sequence, key, kind, stamp, payload }));
  const text = JSON.stringify({ meeting, device: device?.key ?? "", events });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `salle-${meeting}-${(device?.key ?? "appareil").slice(0, 8)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// The browser is asked not to clear what the page keeps when the disk is full.
export async function askToStay() {
  try { await navigator.storage?.persist?.(); } catch { /* it may still be kept */ }
}
