// Marks of a roll call on their way to the server. They lie in the browser's storage until the server has said that it has them, so
// that neither a broken network nor a reload loses one; each carries the instant of the tap, and the later mark counts.

const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 30_000];
const TIMEOUT_MS = 15_000;
/** As many as the API takes at once. */
const BATCH = 200;
/** Answers that will be the same next time. */
const REFUSALS = new Set([400, 404, 409, 413, 422]);

/** See `mark-queue.d.ts`. */
export class MarkQueue {
  #state = 'saved';
  #failures = 0;
  #isSending = false;
  #timer;
  /** What is known of the storage, for browsers that refuse to store. */
  #memory = [];

  constructor({ url, key, csrf, language, renewCsrf, onChange, onRefused, storage, fetch, setTimeout }) {
    Object.assign(this, { url, key, csrf, language, renewCsrf, onChange, onRefused });
    this.storage = storage ?? globalThis.localStorage;
    this.fetch = fetch ?? globalThis.fetch.bind(globalThis);
    this.wait = setTimeout ?? globalThis.setTimeout.bind(globalThis);
  }

  /** The marks that the server is not known to have. */
  unsent() {
    try {
      const stored = JSON.parse(this.storage.getItem(this.key) ?? '[]');
      if (Array.isArray(stored)) return stored;
    } catch {
      // Storage is switched off, or holds something else.
    }
    return this.#memory;
  }

  /** Takes a mark; an earlier one of the same agent that has not been sent is of no use any more. */
  push(mark) {
    this.#keep([...this.unsent().filter(({ agentId }) => agentId !== mark.agentId), mark]);
    this.onChange(this.#state);
    return this.#run();
  }

  /** Tries at once, because the network is back or the page has just been opened. */
  retry() {
    this.#failures = 0;
    return this.#run();
  }

  async #run() {
    if (this.#isSending) return;
    clearTimeout(this.#timer);
    this.#isSending = true;
    const stopped = await this.#sendAll();
    this.#isSending = false;
    this.#state = stopped ?? 'saved';
    this.onChange(this.#state);
    if (stopped !== 'waiting') return;
    const pause = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)];
    this.#failures += 1;
    this.#timer = this.wait(() => void this.#run(), pause);
  }

  /** Sends what there is; tells why it stopped before the end, or null. */
  async #sendAll() {
    for (let marks = this.unsent(); marks.length > 0; marks = this.unsent()) {
      const stopped = await this.#deliver(marks.slice(0, BATCH));
      if (stopped !== null) return stopped;
      this.#failures = 0;
    }
    return null;
  }

  /** Sends some marks together. One that is refused must not hold up the others, so then each goes alone. */
  async #deliver(marks) {
    const answer = await this.#put(marks);
    if (answer === 'saved') this.#forget(marks);
    else if (answer instanceof Refusal && marks.length === 1) {
      this.#forget(marks);
      this.onRefused(marks[0], answer.detail);
    } else if (answer instanceof Refusal) {
      for (const mark of marks) {
        const stopped = await this.#deliver([mark]);
        if (stopped !== null) return stopped;
      }
    } else return answer;
    return null;
  }

  async #put(marks, isSecondTry = false) {
    try {
      const answer = await this.fetch(this.url, {
        method: 'PUT',
        headers: {
          'content-type': 'application/json',
          'x-csrf-token': this.csrf,
          'accept-language': this.language,
        },
        body: JSON.stringify(marks),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (answer.ok) return 'saved';
      if (answer.status === 401 || answer.status === 403)
        return isSecondTry ? 'signed_out' : await this.#putAgain(marks);
      if (!REFUSALS.has(answer.status)) return 'waiting';
      return new Refusal((await answer.json()).detail ?? '');
    } catch {
      return 'waiting';
    }
  }

  /** Somebody may have signed in again in another window, which makes the token of this page an old one. */
  async #putAgain(marks) {
    const fresh = await this.renewCsrf();
    if (!fresh || fresh === this.csrf) return 'signed_out';
    this.csrf = fresh;
    return this.#put(marks, true);
  }

  /** A mark that was made anew while it was being sent stays. */
  #forget(marks) {
    const isSent = (mark) =>
      marks.some(({ agentId, markedAt }) => agentId === mark.agentId && markedAt === mark.markedAt);
    this.#keep(this.unsent().filter((mark) => !isSent(mark)));
  }

  #keep(marks) {
    this.#memory = marks;
    try {
      if (marks.length > 0) this.storage.setItem(this.key, JSON.stringify(marks));
      else this.storage.removeItem(this.key);
    } catch {
      // Storage is full or switched off: the marks live as long as the page.
    }
  }
}

/** The server will not take it, now or later. */
class Refusal {
  constructor(detail) {
    this.detail = detail;
  }
}
