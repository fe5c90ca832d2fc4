import { JobLeases } from '../../src/database/job-leases.js';
import { TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

const MINUTE = 60_000;

describe('leases of scheduled work', () => {
  let app: TestApp;
  let leases: JobLeases;

  beforeAll(async () => {
    app = await TestApp.start();
    leases = app.get(JobLeases);
  });
  afterAll(() => app.stop());

  it('let one of many do a job, and again only when its time has come', async () => {
    let done = 0;
    const work = async () => {
      done += 1;
    };
    const race = () =>
      Promise.all(Array.from({ length: 8 }, () => leases.runWhenDue('job', 5 * MINUTE, work)));
    expect((await race()).filter(Boolean)).toHaveLength(1);
    expect(done).toBe(1);
    expect((await race()).some(Boolean)).toBe(false);
    app.clock.advance(5 * MINUTE);
    expect((await race()).filter(Boolean)).toHaveLength(1);
    expect(done).toBe(2);
  });

  it('come back at once from work that failed', async () => {
    await expect(
      leases.runWhenDue('failing', 5 * MINUTE, () => Promise.reject(new Error('no'))),
    ).rejects.toThrow('no');
    expect(await leases.runWhenDue('failing', 5 * MINUTE, async () => {})).toBe(true);
  });

  const isHeld = async () => (await app.count('job_lease', "name = 'frozen' AND owner IS NOT NULL")) === 1;

  it('are taken over from one that froze, whose late end changes nothing', async () => {
    let thaw = () => {};
    const frozen = leases.runWhenDue(
      'frozen',
      60 * MINUTE,
      () => new Promise<void>((resolve) => (thaw = resolve)),
    );
    await until('the frozen one holds the lease', isHeld);
    expect(await leases.runWhenDue('frozen', MINUTE, async () => {})).toBe(false);
    app.clock.advance(11 * MINUTE);
    const other = leases.runWhenDue('frozen', 60 * MINUTE, async () => {
      thaw();
      await frozen;
      // The one that was frozen has ended, and the lease is still held here.
      expect(await isHeld()).toBe(true);
    });
    expect(await other).toBe(true);
    expect(await isHeld()).toBe(false);
  });
});
