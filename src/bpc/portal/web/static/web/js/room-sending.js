// The queue to the site: small batches, again and again until the site says it keeps them.
// The site knows each event by device and number, so an answer lost on the way costs nothing.

const BATCH = 10; // small: on a poor line a short batch passes where a long one is cut
const FIRST_WAIT = 4_000;
const LONGEST_WAIT = 300_000;

export class Sender {
  constructor({ log, address, changed }) {
    Object.assign(this, { log, address, changed, state: "idle", wait: FIRST_WAIT, timer: 0 });
    addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.now(); });
  }

  now() {
    clearTimeout(this.timer);
    this.wait = FIRST_WAIT;
    return this.run();
  }

  async run() {
    if (this.state === "sending") return;
    const device = await this.log.about("device");
    if (!device || this.state === "closed") return;
    this.say("sending");
    try {
      while (await this.batch(device));
      this.wait = FIRST_WAIT;
      this.say(this.state === "closed" ? "closed" : "idle");
    } catch {
      this.say("offline");
      this.timer = setTimeout(() => this.run(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    }
  }

  // One batch; whether there may be more.
  async batch(device) {
    const waiting = (await this.log.events()).filter((event) => !event.outcome).slice(0, BATCH);
    if (!waiting.length) return false;
    const events = waiting.map(({ sequence, key, kind, stamp, payload }) => ({ sequence, key, kind, stamp, payload }));
    const answer = await fetch(this.address, {
      method: "POST",
      credentials: "omit",
      cache: "no-store",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ device: device.key, secret: device.secret, events }),
    });
    if (answer.status === 403) { this.state = "closed"; return false; }
    if (!answer.ok) throw new Error(String(answer.status));
    const receipt = await answer.json();
    await this.log.settle(receipt.kept, receipt.refused);
    await this.log.tell("elsewhere", receipt.elsewhere);
    this.changed();
    const settled = new Set([...receipt.kept, ...Object.keys(receipt.refused).map(Number)]);
    if (!events.some((event) => settled.has(event.sequence))) throw new Error("nothing was kept");
    return true;
  }

  say(state) {
    this.state = state;
    this.changed();
  }
}
