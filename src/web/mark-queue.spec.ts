import { setImmediate } from 'node:timers/promises';
import { MarkQueue, type QueuedMark } from './public/mark-queue.js';

type Answer = number | 'away';

/** A queue with a network, a storage and a timer that a test drives by hand. */
function rig(answers: Answer[] = [], store = new Map<string, string>(), freshCsrf?: string) {
  const sent: QueuedMark[][] = [];
  const tokens: string[] = [];
  const states: string[] = [];
  const refused: [number, string][] = [];
  const timers: { run: () => void; ms: number }[] = [];
  const queue = new MarkQueue({
    url: '/marks',
    key: 'marks',
    csrf: 'old',
    language: 'da',
    renewCsrf: async () => freshCsrf,
    onChange: (state) => states.push(state),
    onRefused: ({ agentId }, detail) => refused.push([agentId, detail]),
    storage: {
      getItem: (key) => store.get(key) ?? null,
      setItem: (key, value) => void store.set(key, value),
      removeItem: (key) => void store.delete(key),
    },
    fetch: (async (_: string, { body, headers }: { body: string; headers: Record<string, string> }) => {
      sent.push(JSON.parse(body) as QueuedMark[]);
      tokens.push(headers['x-csrf-token']!);
      const answer = answers.shift() ?? 200;
      if (answer === 'away') throw new TypeError('network');
      return { status: answer, ok: answer < 300, json: async () => ({ detail: 'Nej.' }) };
    }) as unknown as typeof fetch,
    setTimeout: (run, ms) => timers.push({ run, ms }),
  });
  return { queue, sent, tokens, states, refused, timers, store };
}

let second = 0;
const mark = (agentId: number, status = 'attended'): QueuedMark => ({
  agentId,
  status,
  markedAt: new Date((second += 1) * 1000).toISOString(),
});
const agents = (marks: readonly QueuedMark[]) => marks.map(({ agentId }) => agentId);

describe('the queue of marks', () => {
  it('sends a mark at once and forgets it when it is taken', async () => {
    const { queue, sent, states, store } = rig();
    await queue.push(mark(1));
    expect(sent.map(agents)).toEqual([[1]]);
    expect(queue.unsent()).toEqual([]);
    expect(store.size).toBe(0);
    expect(states.at(-1)).toBe('saved');
  });

  it.each<[string, Answer]>([
    ['a network that is away', 'away'],
    ['a server that is busy', 503],
    ['a server that has had too much', 429],
    ['a broken answer', 502],
  ])('keeps its marks through %s, and sends them together', async (_, answer) => {
    const { queue, sent, states, timers } = rig([answer, answer]);
    await queue.push(mark(1));
    await queue.push(mark(2));
    expect(states.at(-1)).toBe('waiting');
    expect(agents(queue.unsent())).toEqual([1, 2]);
    timers.at(-1)!.run();
    await setImmediate();
    expect(sent.map(agents)).toEqual([[1], [1, 2], [1, 2]]);
    expect(queue.unsent()).toEqual([]);
  });

  it('waits longer each time, and begins anew when the network is back', async () => {
    const { queue, timers } = rig(['away', 'away', 'away', 'away', 'away', 'away', 'away']);
    await queue.push(mark(1));
    for (let n = 0; n < 5; n += 1) {
      timers.at(-1)!.run();
      await setImmediate();
    }
    const waits = timers.map(({ ms }) => ms);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits.at(-1)).toBe(30_000);
    await queue.retry();
    expect(timers.at(-1)?.ms).toBe(1_000);
  });

  it('finds after a reload what was not sent', async () => {
    const { queue, store } = rig(['away']);
    await queue.push(mark(1));
    const reloaded = rig([], store);
    expect(agents(reloaded.queue.unsent())).toEqual([1]);
    await reloaded.queue.retry();
    expect(reloaded.sent.map(agents)).toEqual([[1]]);
    expect(store.size).toBe(0);
  });

  it('sends of two marks of the same person the later one alone', async () => {
    const { queue, sent } = rig(['away']);
    await queue.push(mark(1, 'no_show'));
    await queue.push(mark(1, 'attended'));
    expect(sent.at(-1)).toMatchObject([{ agentId: 1, status: 'attended' }]);
  });

  it('does not forget a mark that was made anew while the first was on its way', async () => {
    const { queue, sent } = rig();
    await Promise.all([queue.push(mark(1, 'no_show')), queue.push(mark(1, 'attended'))]);
    expect(sent.map(([one]) => one!.status)).toEqual(['no_show', 'attended']);
    expect(queue.unsent()).toEqual([]);
  });

  it('keeps the marks of whoever is signed out, and does not try again by itself', async () => {
    const { queue, states, timers } = rig([401]);
    await queue.push(mark(1));
    expect(states.at(-1)).toBe('signed_out');
    expect(agents(queue.unsent())).toEqual([1]);
    expect(timers).toEqual([]);
  });

  it('takes the token of a sign-in in another window', async () => {
    const { queue, tokens } = rig([403, 200], new Map(), 'new');
    await queue.push(mark(1));
    expect(tokens).toEqual(['old', 'new']);
    expect(queue.unsent()).toEqual([]);
  });

  it('lets a mark that is refused hold up no other', async () => {
    const { queue, sent, refused } = rig(['away', 'away', 422, 200, 422, 200]);
    for (const agentId of [1, 2]) await queue.push(mark(agentId));
    await queue.push(mark(3));
    expect(sent.slice(2).map(agents)).toEqual([[1, 2, 3], [1], [2], [3]]);
    expect(refused).toEqual([[2, 'Nej.']]);
    expect(queue.unsent()).toEqual([]);
  });

  it('works without a storage, as long as the page is open', async () => {
    const refuse = () => {
      throw new Error('denied');
    };
    const states: string[] = [];
    const queue = new MarkQueue({
      url: '/marks',
      key: 'marks',
      csrf: '',
      language: 'da',
      renewCsrf: async () => undefined,
      onChange: (state) => states.push(state),
      onRefused: () => {},
      storage: { getItem: refuse, setItem: refuse, removeItem: refuse },
      fetch: async () => {
        throw new TypeError('network');
      },
      setTimeout: () => 0,
    });
    await queue.push(mark(1));
    expect(agents(queue.unsent())).toEqual([1]);
    expect(states.at(-1)).toBe('waiting');
  });

  it('is not stopped by something else in its place of the storage', async () => {
    const { queue, sent } = rig([], new Map([['marks', '{"x":']]));
    await queue.push(mark(1));
    expect(sent.map(agents)).toEqual([[1]]);
  });
});
