// What this device knows, folded from its own events: their order is that of their stamps, so the last one wins.

export function fold(events) {
  const things = new Map();
  for (const event of events) {
    const name = `${event.kind}/${event.key}`;
    if (!things.has(name)) things.set(name, { kind: event.kind, key: event.key, first: event.stamp, values: {}, sequences: [] });
    const thing = things.get(name);
    Object.assign(thing.values, event.payload);
    thing.sequences.push(event.sequence);
  }
  return things;
}

// The newest first, what was taken back left out.
export function standing(things, ...kinds) {
  return [...things.values()]
    .filter((thing) => kinds.includes(thing.kind) && !thing.values.removed)
    .sort((one, other) => other.first - one.first);
}

// What to write to undo the last thing noted and not yet undone; null when there is none, or no way back.
export function undoing(events) {
  const undone = new Set(events.map((event) => event.undoes).filter(Boolean));
  const last = events.findLast((event) => !event.undoes && !undone.has(event.sequence));
  if (!last) return null;
  const before = fold(events.filter((event) => event.sequence < last.sequence)).get(`${last.kind}/${last.key}`);
  const told = { kind: last.kind, key: last.key, undoes: last.sequence };
  if (!before) return { ...told, payload: { removed: true } };
  const payload = {};
  for (const name of Object.keys(last.payload)) {
    if (name in before.values) payload[name] = before.values[name];
    else if (name === "removed") payload.removed = false;
    else return null;
  }
  return { ...told, payload };
}

export function tally(events) {
  const refused = events.filter((event) => event.outcome && event.outcome !== "kept").length;
  const sent = events.filter((event) => event.outcome === "kept").length;
  return { waiting: events.length - sent - refused, sent, refused };
}
