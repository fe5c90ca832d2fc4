import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { execute } from '../../src/database/sql.js';
import { INSIGHT_KEYS } from '../../src/modules/insights/insight.js';
import { Api, type ApiAnswer } from '../support/api.js';
import { Browser } from '../support/browser-less.js';
import { buildWorld, type World } from '../support/builders.js';
import { attendedMonth, slowGroups, slowSides, threeYears } from '../support/insight-model.js';
import { addSimulated, simulatedAgents, type SimulatedAgent } from '../support/insights.js';
import { TestApp } from '../support/test-app.js';

const EFFECT = 0.06;
const LAST = '2026-10';

describe('insights', () => {
  let app: TestApp;
  let world: World;
  let agents: SimulatedAgent[];
  const insight = (key: string, query = '', by: Api = world.secretariat) =>
    by.get(`/insights/${key}${query}`);
  const run = <T>(work: Parameters<UnitOfWork['run']>[0]) => app.get(UnitOfWork).run(work) as Promise<T>;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-20T09:00:00Z');
    world = await buildWorld(app);
    agents = simulatedAgents({
      seed: 12,
      agents: 160,
      effect: EFFECT,
      everyWithout: 5,
      from: '2024-12',
      to: LAST,
    });
    agents.forEach((agent, n) => furnish(agent, n));
    // Somebody who moved in the middle of a month, and somebody with a figure from after the last day.
    agents.push(
      {
        periods: [
          { municipalityCode: '615', startOn: '2024-01-01', endOn: '2026-03-15' },
          { municipalityCode: '751', startOn: '2026-03-16' },
        ],
        attendedOn: '2026-05-05',
        calls: {
          '2026-02': [100, 50],
          '2026-03': [70, 30],
          '2026-04': [50, 20],
          '2026-05': [9, 9],
          '2026-06': [80, 44],
        },
      },
      {
        periods: [{ municipalityCode: '615', startOn: '2024-01-01', endOn: '2026-04-30' }],
        attendedOn: null,
        calls: { '2026-04': [90, 40], '2026-05': [1000, 1000] },
      },
    );
    await run((tx) => addSimulated(tx, agents, app.clock.now()));
  });
  afterAll(() => app.stop());

  /** E-learning for most, on days that lie on either side of a month in Copenhagen and in UTC. */
  function furnish(agent: SimulatedAgent, n: number): void {
    const months = Object.keys(agent.calls);
    agent.completedAt =
      n % 4 === 0 ? null : `${months[n % 12]!}-${n % 2 === 0 ? '30T22:30' : '15T10:00'}:00.000Z`;
    if (agent.completedAt?.startsWith('2025-02-30') || agent.completedAt?.startsWith('2026-02-30'))
      agent.completedAt = `${agent.completedAt.slice(0, 8)}15T10:00:00.000Z`;
    agent.score = 0.5 + (n % 50) / 100;
    agent.seconds = 1200 + (n % 7) * 300;
  }

  function groupOf(answer: ApiAnswer, key: string): Record<string, any> {
    return (answer.body['groups'] as Record<string, any>[]).find((group) => group['key'] === key)!;
  }

  it('sums up what a slow look at every month gives', async () => {
    const answer = await insight('onboarding-resolution');
    expect(answer.status).toBe(200);
    const slow = slowGroups(agents, attendedMonth, ...threeYears(LAST));
    for (const [key, group] of [
      ['with_day', slow.with],
      ['without_day', slow.without],
    ] as const)
      expect(groupOf(answer, key)).toMatchObject({
        people: group.people,
        calls: group.calls,
        value: group.resolved / group.calls,
      });
    expect(answer.body['effect'].value).toBeCloseTo(
      100 * (slow.with.resolved / slow.with.calls - slow.without.resolved / slow.without.calls),
      9,
    );
  });

  it.each([
    ['2025-06', '2026-01'],
    ['2026-03', '2026-03'],
    ['2026-05', '2026-10'],
  ])('sums up from %s to %s', async (from, to) => {
    const answer = await insight('onboarding-resolution', `?from=${from}&to=${to}`);
    const slow = slowGroups(agents, attendedMonth, from, to);
    expect(groupOf(answer, 'with_day')).toMatchObject({ people: slow.with.people, calls: slow.with.calls });
    expect(groupOf(answer, 'without_day')).toMatchObject({
      people: slow.without.people,
      calls: slow.without.calls,
    });
    expect(answer.body['definition'].filters).toEqual({ from, to });
  });

  it('counts a month that two employments share once, for the later one', async () => {
    const rows = await run<number>(async (tx) => {
      const moved = agents.at(-2)!;
      const sides = slowSides(moved, '2026-05', ...threeYears(LAST));
      expect(sides).toEqual({ without: { calls: 220, resolved: 100 }, with: { calls: 80, resolved: 44 } });
      return (await tx.query<unknown[]>('SELECT id FROM employment WHERE agentId = ?', [moved.id])).length;
    });
    expect(rows).toBe(2);
  });

  it('holds the true effect in its interval, and says so', async () => {
    for (const key of ['onboarding-resolution', 'before-after-onboarding']) {
      const { body } = await insight(key);
      expect(body).toMatchObject({ verdict: 'higher', publishable: true });
      expect(body['effect'].low).toBeLessThan(100 * EFFECT);
      expect(body['effect'].high).toBeGreaterThan(100 * EFFECT);
      expect(body['effect'].unit).toBe('percentage_points');
      expect(body['sentence']).toMatch(/^Ja\./);
    }
    const { figures } = (await insight('onboarding-resolution')).body;
    expect(figures.map(({ key }: { key: string }) => key)).toEqual(['adjusted']);
    expect(figures[0].low).toBeLessThan(100 * EFFECT);
    expect(figures[0].high).toBeGreaterThan(100 * EFFECT);
  });

  it('gives data from which the effect can be reckoned again', async () => {
    const { body } = await insight('onboarding-resolution');
    const { text, headers } = await world.secretariat.get('/insights/onboarding-resolution/data.csv');
    expect(headers.get('content-type')).toContain('text/csv');
    const [withDay, without] = csvRows(text);
    const rateOf = (row: Record<string, string>) => Number(row['resolved']) / Number(row['calls']);
    expect(100 * (rateOf(withDay!) - rateOf(without!))).toBeCloseTo(body['effect'].value, 9);
    const half = 1.96 * 100 * Math.hypot(linearised(withDay!), linearised(without!));
    expect((body['effect'].high - body['effect'].low) / 2 / half).toBeCloseTo(1, 1);

    const change = (await insight('before-after-onboarding')).body;
    const [after, before] = csvRows(
      (await world.secretariat.get('/insights/before-after-onboarding/data.csv')).text,
    );
    expect(100 * (Number(after!['weighed_rate']) - Number(before!['weighed_rate']))).toBeCloseTo(
      change['effect'].value,
      9,
    );
  });

  it('classifies agents by a threshold that is chosen', async () => {
    for (const threshold of [55, 65]) {
      const answer = await insight('high-resolution', `?threshold=${threshold}`);
      let people = { with: 0, without: 0 };
      let high = { with: 0, without: 0 };
      for (const agent of agents) {
        const sides = slowSides(agent, attendedMonth(agent), ...threeYears(LAST));
        const side = sides.with.calls > 0 ? 'with' : 'without';
        const { calls, resolved } = sides[side];
        if (calls < 30) continue;
        people = { ...people, [side]: people[side] + 1 };
        if (100 * resolved >= threshold * calls) high = { ...high, [side]: high[side] + 1 };
      }
      expect(groupOf(answer, 'with_day')).toMatchObject({
        people: people.with,
        value: high.with / people.with,
      });
      expect(groupOf(answer, 'without_day')).toMatchObject({
        people: people.without,
        value: high.without / people.without,
      });
      expect(answer.body['question']).toContain(`${threshold} %`);
      const keys = answer.body['figures'].map(({ key }: { key: string }) => key);
      expect(keys).toEqual(['odds_ratio', 'fisher']);
    }
  });

  it('takes e-learning to be completed on the local day', async () => {
    const answer = await insight('elearning-resolution');
    // Half past ten in the evening of the 30th is the next day in summer time only, and the next month if the 30th is the last.
    const slow = slowGroups(agents, monthInCopenhagen, ...threeYears(LAST));
    expect(groupOf(answer, 'with_elearning')).toMatchObject({
      people: slow.with.people,
      calls: slow.with.calls,
    });
    expect(groupOf(answer, 'without_elearning')).toMatchObject({ calls: slow.without.calls });
    const figures = answer.body['figures'].map(({ key }: { key: string }) => key);
    expect(figures).toEqual(['adjusted', 'score', 'minutes']);
  });

  it('serves what was reckoned until the data change', async () => {
    const first = (await insight('onboarding-resolution')).body;
    app.clock.advance(60_000);
    const again = (await insight('onboarding-resolution')).body;
    expect(again['definition']).toEqual(first['definition']);
    await run(async (tx) => {
      await execute(tx, 'UPDATE resolution_figure SET resolved = answered WHERE agentId = ?', [
        agents[0]!.id,
      ]);
      await execute(tx, "UPDATE resolution_month SET changedAt = ? WHERE month = '2026-10'", [
        app.clock.now(),
      ]);
    });
    const changed = (await insight('onboarding-resolution')).body;
    expect(changed['definition'].dataAsOf > first['definition'].dataAsOf).toBe(true);
    expect(changed['effect'].value).not.toBe(first['effect'].value);
    expect(
      await app.count('insight_result', "insightKey = 'onboarding-resolution' AND leaseOwner IS NOT NULL"),
    ).toBe(0);
  });

  it('gives the last result, and says of when, while another server reckons', async () => {
    const before = (await insight('onboarding-resolution')).body;
    await run(async (tx) => {
      await execute(tx, "UPDATE resolution_month SET changedAt = ? WHERE month = '2026-09'", [
        app.clock.now(),
      ]);
      await execute(tx, "UPDATE insight_result SET leaseOwner = 'another', leaseUntil = ?", [
        new Date(app.clock.now().getTime() + 30_000),
      ]);
    });
    const stale = (await insight('onboarding-resolution')).body;
    expect(stale['definition']).toEqual({ ...before['definition'], isCurrent: false });
    // The other server has died.
    app.clock.advance(31_000);
    expect((await insight('onboarding-resolution')).body['definition'].isCurrent).toBe(true);
  });

  it('shows a leader what may be shared, rounded, and the own municipality', async () => {
    const mine = (await insight('onboarding-resolution', '', world.foreignLeader)).body;
    const all = (await insight('onboarding-resolution')).body;
    expect(mine['municipalities'].map((one: { municipalityCode: string }) => one.municipalityCode)).toEqual([
      '615',
    ]);
    expect(all['municipalities']).toHaveLength(2);
    for (const [n, group] of mine['groups'].entries()) {
      expect(group.calls % 100).toBe(0);
      expect(group.value).toBeCloseTo(all['groups'][n].value, 3);
    }
    expect(mine['effect'].value).toBe(Math.round(10 * all['effect'].value) / 10);
    const refused = await insight('onboarding-resolution', '?from=2026-01', world.leader);
    expect([refused.status, refused.body['code']]).toEqual([403, 'insight_filters_forbidden']);
    const { text } = await world.leader.get('/insights/onboarding-resolution/data.csv');
    expect(text.split('\n')[0]).toBe('group,people,calls,share,low,high');
  });

  it('never names a person, in no answer and to nobody', async () => {
    const ids = new Set(agents.map(({ id }) => id));
    for (const by of [world.secretariat, world.leader])
      for (const path of [
        '/insights',
        ...INSIGHT_KEYS.flatMap((key) =>
          ['', '/data.csv', '/chart.svg'].map((end) => `/insights/${key}${end}`),
        ),
      ]) {
        const { status, text } = await by.get(path);
        expect([path, status]).toEqual([path, 200]);
        expect(text).not.toMatch(/Hemmelig|indsigt\.test|agentId|personId|email/);
      }
    expect(ids.size).toBe(agents.length);
  });

  it.each([
    ['onboarding-resolution', '?threshold=50', 'threshold'],
    ['high-resolution', '?survey=1', 'survey'],
    ['claimed-real', '?from=2026-01', 'from'],
    ['time-to-ready', '?farve=blaa', 'farve'],
    ['onboarding-resolution', '?from=2026-13', 'from'],
    ['onboarding-resolution', '?from=2026-05&to=2026-04', 'from'],
    ['onboarding-resolution', '?from=2019-05&to=2026-04', 'from'],
    ['high-resolution', '?threshold=100', 'threshold'],
  ])('%s refuses %s', async (key, query, field) => {
    const { status, body } = await insight(key, query);
    expect([status, body['errors']?.[0]?.field]).toEqual([400, field]);
  });

  it('knows no other question', async () => {
    for (const path of ['/insights/x', '/insights/x/data.csv', '/insights/x/chart.svg'])
      expect((await world.secretariat.get(path)).status).toBe(404);
    expect((await insight('claimed-real', '?survey=999')).status).toBe(404);
  });

  it('tells the whole story on pages', async () => {
    const browser = new Browser(app.url);
    await browser.submit(await browser.get('/log-ind'), '/log-ind', {
      email: 'sekretariat@ddh.test',
      password: 'correct horse battery',
    });
    const list = await browser.get('/indsigter');
    for (const key of INSIGHT_KEYS) expect(list.text).toContain(`href="/indsigter/${key}"`);
    const page = await browser.get('/indsigter/onboarding-resolution');
    for (const part of [
      'Beviser ikke',
      '95\u00a0%\u2011interval',
      'Aarhus',
      'data.csv',
      'chart.svg',
      'share-text',
    ])
      expect(page.text).toContain(part);
    const picture = await browser.get('/indsigter/onboarding-resolution/chart.svg?size=narrow');
    expect(picture.text).toMatch(/^<svg .*onboardingdag/s);
    const wrong = await browser.get('/indsigter/high-resolution?from=2026-05&to=2026-04&threshold=50');
    expect(wrong.text).toContain('Perioden slutter, før den begynder.');
    expect((await browser.get('/indsigter/x')).status).toBe(404);
  });
});

describe('insights without an effect', () => {
  let app: TestApp;
  let world: World;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-20T09:00:00Z');
    world = await buildWorld(app);
  });
  afterAll(() => app.stop());

  it('say that nothing is known yet', async () => {
    for (const key of INSIGHT_KEYS) {
      const { status, body } = await world.secretariat.get(`/insights/${key}`);
      expect([key, status]).toEqual([key, 200]);
      expect(body).toMatchObject({ effect: null, publishable: false, groups: [] });
      expect(body['sentence']).toMatch(/^Kan ikke besvares endnu/);
    }
  });

  it('say that there is no certain difference', async () => {
    const agents = simulatedAgents({
      seed: 5,
      agents: 160,
      effect: 0,
      everyWithout: 5,
      from: '2024-12',
      to: LAST,
    });
    await app.get(UnitOfWork).run((tx) => addSimulated(tx, agents, app.clock.now()));
    for (const key of ['onboarding-resolution', 'before-after-onboarding']) {
      const { body } = await world.secretariat.get(`/insights/${key}`);
      expect(body['verdict']).toBe('uncertain');
      expect(body['sentence']).toContain('ingen sikker forskel');
      expect(body['effect'].low).toBeLessThan(0);
      expect(body['effect'].high).toBeGreaterThan(0);
    }
  });
});

describe('insights where nearly everybody attended', () => {
  let app: TestApp;
  let world: World;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-20T09:00:00Z');
    world = await buildWorld(app);
    const agents = Array.from({ length: 30 }, (_, n): SimulatedAgent => ({
      periods: [{ municipalityCode: n < 3 ? '615' : '751', startOn: '2023-01-01' }],
      attendedOn: n < 4 ? null : '2023-02-01',
      calls: { '2026-09': [50, 25 + (n % 10)], '2026-10': [60, 30 + (n % 7)] },
    }));
    await app.get(UnitOfWork).run((tx) => addSimulated(tx, agents, app.clock.now()));
  });
  afterAll(() => app.stop());

  it('cannot be answered, and point to before and after', async () => {
    const { body } = await world.secretariat.get('/insights/onboarding-resolution');
    expect(body).toMatchObject({
      sentence: 'Kan ikke besvares: kun 4 agenter er uden onboardingdag.',
      notAnswerable: { reason: 'few_without', n: 4, seeInstead: 'before-after-onboarding' },
      effect: null,
      groups: [],
      municipalities: [],
      publishable: false,
    });
    const leader = (await world.leader.get('/insights/onboarding-resolution')).body;
    expect(leader['notAnswerable'].n).toBeNull();
    expect(leader['sentence']).toBe('Kan ikke besvares: kun under fem agenter er uden onboardingdag.');
    expect((await world.secretariat.get('/insights/onboarding-resolution/data.csv')).text).not.toContain('1');
  });
});

/** The rows of a CSV by their headings. */
function csvRows(text: string): Record<string, string>[] {
  const [header, ...lines] = text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(header!.map((name, n) => [name, cells[n]!])));
}

/** The standard error of a ratio by linearisation (Cochran 1977, §6.3), from the sums of the table. */
function linearised(row: Record<string, string>): number {
  const [n, calls, resolved, nn, ss, ns] = [
    'agents',
    'calls',
    'resolved',
    'sum_calls_squared',
    'sum_resolved_squared',
    'sum_calls_times_resolved',
  ].map((name) => Number(row[name])) as [number, number, number, number, number, number];
  const rate = resolved / calls;
  return Math.sqrt(((ss - 2 * rate * ns + rate * rate * nn) * n) / (n - 1)) / calls;
}

/** The month of completion where the hotline is. */
function monthInCopenhagen({ completedAt }: SimulatedAgent): string | null {
  if (!completedAt) return null;
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen' })
    .format(new Date(completedAt))
    .slice(0, 7);
}
