// What waits on a device leaves when it can: one thing after another, from one page at a time, again until the site
// answers. What waits, and where it is kept, is the caller's; so is the key that makes a lost answer harmless.

const RETRY = [3000, 10000, 30000, 60000];

export class Outbox {
  // `each` sends once all that waits, and resolves to whether something still waits for the network.
  constructor(lock, each) {
    Object.assign(this, { lock, each, sending: false, asked: false, tries: 0, timer: 0 });
    addEventListener("online", () => { this.tries = 0; this.sendAll(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.sendAll(); });
  }

  soon(delay = 1500) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sendAll(), delay);
  }

  async sendAll() {
    this.asked = true; // what was added while we send is not forgotten
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.asked) {
        this.asked = false;
        if (navigator.locks) await navigator.locks.request(this.lock, () => this.round());
        else await this.round();
      }
    } finally {
      this.sending = false;
    }
  }

  async round() {
    if (await this.each()) this.soon(RETRY[Math.min(this.tries++, RETRY.length - 1)]);
    else this.tries = 0;
  }
}

// One sending: { told } is what the site said, { state } why it could not be asked: waiting, signin.
export async function ask({ url, page, body }) {
  let answer;
  try {
    answer = await post(url, page, body);
  } catch {
    return { state: "waiting" };
  }
  if (answer.type === "opaqueredirect") return { state: "signin" };
  if (answer.status >= 500 || answer.status === 429) return { state: "waiting" };
  if (answer.status === 403 || answer.status === 404) return { state: "signin" };
  try {
    return { told: await answer.json() };
  } catch {
    return { state: "waiting" }; // a portal of the network, not the site
  }
}

async function post(url, page, body) {
  const send = (token) => fetch(url, {
    method: "POST", body, redirect: "manual", credentials: "same-origin", headers: { "X-CSRFToken": token },
  });
  const answer = await send(document.querySelector("[name=csrfmiddlewaretoken]")?.value || "");
  if (answer.status !== 403) return answer;
  // the page was kept from before a new sign-in: its token is of another session
  const fresh = await fetch(page, { credentials: "same-origin", cache: "no-store" });
  const token = new DOMParser().parseFromString(await fresh.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]");
  return token ? send(token.value) : answer;
}

export function makeKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
