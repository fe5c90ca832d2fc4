import { execute, insertRow, insertRows } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { Survey, SurveyQuestion, SurveyResult } from '../../src/modules/wellbeing/index.js';
import { signIn, type Api } from '../support/api.js';
import { addPerson, buildWorld, type World } from '../support/builders.js';
import { addSimulated, type SimulatedAgent } from '../support/insights.js';
import { TestApp } from '../support/test-app.js';

const NOW = '2026-11-20T09:00:00Z';

type Figures = [
  breakdown: SurveyResult['breakdown'],
  groupKey: string,
  parameter: string,
  answers: number | null,
  mean: number | null,
];

describe('insights about surveys and the way to the first shift', () => {
  let app: TestApp;
  let world: World;
  let waves: Record<'old' | 'linked', number>;
  const run = <T>(work: Parameters<UnitOfWork['run']>[0]) => app.get(UnitOfWork).run(work) as Promise<T>;
  const insight = async (key: string, query = '', by: Api = world.secretariat) =>
    (await by.get(`/insights/${key}${query}`)).body;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set(NOW);
    world = await buildWorld(app);
    await run((tx) => addSimulated(tx, newAgents(), app.clock.now()));
    waves = {
      old: await addWave('Trivsel 2024', 2024, 'published', [
        ['total', '', '', 120, null],
        ['total', '', 'claimed_elearning', 110, 90],
      ]),
      linked: await addWave('Trivsel 2026', 2026, 'closed', [
        ['total', '', '', 100, null],
        ['total', '', 'claimed_elearning', 100, 85],
        ['completed', '1', 'claimed_elearning', 80, 93.75],
        ['completed', '0', 'claimed_elearning', 20, 50],
        ['attended', '1', 'claimed_day', 60, 95],
        ['attended', '0', 'claimed_day', 30, 10],
        ['attended', '1', 'workload', 60, 70],
        ['attended', '0', 'workload', 30, 52],
        ['attended', '1', 'meaning', 60, 75],
        ['attended', '0', 'meaning', null, null],
      ]),
    };
  });
  afterAll(() => app.stop());

  /** Twelve of Aarhus and four of Horsens, ready after so many days, three not yet; one was registered last week. */
  function newAgents(): SimulatedAgent[] {
    const day = (n: number) => new Date(Date.parse('2026-06-01T08:00:00Z') + n * 86_400_000).toISOString();
    const made = Array.from({ length: 16 }, (_, n): SimulatedAgent => ({
      periods: [{ municipalityCode: n < 12 ? '751' : '615', startOn: '2026-07-01' }],
      attendedOn: n % 2 === 0 ? '2026-08-20' : null,
      calls: {},
      kind: 'new',
      registeredAt: day(n),
      completedAt: n % 5 === 4 ? null : day(n + 2 + n),
    }));
    const late: SimulatedAgent = { ...made[0]!, registeredAt: '2026-11-15T08:00:00Z', completedAt: null };
    return [...made, late];
  }

  function addWave(
    title: string,
    year: number,
    state: 'closed' | 'published',
    figures: Figures[],
  ): Promise<number> {
    return run(async (tx) => {
      const [person] = await tx.query<{ id: number }[]>('SELECT MIN(id) AS id FROM person');
      const at = app.clock.now();
      const surveyId = await insertRow<Survey>(tx, 'survey', {
        title,
        year,
        state,
        isBaseline: year === 2024,
        minimumGroup: 5,
        closesOn: null,
        invited: 200,
        answered: 100,
        rateShown: null,
        rateShownOn: null,
        sealedSecret: null,
        remindedOn: null,
        openedAt: year === 2024 ? null : at,
        closedAt: at,
        publishedAt: state === 'published' ? at : null,
        messageDa: null,
        messageEn: null,
        createdByPersonId: person!.id,
        createdAt: at,
        version: 1,
      });
      const dimensions = ['workload', 'meaning', 'claimed_elearning', 'claimed_day'];
      for (const [n, dimension] of dimensions.entries())
        await insertRows<SurveyQuestion>(tx, 'survey_question', [
          {
            surveyId,
            position: n + 1,
            questionKey: dimension,
            dimension,
            dimensionDa: `Emne ${n + 1}`,
            dimensionEn: `Topic ${n + 1}`,
            kind: 'scale',
            scaleMin: 0,
            scaleMax: 1,
            direction: n < 2 ? 'higher' : 'neutral',
            textDa: dimension,
            textEn: dimension,
            labelsDa: '[]',
            labelsEn: '[]',
          },
        ]);
      await insertRows<SurveyResult>(
        tx,
        'survey_result',
        figures.map(([breakdown, groupKey, parameter, answers, mean]) => ({
          surveyId,
          breakdown,
          groupKey,
          parameter,
          answers,
          invited: null,
          mean,
          deviation: mean === null ? null : 18,
        })),
      );
      return surveyId;
    });
  }

  it('compares claims with stamps in the newest wave', async () => {
    const body = await insight('claimed-real');
    expect(body).toMatchObject({
      verdict: 'uncertain',
      publishable: false,
      definition: { filters: { survey: waves.linked } },
    });
    expect(body['effect'].value).toBeCloseTo(5, 9);
    const figures = Object.fromEntries(
      body['figures'].map(({ key, value }: Record<string, any>) => [key, value]),
    );
    expect(Object.keys(figures).sort()).toEqual(
      ['agreement', 'mcnemar', 'kappa', 'day_difference', 'day_agreement', 'day_mcnemar', 'day_kappa'].sort(),
    );
    expect(figures['kappa']).toBeCloseTo((0.85 - 0.71) / 0.29, 9);
    // 57 of 60 and 3 of 30: as many say too much as too little.
    expect(figures['day_difference']).toBeCloseTo(0, 9);
    const { text } = await world.secretariat.get('/insights/claimed-real/data.csv');
    expect(text.split('\n').slice(1, 3)).toEqual([
      'registered,80,75,5,0.9375',
      'not_registered,20,10,10,0.5',
    ]);
  });

  it('puts the shares side by side for a wave without stamps', async () => {
    const before = await insight('claimed-real', `?survey=${waves.old}`);
    expect(before['notAnswerable']).toEqual({ reason: 'no_register', n: 0, seeInstead: null });
    // Ten worked as agents at the end of 2024, of whom seven had completed the e-learning by then.
    const agents = Array.from({ length: 10 }, (_, n): SimulatedAgent => ({
      periods: [{ municipalityCode: '751', startOn: '2023-01-01' }],
      attendedOn: null,
      calls: {},
      registeredAt: '2024-02-01T10:00:00Z',
      completedAt: n < 7 ? '2024-12-31T22:30:00Z' : '2024-12-31T23:30:00Z',
    }));
    await run((tx) => addSimulated(tx, agents, app.clock.now()));
    const body = await insight('claimed-real', `?survey=${waves.old}`);
    expect(body['effect']).toBeNull();
    expect(body['sentence']).toContain('Det er ikke de samme personer');
    expect(body['groups'].map(({ key, people, value }: Record<string, any>) => [key, people, value])).toEqual(
      [
        ['claimed', 110, 0.9],
        ['registered_all', 10, 0.7],
      ],
    );
  });

  it('gives leaders published waves only', async () => {
    const body = await insight('claimed-real', '', world.leader);
    expect(body['definition'].filters).toEqual({ survey: waves.old });
    await run((tx) =>
      execute(tx, "UPDATE survey SET state = 'published', version = 2 WHERE id = ?", [waves.linked]),
    );
    const published = await insight('claimed-real', '', world.leader);
    expect(published).toMatchObject({ publishable: true, definition: { filters: { survey: waves.linked } } });
  });

  it('tells of wellbeing by what is not hidden', async () => {
    const body = await insight('wellbeing-onboarding');
    expect(body).toMatchObject({ verdict: 'higher', groupUnit: 'points' });
    expect(body['effect'].value).toBeCloseTo(18, 9);
    expect(body['figures']).toEqual([expect.objectContaining({ key: 'topic', label: 'Emne 1', value: 18 })]);
    const { text } = await world.secretariat.get('/insights/wellbeing-onboarding/data.csv');
    expect(text).not.toContain('meaning');
  });

  it('tells how long new agents wait, of those who have been waited for', async () => {
    const body = await insight('time-to-ready');
    const days = Array.from({ length: 16 }, (_, n) => (n % 5 === 4 ? Infinity : 2 + n)).sort((a, b) => a - b);
    expect(body['effect']).toMatchObject({ value: (days[7]! + days[8]!) / 2, unit: 'days' });
    // Four of Horsens are too few, and the twelve of Aarhus would tell of them.
    expect(body['municipalities']).toEqual([]);
    expect(body['notes']).toEqual([
      '3 agenter er ikke klar endnu. De tæller med som dem, der har ventet længst.',
    ]);
    const leader = await insight('time-to-ready', '', world.leader);
    expect(leader['notes']).toEqual([]);
  });

  it('answers a program with the scope, and no other', async () => {
    await run((tx) => addPerson(app, tx, 'it@ddh.test', ['secretariat'], '751'));
    const it = await signIn(app, 'it@ddh.test');
    const tokenFor = async (scope: string) => {
      const { body } = await it.post('/api-tokens', { name: scope, scopes: [scope], days: 30 });
      return body['token'] as string;
    };
    const as = async (token: string) =>
      (
        await fetch(`${app.url}/api/v1/insights/time-to-ready?from=2026-06`, {
          headers: { authorization: `Bearer ${token}` },
        })
      ).status;
    expect(await as(await tokenFor('insights:read'))).toBe(200);
    expect(await as(await tokenFor('reports:read'))).toBe(403);
  });

  it('reads guides as they were due', async () => {
    const agents = Array.from({ length: 24 }, (_, n): SimulatedAgent => ({
      periods: [{ municipalityCode: '751', startOn: '2024-01-01' }],
      attendedOn: null,
      calls: { '2026-09': [60, (n < 10 ? 40 : 30) + (n % 4)], '2026-10': [60, (n < 10 ? 41 : 31) + (n % 3)] },
    }));
    await run(async (tx) => {
      await addSimulated(tx, agents, app.clock.now());
      const versions = await addVersions(tx);
      for (const [n, { id }] of agents.entries())
        for (const versionId of versions)
          await insertRow(tx, 'reading_requirement', {
            agentId: id!,
            versionId,
            dueAt: new Date('2026-10-31T22:30:00Z'),
            readAt:
              n < 10 ? new Date('2026-10-31T22:30:00Z') : n < 20 ? new Date('2026-10-31T22:31:00Z') : null,
          });
    });
    const body = await insight('guides-resolution');
    expect(body['groups'].map(({ key, people, calls }: Record<string, any>) => [key, people, calls])).toEqual(
      [
        ['read_in_time', 10, 1200],
        ['read_late', 14, 1680],
      ],
    );
    expect(body['verdict']).toBe('higher');
    // Half past eleven in the evening on the last of October is in October; the month before asks for nothing.
    expect((await insight('guides-resolution', '?to=2026-09')).notAnswerable.reason).toBe('no_data');
  });

  async function addVersions(tx: Parameters<Parameters<UnitOfWork['run']>[0]>[0]): Promise<number[]> {
    const at = app.clock.now();
    const versions: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      const guideId = await insertRow(tx, 'guide', {
        title: `Guide ${n}`,
        archivedAt: null,
        createdAt: at,
        createdByPersonId: world.leaderId,
        version: 1,
      });
      const { insertId } = await execute(
        tx,
        `INSERT INTO guide_version (guideId, number, title, changeNote, url, isMinor, urgency, minutes, audienceKind, effectiveFrom,
            publishedAt, publishedByPersonId, answeredFrom, countsFrom, spreadUpTo)
          VALUES (?, 1, 'Guide', 'Ny', 'https://guides.test', 0, 'normal', 5, 'all', ?, ?, ?, 1, ?, 0)`,
        [guideId, at, at, world.leaderId, at],
      );
      versions.push(insertId);
    }
    return versions;
  }
});
