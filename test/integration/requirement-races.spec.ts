import type { Principal } from '../../src/common/access/principal.js';
import { DomainError } from '../../src/common/domain-error.js';
import { addDays, localDateOf } from '../../src/common/local-date.js';
import { toInstantOrNull } from '../../src/database/sql.js';
import { DemoRandom } from '../../src/demo/full/demo-random.js';
import { DepartureService, TransferService } from '../../src/modules/agents/index.js';
import { GuideService, ReceiptService, SkillService } from '../../src/modules/guides/index.js';
import { RegistrationService } from '../../src/modules/onboarding/index.js';
import { GuideSpread } from '../../src/modules/readiness/index.js';
import { ShiftService } from '../../src/modules/shifts/index.js';
import { anAgent, buildWorld } from '../support/builders.js';
import { principalOf } from '../support/principal.js';
import { RequirementModel } from '../support/requirement-model.js';
import { TestApp } from '../support/test-app.js';

/** `npm run soak` asks for more. */
const ROUNDS = Number(process.env['REQUIREMENT_ROUNDS'] ?? 12);
const SEED = Number(process.env['REQUIREMENT_SEED'] ?? 20261122);
const TOGETHER = 10;
const HOUR = 3_600_000;
const EVERYONE = { kind: 'all' } as const;
const call = { key: undefined, caller: 'test', route: 'test', body: null };

describe('reading requirements while many change what they follow from', () => {
  let app: TestApp;
  let by: Principal;
  const random = new DemoRandom(SEED);

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-23T09:00:00Z');
    const { secretariat } = await buildWorld(app);
    by = await principalOf(secretariat);
    for (let n = 0; n < 6; n += 1) await register();
    for (let n = 0; n < 3; n += 1)
      await publish((await app.get(GuideService).create('Pas', by.personId, call)).id);
  });
  afterAll(() => app.stop());

  it(`are right after each of ${ROUNDS} rounds of ${TOGETHER} changes at once`, async () => {
    let done = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const works = Array.from({ length: TOGETHER }, () => oneOf()).concat([spread(), spread()]);
      const outcomes = await Promise.allSettled(works);
      for (const outcome of outcomes)
        if (outcome.status === 'fulfilled') done += 1;
        else if (!(outcome.reason instanceof DomainError)) throw outcome.reason;
      await spread();
      expect({ round, requirements: await stored() }).toEqual({
        round,
        requirements: (await RequirementModel.read(app)).requirements(),
      });
    }
    expect(done).toBeGreaterThan((ROUNDS * TOGETHER) / 2);
    expect(await app.count('reading_requirement')).toBeGreaterThan(5);
    if (process.env['SOAK_REPORT'])
      process.stderr.write(
        `figures: ${ROUNDS} rounds, ${done} changes and spreads, each round as reckoned from scratch\n`,
      );
  }, 3_600_000);

  const spread = () => app.get(GuideSpread).run();
  const keys = async (sql: string) => (await app.rows<{ id: number }>(sql)).map(({ id }) => id);
  const today = () => localDateOf(app.clock.now());

  async function oneOf(): Promise<unknown> {
    const agentId = random.pick(
      await keys('SELECT openAgentId AS id FROM employment WHERE openAgentId IS NOT NULL'),
    );
    const versionId = random.pick(await keys('SELECT id FROM guide_version'));
    const guideId = random.pick(await keys('SELECT id FROM guide'));
    const startsAt = new Date(app.clock.now().getTime() + random.int(-50, 300) * HOUR);
    const shift = { agentId, startsAt, endsAt: new Date(startsAt.getTime() + 6 * HOUR) };
    const works = [
      () => app.get(ReceiptService).read(versionId, agentId),
      () => app.get(ReceiptService).read(versionId, agentId),
      () => app.get(ShiftService).plan(EVERYONE, shift, { personId: by.personId, source: 'api' }, call),
      () => app.get(ShiftService).plan(EVERYONE, shift, { personId: by.personId, source: 'api' }, call),
      () => moveShift(startsAt, agentId),
      () => app.get(SkillService).replace(agentId, random.chance(0.5) ? ['pas'] : [], by.personId),
      () => publish(guideId),
      () => app.get(GuideService).withdraw(versionId, by.personId),
      () => app.get(GuideService).archive(guideId, random.chance(0.3), by.personId),
      () => transfer(agentId),
      () => (random.chance(0.3) ? app.get(DepartureService).depart(agentId, today(), by, call) : register()),
      () => register(),
    ];
    return random.pick(works)();
  }

  async function moveShift(startsAt: Date, agentId: number): Promise<void> {
    const shifts = await app.rows<{ id: number; version: number }>('SELECT id, version FROM shift');
    if (shifts.length === 0) return;
    const { id, version } = random.pick(shifts);
    const endsAt = new Date(startsAt.getTime() + 6 * HOUR);
    if (random.chance(0.3)) await app.get(ShiftService).cancel(EVERYONE, id, by.personId);
    else
      await app.get(ShiftService).change(EVERYONE, id, { version, agentId, startsAt, endsAt }, by.personId);
  }

  async function transfer(agentId: number): Promise<void> {
    const to = { municipalityCode: random.pick(['751', '615']), leaderId: undefined, on: today() };
    await app.get(TransferService).transfer(agentId, to, by, call);
  }

  async function register(): Promise<void> {
    const person = anAgent() as { firstName: string; lastName: string; email: string };
    const startOn = addDays(today(), -random.int(1, 9));
    const municipalityCode = random.pick(['751', '615']);
    await app
      .get(RegistrationService)
      .register({ ...person, municipalityCode, startOn, kind: 'existing' }, by, call, 'da');
  }

  async function publish(guideId: number): Promise<void> {
    const kind = random.pick(['all', 'all', 'municipalities', 'skills'] as const);
    await app.get(GuideService).publish(
      guideId,
      {
        title: 'Pas',
        changeNote: 'Nyt gebyr',
        url: 'https://guides.example/pas',
        minor: random.chance(0.4),
        urgency: random.chance(0.2) ? 'acute' : 'normal',
        minutes: 5,
        effectiveFrom: new Date(app.clock.now().getTime() + random.int(-30, 100) * HOUR),
        audience: { kind, codes: kind === 'skills' ? ['pas'] : ['751'] },
      },
      by.personId,
      call,
    );
  }

  async function stored() {
    const rows = await app.rows<{ agentId: number; versionId: number; dueAt: string; readAt: string }>(
      'SELECT agentId, versionId, dueAt, readAt FROM reading_requirement ORDER BY agentId, versionId',
    );
    return rows.map((row) => ({
      ...row,
      dueAt: toInstantOrNull(row.dueAt)?.toISOString() ?? null,
      readAt: toInstantOrNull(row.readAt)?.toISOString() ?? null,
    }));
  }
});
