// What is on its way to the server. Nothing is forgotten before the server has said that it is saved: messages are sent one after the
// other, again and again, and by beacon when the page goes away. Each carries a sequence, so sending one twice does no harm.

const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 15_000];
const TIMEOUT_MS = 15_000;
/** Browsers take at most 65,536 bytes in flight for requests that outlive their page (Fetch, "keepalive"). */
const BEACON_BYTES = 60_000;

/** See `message-queue.d.ts`. */
export class MessageQueue {
  #queue = [];
  #sequence = 0;
  #state = 'saved';
  #failures = 0;
  #isSending = false;
  #isLeaving = false;
  #waiting = [];

  constructor({ url, onChange, onSaved, now, fetch, sendBeacon, setTimeout }) {
    this.url = url;
    this.onChange = onChange;
    this.onSaved = onSaved;
    this.now = now ?? Date.now;
    this.fetch = fetch ?? globalThis.fetch.bind(globalThis);
    this.sendBeacon = sendBeacon ?? navigator.sendBeacon.bind(navigator);
    this.wait = setTimeout ?? globalThis.setTimeout.bind(globalThis);
  }

  /** Takes a message of a unit. */
  push(message) {
    this.#sequence = Math.max(this.#sequence + 1, this.now());
    const item = { ...message, sequence: this.#sequence };
    if (this.#isOutdatedBy(item)) this.#queue.pop();
    this.#queue.push(item);
    if (this.#isLeaving) return this.#flushByBeacon();
    if (this.#state === 'saved') this.#set('saving');
    void this.#run();
  }

  /** Tries at once, because the network is back or somebody has signed in. */
  retry() {
    this.#failures = 0;
    void this.#run();
  }

  /** The page goes away. */
  leave() {
    this.#isLeaving = true;
    this.#flushByBeacon();
  }

  isEmpty() {
    return this.#queue.length === 0;
  }

  /** Resolves once everything is saved, or nothing can be saved any more. */
  settled() {
    return this.isEmpty() ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The last message need not be sent when the next one of its unit says the same of completion, and more of the rest. */
  #isOutdatedBy(item) {
    const last = this.#queue.at(-1);
    const isInFlight = this.#isSending && this.#queue.length === 1;
    return last && !isInFlight && !last.isFinal && last.unit === item.unit && says(last) === says(item);
  }

  async #run() {
    if (this.#isSending || this.#state === 'ended') return;
    this.#isSending = true;
    const stopped = await this.#sendAll();
    this.#isSending = false;
    this.#set(stopped ?? 'saved');
    if (stopped === 'ended' || stopped === null) return;
    const pause = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)];
    this.#failures += 1;
    this.wait(() => void this.#run(), pause);
  }

  /** Sends what there is; tells why it stopped before the end, or null. */
  async #sendAll() {
    while (this.#queue.length > 0) {
      const answer = await this.#deliver(this.#queue[0]);
      if (answer !== 'saved') {
        if (answer === 'ended') this.#queue.length = 0;
        return answer;
      }
      this.#queue.shift();
      this.#failures = 0;
    }
    return null;
  }

  /** What became of a message; anything but `saved` leaves it where it is. */
  async #deliver(item) {
    const body = JSON.stringify(item);
    try {
      const response = await this.fetch(this.url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
        keepalive: bytesOf(body) < BEACON_BYTES,
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status === 401) return 'signed_out';
      if (response.status === 410) return 'ended';
      if (response.status === 413 && !item.isPartial) return this.#shorten(item);
      // A message that cannot be read now will not be readable next time.
      if (response.status === 400 || response.status === 413) return 'saved';
      if (!response.ok) return 'waiting';
      this.onSaved(await response.json());
      return 'saved';
    } catch {
      return 'waiting';
    }
  }

  /** What is too long to be taken is tried once more without what makes it long. */
  #shorten(item) {
    Object.assign(item, withoutLongTexts(item));
    return this.#deliver(item);
  }

  /** Hands everything that is not known to be saved to the browser, the newest whole if it fits. */
  #flushByBeacon() {
    let left = BEACON_BYTES;
    for (const item of this.#queue.toReversed()) {
      const whole = JSON.stringify(item);
      const body = bytesOf(whole) <= left ? whole : JSON.stringify(withoutLongTexts(item));
      if (bytesOf(body) > left) continue;
      left -= bytesOf(body);
      this.sendBeacon(this.url, new Blob([body], { type: 'application/json' }));
    }
  }

  #set(state) {
    if (state !== this.#state) {
      this.#state = state;
      this.onChange(state);
    }
    if (this.isEmpty()) for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** What a message says that must not be lost even if something else is said later. */
function says({ payload }) {
  const { completionStatus, successStatus, runtimeData } = payload;
  const core = runtimeData.cmi.core ?? {};
  const score = core.score ?? runtimeData.cmi.score ?? {};
  return JSON.stringify([completionStatus, successStatus, core.lesson_status, score.raw, score.scaled]);
}

/** The same message without what makes it long; the server keeps those parts as they were. */
function withoutLongTexts(item) {
  const { suspend_data: _, interactions: __, comments: ___, ...cmi } = item.payload.runtimeData.cmi;
  return { ...item, isPartial: true, payload: { ...item.payload, runtimeData: { cmi } } };
}

function bytesOf(text) {
  return new TextEncoder().encode(text).length;
}
