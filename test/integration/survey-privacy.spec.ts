import { jest } from '@jest/globals';
import { hashToken } from '../../src/common/crypto.js';
import { Database } from '../../src/database/database.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Membership } from '../../src/modules/municipalities/index.js';
import { addDays, localDateOf } from '../../src/common/local-date.js';
import { signIn } from '../support/api.js';
import { buildWorld, type World } from '../support/builders.js';
import {
  addSurveyedAgents,
  answerSurvey,
  surveyLinks,
  type Answering,
  type SurveyedAgent,
} from '../support/surveys.js';
import { isMariadb } from '../support/test-database.js';
import { TestApp } from '../support/test-app.js';

const K = 5;
const BREAKDOWNS = ['municipality', 'tenure', 'completed', 'attended'] as const;
type By = (typeof BREAKDOWNS)[number];
interface Figure {
  parameter: string;
  group: string | null;
  isHidden: boolean;
  answers: number | null;
  mean: number | null;
}
/** An agent with what the test knows, and nobody else: what was answered, and whether the stamps were left. */
interface Respondent extends SurveyedAgent {
  answers: Answering;
  stamps: boolean;
}

const tenureOf = (years: number) =>
  years < 1 ? 'under_1_year' : years < 3 ? '1_to_3_years' : 'over_3_years';
const stampsOf = ({ isCompleted, hasAttended }: SurveyedAgent) =>
  `${Number(isCompleted)}${Number(hasAttended)}`;

describe('a survey that somebody tries to see through', () => {
  let app: TestApp;
  let world: World;
  let agents: SurveyedAgent[];
  let surveyId: number;
  let links: Map<string, string>;
  let lines: string[];
  let began: Date;
  let ended: Date;
  const respondents: Respondent[] = [];

  beforeAll(async () => {
    app = await TestApp.start({ LOG_LEVEL: 'info' });
    world = await buildWorld(app);
    await app.get(UnitOfWork).run(async (tx) => {
      for (const municipalityCode of ['791', '730'])
        await tx.insert(Membership, { municipalityCode, fromOn: '2024-01-01', toOn: null });
    });
    agents = await addSurveyedAgents(app, world.secretariat, people());
    surveyId = await openWave('Trivsel');
    links = await surveyLinks(app);
    await later(26 * 3_600_000);
    began = app.clock.now();
    const written = jest.spyOn(logStream(app), 'write');
    for (const [n, agent] of agents.entries()) {
      if (n % 7 === 6) continue;
      const answers: Answering = {
        meaning_help: String(1 + (n % 5)),
        meaning_glad: String(1 + ((n * 3) % 5)),
        workload_behind: String(1 + ((n * 2) % 5)),
        workload_pauses: String(1 + ((n * 4) % 5)),
        ...(n % 4 > 0 && { claimed_elearning: String(n % 2) }),
        comment: `Ord nummer ${n}`,
      };
      const stamps = n % 9 !== 8;
      expect((await answerSurvey(app, links.get(agent.email)!, answers, stamps)).status).toBe(303);
      respondents.push({ ...agent, answers, stamps });
    }
    await world.secretariat.get('/me');
    lines = written.mock.calls.map(([line]) => line);
    written.mockRestore();
    ended = app.clock.now();
    await later(3_600_000);
  });
  afterAll(() => app.stop());

  describe('while it is open', () => {
    it('leaves no line in the log and no count in the metrics', async () => {
      expect(lines.join('')).toContain('/api/v1/me');
      expect(lines.join('')).not.toMatch(/trivsel|svar/);
      const metrics = await fetch(`${app.url}/metrics`);
      expect(await metrics.text()).not.toContain('trivsel/svar');
    });

    it('leaves nothing with the time of an answer in any table', async () => {
      const dump = await wholeDatabase();
      const inBetween = Object.entries(dump).flatMap(([table, rows]) =>
        rows.flatMap((row) =>
          Object.entries(row)
            .filter(([, value]) => isBetween(value))
            .map(([column]) => `${table}.${column}`),
        ),
      );
      expect(inBetween).toEqual([]);
    });

    it('keeps of a used link nothing but that it is used', async () => {
      const used = await app.rows('SELECT * FROM survey_token WHERE isUsed = 1');
      expect(used).toHaveLength(respondents.length);
      const left = used.map(({ tokenHash: _, ...rest }) => JSON.stringify(rest));
      expect(new Set(left).size).toBe(1);
      const hashes = [...links.values()].map((link) => hashToken(link.split('/').at(-1)!));
      const tokens = await app.rows<{ tokenHash: string }>('SELECT tokenHash FROM survey_token');
      expect(tokens.map(({ tokenHash }) => tokenHash).sort()).toEqual(hashes.sort());
    });

    it('tells of an unused link neither municipality nor tenure', async () => {
      const unused = await app.rows<{ sealedGroups: string }>(
        'SELECT sealedGroups FROM survey_token WHERE isUsed = 0',
      );
      expect(unused.length).toBeGreaterThan(3);
      expect(new Set(unused.map(({ sealedGroups }) => sealedGroups.length)).size).toBe(1);
      for (const { sealedGroups } of unused) expect(sealedGroups).not.toMatch(/751|615|year|other/);
    });

    it('keeps rows in the order of their random keys, and none in that in which they came', async () => {
      for (const [table, key] of [
        ['survey_answer', 'id'],
        ['survey_comment', 'id'],
        ['survey_token', 'tokenHash'],
      ] as const) {
        if (!isMariadb) await expect(app.rows(`SELECT rowid FROM ${table}`)).rejects.toThrow();
        const keys = (await app.rows<Record<string, string>>(`SELECT * FROM ${table}`)).map(
          (row) => row[key]!,
        );
        expect(keys).toEqual([...keys].sort());
        const columns = app
          .get(Database)
          .reader.entityMetadatas.find(({ tableName }) => tableName === table)!.columns;
        expect(
          columns
            .map(({ propertyName }) => propertyName)
            .filter((name) => /At$|[a-z]On$|person/i.test(name) && name !== 'dimension'),
        ).toEqual([]);
      }
    });

    it('has the keys of answers in no other table', async () => {
      const dump = await wholeDatabase();
      const { survey_answer: answers = [], survey_comment: comments = [], ...others } = dump;
      const elsewhere = JSON.stringify(others);
      for (const row of [...answers, ...comments]) expect(elsewhere).not.toContain(String(row['id']));
      expect(elsewhere).not.toMatch(/Ord nummer/);
      expect(JSON.stringify(answers)).not.toMatch(/Ord nummer/);
    });

    it('has sums that say nothing without the secret of the wave', async () => {
      const sums = await app.rows<{ answers: number; total: number }>(
        'SELECT answers, total FROM survey_sum',
      );
      expect(sums.length).toBeGreaterThan(20);
      // Random beginnings below a thousand million: a number below a million among them comes once in many runs.
      expect(sums.filter(({ answers }) => answers < 1000)).toEqual([]);
    });
  });

  describe('once it is closed', () => {
    let figures: Record<string, Figure[]>;
    /** The combinations of stamps that enough answers share, which are those that are left. */
    const kept = new Map<string, Set<string>>();

    beforeAll(async () => {
      expect((await world.secretariat.post(`/surveys/${surveyId}/closings`)).status).toBe(200);
      figures = await allFigures(surveyId);
      const rows = await app.rows<{ dimension: string; c: number | boolean; a: number | boolean }>(
        'SELECT DISTINCT dimension, stampCompleted AS c, stampAttended AS a FROM survey_answer WHERE stampCompleted IS NOT NULL',
      );
      for (const { dimension, c, a } of rows)
        kept.set(dimension, (kept.get(dimension) ?? new Set()).add(`${Number(c)}${Number(a)}`));
    });

    it('gives figures, of as many as it may', () => {
      expect(figures['total']!.find(({ parameter }) => parameter === 'meaning')).toMatchObject({
        answers: respondents.length,
      });
      expect(figures['municipality']!.some(({ isHidden }) => !isHidden)).toBe(true);
      expect(figures['municipality']!.some(({ isHidden }) => isHidden)).toBe(true);
    });

    it('has no figure of fewer than k answers', () => {
      for (const { answers, mean } of Object.values(figures).flat())
        if (answers !== null || mean !== null) expect(answers).toBeGreaterThanOrEqual(K);
    });

    it.each(['', 'meaning', 'workload', 'claimed_elearning'])(
      'lets nobody reckon anything of a few on "%s", whatever is added and subtracted',
      (parameter) => {
        expect(leastTold(parameter)).toBeGreaterThanOrEqual(K);
      },
    );

    it('shows on the pages what it gives to programs, and no more', async () => {
      for (const by of ['total', 'question', ...BREAKDOWNS]) {
        const { text } = await world.secretariat.call('GET', `/trivsel/${surveyId}?by=${by}`);
        const hidden = figures[by]!.filter(({ isHidden }) => isHidden).length;
        expect([by, text.split('Vises ikke: for få svar').length - 1]).toEqual([by, hidden]);
      }
      const { body } = await world.secretariat.get(`/surveys/comparison?base=${surveyId}&with=${surveyId}`);
      for (const { parameter, with: side } of body['items'] as Record<string, any>[]) {
        const own = figures['total']!.find((figure) => figure.parameter === parameter)!;
        expect(side).toEqual({ answers: own.answers, mean: own.mean });
      }
    });

    it('joins no answer to fewer than five people, with stamps and with sums', async () => {
      const rows = await app.rows<{
        dimension: string;
        score: number;
        stampCompleted: number | boolean | null;
        stampAttended: number | boolean | null;
      }>('SELECT dimension, score, stampCompleted, stampAttended FROM survey_answer WHERE surveyId = ?', [
        surveyId,
      ]);
      for (const dimension of ['meaning', 'workload', 'claimed_elearning']) {
        const own = rows.filter((row) => row.dimension === dimension);
        const scores = own.map(({ score }) => Math.round(100 * score));
        for (const [place, row] of own.entries()) {
          const stamps =
            row.stampCompleted === null ? null : `${Number(row.stampCompleted)}${Number(row.stampAttended)}`;
          const people = agents.filter(
            (agent) =>
              (stamps === null || stampsOf(agent) === stamps) &&
              mayBelong('municipality', agent.municipality, dimension, scores, place) &&
              mayBelong('tenure', tenureOf(agent.years), dimension, scores, place),
          );
          expect(people.length).toBeGreaterThanOrEqual(K);
        }
      }
    });

    it('has nothing left that leads from a mail to an answer', async () => {
      expect(await app.count('survey_token')).toBe(0);
      expect(await app.count('survey_sum')).toBe(0);
      expect(await app.count('survey', 'sealedSecret IS NOT NULL')).toBe(0);
      const dump = JSON.stringify(await wholeDatabase());
      for (const link of links.values()) {
        const token = link.split('/').at(-1)!;
        expect(dump).not.toContain(token);
        expect(dump).not.toContain(hashToken(token));
      }
    });

    it('stays what it was when somebody who answered is erased', async () => {
      const gone = respondents[0]!;
      const on = localDateOf(app.clock.now());
      await world.secretariat.post(`/agents/${gone.id}/departures`, { on: addDays(on, -1) });
      const { body } = await world.secretariat.get(`/agents/${gone.id}`);
      const erased = await world.secretariat.post(`/people/${body['personId']}/erasures`);
      expect(erased.status).toBeLessThan(300);
      expect(await allFigures(surveyId)).toEqual(figures);
      expect(await app.count('survey_answer', "dimension = 'meaning'")).toBe(respondents.length);
    });

    it('tells nothing of the one who is missing when the others answer again', async () => {
      const secondId = await openWave('Trivsel igen');
      const again = await surveyLinks(app);
      for (const [n, { email }] of respondents.slice(1).entries()) {
        const answers = { meaning_help: String(1 + ((n * 2) % 5)), meaning_glad: String(1 + (n % 4)) };
        await answerSurvey(app, again.get(email)!, answers);
      }
      await world.secretariat.post(`/surveys/${secondId}/closings`);
      const second = await allFigures(secondId);
      const sumOf = (all: Record<string, Figure[]>) => {
        const total = all['total']!.find(({ parameter }) => parameter === 'meaning')!;
        return total.answers! * total.mean!;
      };
      // What somebody answers is another number in each wave, so the difference of two waves is nobody's answer.
      const { meaning_help: help, meaning_glad: glad } = respondents[0]!.answers;
      const missing = (25 * (Number(help) - 1) + 25 * (Number(glad) - 1)) / 2;
      expect(Math.abs(sumOf(figures) - sumOf(second) - missing)).toBeGreaterThan(1);
      for (const { answers, mean } of Object.values(second).flat())
        if (answers !== null || mean !== null) expect(answers).toBeGreaterThanOrEqual(K);
    });

    /** The least number of respondents whose figures can be reckoned, by combinations with coefficients −1, 0 and 1. */
    function leastTold(parameter: string): number {
      const asked = respondents.filter(
        ({ answers }) => parameter !== 'claimed_elearning' || answers[parameter],
      );
      const known = asked.map((one) => kindOf(one, kept.get(parameter)?.has(stampsOf(one)) ?? false));
      const kinds = [...new Set(known.map((groups) => JSON.stringify(groups)))].map((text) => ({
        groups: JSON.parse(text) as Record<By, string>,
        answers: known.filter((groups) => JSON.stringify(groups) === text).length,
      }));
      const shown = BREAKDOWNS.flatMap((by) =>
        figures[by]!.filter((figure) => figure.parameter === parameter && !figure.isHidden).map(
          ({ group, answers }) => ({ by, group: group!, answers: answers! }),
        ),
      );
      for (const { by, group, answers } of shown)
        expect(answers).toBe(known.filter((groups) => groups[by] === group).length);
      const sets = shown.map(({ by, group }) => kinds.map(({ groups }) => Number(groups[by] === group)));
      return leastIndicator([kinds.map(() => 1), ...sets], kinds);
    }

    /** Whether the scores of a group's shown sum can hold this one: the others of the sum are looked for among all answers. */
    function mayBelong(
      by: By,
      group: string,
      parameter: string,
      scores: readonly number[],
      place: number,
    ): boolean {
      const figure = figures[by]!.find((one) => one.parameter === parameter && one.group === group);
      if (!figure || figure.isHidden) return true;
      const wanted = Math.round(100 * figure.mean! * figure.answers!) - scores[place]!;
      const others = scores.filter((_, n) => n !== place);
      // Sums that some of the scores come to, by how many they are.
      const sums = Array.from({ length: figure.answers! }, () => new Set<number>());
      sums[0]!.add(0);
      for (const score of others)
        for (let count = figure.answers! - 1; count > 0; count -= 1)
          for (const sum of sums[count - 1]!) sums[count]!.add(sum + score);
      return [...sums.at(-1)!].some((sum) => Math.abs(sum - wanted) <= figure.answers!);
    }
  });

  /** Which groups somebody's answer was counted in, as far as they are shown at all. */
  function kindOf(one: Respondent, isKept: boolean): Record<By, string> {
    const { municipality, years, isCompleted, hasAttended } = one;
    const stamps = one.stamps && isKept;
    return {
      municipality,
      tenure: tenureOf(years),
      completed: stamps ? String(Number(isCompleted)) : '',
      attended: stamps ? String(Number(hasAttended)) : '',
    };
  }

  async function allFigures(id: number): Promise<Record<string, Figure[]>> {
    const all: Record<string, Figure[]> = {};
    for (const by of ['total', 'question', ...BREAKDOWNS])
      all[by] = (await world.secretariat.get(`/surveys/${id}/results?by=${by}`)).body['items'];
    return all;
  }

  async function openWave(title: string): Promise<number> {
    const { body } = await world.secretariat.post('/surveys', { title, year: 2026 });
    await world.secretariat.post(`/surveys/${body['id']}/invitations`);
    return body['id'];
  }

  async function wholeDatabase(): Promise<Record<string, Record<string, unknown>[]>> {
    const dump: Record<string, Record<string, unknown>[]> = {};
    for (const { tableName } of app.get(Database).reader.entityMetadatas)
      dump[tableName] = await app.rows(`SELECT * FROM ${tableName}`);
    return dump;
  }

  function isBetween(value: unknown): boolean {
    const instant =
      value instanceof Date
        ? value
        : /^\d{4}-\d\d-\d\d \d\d:/.test(String(value))
          ? new Date(`${String(value).replace(' ', 'T')}Z`)
          : null;
    return instant !== null && instant >= began && instant <= ended;
  }

  async function later(ms: number): Promise<void> {
    app.clock.advance(ms);
    world.secretariat = await signIn(app, 'sekretariat@ddh.test');
    // Signing in leaves an instant of its own.
    app.clock.advance(60_000);
  }
});

/** What the server's log is written to. */
function logStream(app: TestApp): { write: (line: string) => unknown } {
  const { log } = app.app.getHttpAdapter().getInstance() as unknown as {
    log: Record<symbol, { write: (line: string) => unknown }>;
  };
  const key = Object.getOwnPropertySymbols(log).find(({ description }) => description === 'pino.stream');
  return log[key!]!;
}

/** Three municipalities, of which one is small, one wholly new but for a few. */
function people(): Omit<SurveyedAgent, 'id' | 'email'>[] {
  const one = (municipality: string, years: number, n: number) => ({
    municipality,
    years,
    isCompleted: n % 3 !== 0,
    hasAttended: n % 2 === 0,
  });
  return [
    ...Array.from({ length: 16 }, (_, n) => one('751', n % 2 === 0 ? 4 : 2, n)),
    ...Array.from({ length: 12 }, (_, n) => one('615', 0.3, n)),
    ...Array.from({ length: 3 }, (_, n) => one('791', 0.3, n)),
    ...Array.from({ length: 6 }, (_, n) => one('730', 4, n)),
  ];
}

/** Walks all combinations of the sets that come to an indicator; gives the fewest answers such a set has. */
function leastIndicator(sets: readonly (readonly number[])[], kinds: readonly { answers: number }[]): number {
  let least = Infinity;
  const walk = (place: number, sum: readonly number[]): void => {
    if (place === sets.length) {
      if (!sum.every((value) => value === 0 || value === 1)) return;
      const answers = kinds.reduce((all, kind, n) => all + kind.answers * sum[n]!, 0);
      if (answers > 0) least = Math.min(least, answers);
      return;
    }
    for (const coefficient of [-1, 0, 1])
      walk(
        place + 1,
        sum.map((value, n) => value + coefficient * sets[place]![n]!),
      );
  };
  walk(
    0,
    kinds.map(() => 0),
  );
  return least;
}
