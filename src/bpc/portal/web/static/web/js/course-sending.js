// What was done here goes to the site piece by piece, and what other devices did comes back. Sent twice it is kept once.

import { inOrder } from "./course-progress.js";
import { written } from "./course-store.js";
import { ask, Outbox } from "./outbox.js";

const PIECE = 25; // small: on a poor line a short piece passes where a long one is cut
const NO_COURSE = "/-/"; // what the page's address bears where the course goes

export class Sending {
  // `terms()`: the version of the course whose options the page shows, 0 when answers of others are not to be merged
  // now. `told(state)`: changed, sending, waiting, signin, full, sent.
  constructor({ store, account, page, address, course, terms, told }) {
    Object.assign(this, { store, account, page, address, course, terms, told });
    this.outbox = new Outbox(`bpc-courses-send-${account}`, () => this.each());
  }

  now() { return this.outbox.sendAll(); }

  async each() {
    const waiting = await this.store.waiting();
    if (!navigator.onLine) { this.told("waiting"); return waiting.length > 0; }
    this.told("sending");
    const courses = new Set([this.course, ...waiting.map((event) => event.course)].filter(Boolean));
    for (const course of courses) {
      const state = await this.sendCourse(course);
      if (state !== "sent") { this.told(state); return state === "waiting"; }
    }
    this.told("sent");
    return false;
  }

  async sendCourse(course) {
    for (;;) {
      const waiting = inOrder((await this.store.waiting()).filter((event) => event.course === course)).slice(0, PIECE);
      const terms = course === this.course ? this.terms() : 0;
      const seen = await this.store.about(`seen:${course}`);
      const since = seen && seen.terms === terms ? seen.since : 0;
      if (!waiting.length && !terms) return "sent";
      const { told, state } = await ask({ url: this.address.replace(NO_COURSE, `/${course}/`), page: this.page, body: await this.body(waiting, terms, since) });
      if (!told) return state;
      if (told.problem === "account") return "signin";
      if (told.problem) return told.problem === "full" ? "full" : "waiting";
      await this.store.settle(course, told);
      if (terms) await this.store.tell(`seen:${course}`, { terms, since: told.since });
      await this.store.setClock(Date.parse(told.now));
      this.told("changed");
      const answered = new Set([...told.kept, ...Object.keys(told.refused)]);
      if (waiting.length && !waiting.some((event) => answered.has(event.key))) return "waiting"; // never again and again
      if (!waiting.length && !told.more) return "sent";
    }
  }

  async body(waiting, terms, since) {
    const events = waiting.map(({ key, at, did, lesson, question, answer, version }) => ({ key, at, did, lesson, question, answer, version }));
    return new URLSearchParams({
      account: this.account, device: await this.store.device(), sent_at: written(await this.store.now()), terms, since,
      events: JSON.stringify(events),
    });
  }
}
