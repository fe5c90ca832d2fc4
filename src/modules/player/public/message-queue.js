// What is on its way to the server. Nothing is forgotten before the server has said that it is saved: messages are sent one after the
// other, again and again, and by beacon when the page goes away. Each carries a sequence, so sending one twice does no harm.

const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 15_000];
const TIMEOUT_MS = 15_000;
/** Browsers take at most 65,536 bytes in flight for requests that outlive their page (Fetch §2.2.5 "keepalive"). */
const BEACON_BYTES = 60_000;

/**
 * @param {{ url: string, now?: () => number, fetch?: typeof fetch, sendBeacon?: (url: string, body: Blob) => boolean,
 *   setTimeout?: typeof setTimeout, onChange: (state: QueueState) => void, onSaved: (answer: object) => void }} options
 * @typedef {'saved' | 'saving' | 'waiting' | 'signed_out' | 'ended'} QueueState
 */
export function createQueue(options) {
  const { url, onChange, onSaved } = options;
  const now = options.now ?? Date.now;
  const send = options.fetch ?? ((...args) => fetch(...args));
  const sendBeacon = options.sendBeacon ?? ((...args) => navigator.sendBeacon(...args));
  const wait = options.setTimeout ?? ((...args) => setTimeout(...args));
  const queue = [];
  let sequence = 0;
  let state = 'saved';
  let failures = 0;
  let isSending = false;
  let isLeaving = false;
  let idle = [];

  function set(next) {
    if (next !== state) {
      state = next;
      onChange(state);
    }
    if (queue.length === 0 || next === 'ended') {
      for (const resolve of idle) resolve();
      idle = [];
    }
  }

  /** Takes a message of a unit; an older one of the same unit that says the same of completion need not be sent any more. */
  function push(message) {
    sequence = Math.max(sequence + 1, now());
    const item = { ...message, sequence };
    const last = queue.at(-1);
    const isInFlight = isSending && queue.length === 1;
    if (last && !isInFlight && last.unit === item.unit && !last.isFinal && says(last) === says(item))
      queue.pop();
    queue.push(item);
    if (isLeaving) return flushByBeacon();
    if (state === 'saved') set('saving');
    void run();
  }

  async function run() {
    if (isSending || state === 'ended') return;
    isSending = true;
    while (queue.length > 0) {
      const answer = await deliver(queue[0]);
      if (answer === 'saved' || answer === 'refused') {
        queue.shift();
        failures = 0;
        continue;
      }
      if (answer === 'ended') {
        queue.length = 0;
        break;
      }
      isSending = false;
      set(answer);
      wait(run, RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
      return;
    }
    isSending = false;
    set(state === 'ended' ? 'ended' : 'saved');
  }

  /** What became of a message; anything but `saved` and `refused` leaves it where it is. */
  async function deliver(item) {
    const body = JSON.stringify(item);
    try {
      const response = await send(url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
        keepalive: bytesOf(body) < BEACON_BYTES,
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.status === 401) return 'signed_out';
      if (response.status === 410) {
        set('ended');
        return 'ended';
      }
      // A message that cannot be read will not be readable next time.
      if (response.status === 400 || response.status === 413) return 'refused';
      if (!response.ok) return 'waiting';
      onSaved(await response.json());
      return 'saved';
    } catch {
      return 'waiting';
    }
  }

  /** The page is going away: everything that is not known to be saved is handed to the browser, the newest whole if it fits. */
  function flushByBeacon() {
    let left = BEACON_BYTES;
    const parts = [...queue].reverse().map((item) => (left >= sizeOf(item) ? item : withoutLongTexts(item)));
    for (const item of parts) {
      const size = sizeOf(item);
      if (size > left) continue;
      left -= size;
      sendBeacon(url, new Blob([JSON.stringify(item)], { type: 'application/json' }));
    }
  }

  return {
    push,
    /** Tries at once, because the network is back or somebody has signed in. */
    retry() {
      failures = 0;
      void run();
    },
    leave() {
      isLeaving = true;
      flushByBeacon();
    },
    /** The page is back out of the browser's memory. */
    comeBack() {
      isLeaving = false;
      void run();
    },
    isEmpty: () => queue.length === 0,
    /** Resolves once everything is saved. */
    settled: () => (queue.length === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),
  };
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
  const { suspend_data, interactions, comments, ...cmi } = item.payload.runtimeData.cmi;
  return { ...item, isPartial: true, payload: { ...item.payload, runtimeData: { cmi } } };
}

function sizeOf(item) {
  return bytesOf(JSON.stringify(item));
}

function bytesOf(text) {
  return new TextEncoder().encode(text).length;
}
