import { MessageQueue } from './public/message-queue.js';

interface Sent {
  unit: number;
  sequence: number;
  isPartial?: boolean;
  payload: { completionStatus: string; runtimeData: { cmi: Record<string, unknown> } };
}

/** A queue with a network that a test drives by hand. */
function rig(answers: (number | 'away')[]) {
  const sent: Sent[] = [];
  const beacons: Blob[] = [];
  const states: string[] = [];
  const timers: (() => void)[] = [];
  const queue = new MessageQueue({
    url: '/gem',
    now: () => 1_000,
    fetch: (async (_: string, { body }: { body: string }) => {
      sent.push(JSON.parse(body) as Sent);
      const answer = answers.shift() ?? 200;
      if (answer === 'away') throw new TypeError('network');
      return { status: answer, ok: answer < 300, json: async () => ({ isFinished: false }) };
    }) as unknown as typeof fetch,
    sendBeacon: (_url: string, body: Blob) => beacons.push(body) > 0,
    setTimeout: ((run: () => void) => timers.push(run)) as unknown as typeof setTimeout,
    onChange: (state) => states.push(state),
    onSaved: () => {},
  });
  return { queue, sent, beacons, states, timers };
}

const message = (completionStatus: string, cmi: Record<string, unknown> = {}) => ({
  unit: 0,
  isFinal: false,
  openSeconds: 1,
  payload: { completionStatus, successStatus: 'unknown', runtimeData: { cmi } },
});

describe('the queue of messages', () => {
  it('sends one after the other, in an order the server can tell', async () => {
    const { queue, sent, states } = rig([]);
    queue.push(message('incomplete'));
    queue.push(message('completed'));
    await queue.settled();
    expect(sent.map((one) => [one.payload.completionStatus, one.sequence])).toEqual([
      ['incomplete', 1_000],
      ['completed', 1_001],
    ]);
    expect(states).toEqual(['saving', 'saved']);
  });

  it('keeps what could not be sent, and sends it when the network is back', async () => {
    const { queue, sent, states, timers } = rig(['away', 500, 200]);
    queue.push(message('completed'));
    while (timers.length < 1) await Promise.resolve();
    expect(states.at(-1)).toBe('waiting');
    timers.shift()!();
    while (timers.length < 1) await Promise.resolve();
    queue.retry();
    await queue.settled();
    expect(states.at(-1)).toBe('saved');
    expect(new Set(sent.map((one) => one.sequence)).size).toBe(1);
  });

  it('waits for a sign-in, and stops for a launch that is over', async () => {
    const { queue, states, timers } = rig([401, 410]);
    queue.push(message('completed'));
    while (timers.length < 1) await Promise.resolve();
    expect(states.at(-1)).toBe('signed_out');
    queue.retry();
    await queue.settled();
    expect(states.at(-1)).toBe('ended');
  });

  it('drops an older message that says the same, and none that says more', async () => {
    const { queue, sent } = rig([]);
    queue.push(message('incomplete', { location: 'a' }));
    queue.push(message('completed', { location: 'b' }));
    queue.push(message('incomplete', { location: 'c' }));
    queue.push(message('incomplete', { location: 'd' }));
    await queue.settled();
    expect(sent.map((one) => one.payload.runtimeData.cmi['location'])).toEqual(['a', 'b', 'd']);
  });

  it('goes on after a message the server cannot read', async () => {
    const { queue, sent, states } = rig([400]);
    queue.push(message('incomplete'));
    queue.push(message('completed'));
    await queue.settled();
    expect(sent).toHaveLength(2);
    expect(states.at(-1)).toBe('saved');
  });

  it('sends what is too long again without what makes it long', async () => {
    const { queue, sent } = rig([413]);
    queue.push(message('completed', { suspend_data: 'x', location: 'here' }));
    await queue.settled();
    expect(sent.at(-1)).toMatchObject({
      isPartial: true,
      payload: { runtimeData: { cmi: { location: 'here' } } },
    });
    expect(sent).toHaveLength(2);
  });

  it('hands everything to the browser when the page goes away, without the long texts if they do not fit', async () => {
    const { queue, beacons } = rig(['away']);
    queue.push(message('completed', { suspend_data: 'x'.repeat(70_000), location: 'last' }));
    queue.leave();
    const [one] = await Promise.all(beacons.map(async (blob) => JSON.parse(await blob.text()) as Sent));
    expect(one).toMatchObject({
      isPartial: true,
      payload: { completionStatus: 'completed', runtimeData: { cmi: { location: 'last' } } },
    });
    expect(one!.payload.runtimeData.cmi).not.toHaveProperty('suspend_data');
  });
});
