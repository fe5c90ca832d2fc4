import fc from 'fast-check';
import type { Principal } from '../../src/common/access/principal.js';
import { DomainError } from '../../src/common/domain-error.js';
import { addDays, localDateOf } from '../../src/common/local-date.js';
import { execute, toInstantOrNull } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { DepartureService, EmploymentClock, TransferService } from '../../src/modules/agents/index.js';
import { EnrolmentChangesService, WAIVER_REASONS } from '../../src/modules/courses/index.js';
import { GuideService, ReceiptService, SkillService } from '../../src/modules/guides/index.js';
import { RegistrationService } from '../../src/modules/onboarding/index.js';
import { GuideSpread, ReadinessQueries, ShiftReadinessQueries } from '../../src/modules/readiness/index.js';
import { OverrideService } from '../../src/modules/readiness/overrides/override.service.js';
import { ReadinessPolicyService } from '../../src/modules/readiness/readiness-policy.service.js';
import type { Readiness } from '../../src/modules/readiness/index.js';
import { ShiftService } from '../../src/modules/shifts/index.js';
import { anAgent, buildWorld } from '../support/builders.js';
import { principalOf } from '../support/principal.js';
import { OverrideModel, ReadinessModel } from '../support/readiness-model.js';
import { RequirementModel, type ModelRequirement } from '../support/requirement-model.js';
import { TestApp } from '../support/test-app.js';

/** `npm run soak` asks for more. */
const ACTIONS = Number(process.env['REQUIREMENT_ACTIONS'] ?? 500);
const SEED = Number(process.env['REQUIREMENT_SEED'] ?? 20261122);
const HOUR = 3_600_000;
const MOST_AGENTS = 8;
const MOST_GUIDES = 5;
const EVERYONE = { kind: 'all' } as const;

/** How often each comes is how often it stands here. */
const KINDS =
  'register guide publish publish publish withdraw archive skills read read read read complete complete plan plan plan move swap cancel depart transfer advance spread spread attend policy override override'.split(
    ' ',
  );

const action = fc.record({
  kind: fc.constantFrom(...KINDS),
  agent: fc.nat(1000),
  other: fc.nat(1000),
  guide: fc.nat(1000),
  hours: fc.integer({ min: -100, max: 400 }),
  isMinor: fc.boolean(),
  isAcute: fc.boolean(),
  audience: fc.constantFrom('all', 'all', 'municipalities', 'skills'),
  code: fc.constantFrom('751', '615'),
  skill: fc.constantFrom('pas', 'mitid'),
});
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

describe('reading requirements', () => {
  let app: TestApp;
  let by: Principal;
  const agents: { id: number; email: string }[] = [];
  const guides: number[] = [];
  let courseId = 0;
  const overrides = new OverrideModel();

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-23T09:00:00Z');
    const world = await buildWorld(app);
    const { secretariat } = world;
    courseId = world.courseId;
    by = await principalOf(secretariat);
  });
  afterAll(() => app.stop());

  const call = { key: undefined, caller: 'test', route: 'test', body: null };
  const today = () => localDateOf(app.clock.now());
  const after = (hours: number) => new Date(app.clock.now().getTime() + hours * HOUR);
  const chosen = <T>(from: readonly T[], n: number): T | undefined => from[n % Math.max(1, from.length)];

  it(`kept through ${ACTIONS} random changes equal those reckoned from scratch`, async () => {
    let taken = 0;
    let compared = 0;
    let answered = 0;
    for (const [n, one] of fc.sample(action, { seed: SEED, numRuns: ACTIONS }).entries()) {
      const isTaken = await perform(one).catch((error: unknown) => {
        if (error instanceof DomainError) return false;
        throw error;
      });
      if (isTaken) taken += 1;
      // Versions that are still being spread are the business of `GuideSpread`; all others must be right at any time.
      const spread = new Set(
        (await app.rows<{ id: number }>('SELECT id FROM guide_version WHERE spreadAt IS NOT NULL')).map(
          ({ id }) => id,
        ),
      );
      const settled = (rows: ModelRequirement[]) => rows.filter(({ versionId }) => spread.has(versionId));
      const [kept, model] = [
        settled(await stored()),
        settled((await RequirementModel.read(app)).requirements()),
      ];
      const note = `action ${n} of seed ${SEED}: ${JSON.stringify(one)}`;
      expect({ note, requirements: kept }).toEqual({ note, requirements: model });
      compared += model.length;
      answered += await compareReadiness(note, one.hours);
    }
    await app.get(GuideSpread).run();
    expect(await stored()).toEqual((await RequirementModel.read(app)).requirements());
    // Most of them must come to something, or nothing is tested.
    expect(taken).toBeGreaterThan(ACTIONS / 3);
    expect(compared).toBeGreaterThan(ACTIONS * 5);
    expect(answered).toBeGreaterThan(ACTIONS * 5);
    if (process.env['SOAK_REPORT'])
      process.stderr.write(
        `figures: ${ACTIONS} changes, ${taken} of them possible; ${compared} requirements and ${answered} answers compared\n`,
      );
  }, 3_600_000);

  /** Every shift of the plan, and every agent at one more instant, also while versions are being spread. */
  async function compareReadiness(note: string, hours: number): Promise<number> {
    const model = await ReadinessModel.read(app);
    const counting = overrides.left(model.shifts);
    const answers = new Map<number, string[]>();
    for await (const shifts of app.get(ShiftReadinessQueries).batches(EVERYONE, {}, 7))
      for (const shift of shifts) answers.set(shift.shiftId, told(shift, shift.override !== null));
    const expected = model.shifts.map(({ id, agentId, at }): [number, string[]] => {
      const [verdict, ...rest] = model.of(agentId, at);
      return counting.has(id) ? [id, ['ready', 'by exception', ...rest]] : [id, [verdict!, ...rest]];
    });
    expect({ note, shifts: [...answers] }).toEqual({ note, shifts: expected });
    const at = after(hours);
    const questions = agents.map(({ id }) => ({ agentId: id, at }));
    const now = await app.get(ReadinessQueries).answers(questions);
    expect({ note, agents: now.map((answer) => told(answer)) }).toEqual({
      note,
      agents: agents.map(({ id }) => model.of(id, at.getTime())),
    });
    return expected.length + now.length;
  }

  function told(
    { ready, reasons, employment }: Readiness & { employment: { municipalityCode: string } },
    isOverridden = false,
  ): string[] {
    const words = (effect: string) =>
      reasons
        .filter((reason) => reason.effect === effect)
        .map(
          (reason) =>
            `${reason.code}${reason.code === 'guide_unread' ? ` ${reason.versionId}` : ''} ${effect}`,
        )
        .sort();
    return [
      ready ? 'ready' : 'not ready',
      ...(isOverridden ? ['by exception'] : []),
      `of ${employment.municipalityCode}`,
      ...words('blocks'),
      ...words('warns'),
    ];
  }

  async function perform(one: Action): Promise<boolean> {
    const agent = chosen(agents, one.agent);
    const guideId = chosen(guides, one.guide);
    switch (one.kind) {
      case 'register':
        return register(one);
      case 'guide':
        if (guides.length >= MOST_GUIDES) return false;
        guides.push((await app.get(GuideService).create('Pas', by.personId, call)).id);
        return true;
      case 'spread':
        await app.get(GuideSpread).run();
        return true;
      case 'advance':
        app.clock.set(after(Math.abs(one.hours) / 8).toISOString());
        await app.get(EmploymentClock).run();
        return true;
      case 'policy':
        await app.get(ReadinessPolicyService).decide(one.isMinor ? 'warns' : 'blocks', by.personId);
        return true;
    }
    if (guideId !== undefined && ['publish', 'withdraw', 'archive'].includes(one.kind))
      return onGuide(one, guideId);
    return agent ? onAgent(one, agent.id) : false;
  }

  async function onGuide(one: Action, guideId: number): Promise<boolean> {
    const guides = app.get(GuideService);
    if (one.kind === 'archive') await guides.archive(guideId, one.isMinor, by.personId);
    else if (one.kind === 'withdraw') await guides.withdraw(await versionOf(guideId, one.other), by.personId);
    else
      await guides.publish(
        guideId,
        {
          title: 'Pas',
          changeNote: 'Nyt gebyr',
          ...(one.hours % 4 === 0 ? { courseId } : { url: 'https://guides.example/pas' }),
          minor: one.isMinor,
          urgency: one.isAcute && one.isMinor ? 'acute' : 'normal',
          minutes: 5,
          effectiveFrom: after(one.hours / 3),
          audience: {
            kind: one.audience,
            codes: one.audience === 'skills' ? [one.skill] : [one.code],
          },
        },
        by.personId,
        call,
      );
    return true;
  }

  async function onAgent(one: Action, agentId: number): Promise<boolean> {
    const shifts = app.get(ShiftService);
    const startsAt = after(one.hours);
    const times = { startsAt, endsAt: new Date(startsAt.getTime() + 6 * HOUR) };
    switch (one.kind) {
      case 'skills':
        await app.get(SkillService).replace(agentId, one.isMinor ? [one.skill] : [], by.personId);
        return true;
      case 'read':
        await app
          .get(ReceiptService)
          .read(await versionOf(chosen(guides, one.guide) ?? 0, one.other), agentId);
        return true;
      case 'complete':
        return complete(one, agentId);
      case 'plan':
        await shifts.plan(EVERYONE, { agentId, ...times }, { personId: by.personId, source: 'api' }, call);
        return true;
      case 'depart':
        // Seldom, or nobody is left.
        if (!one.isMinor || !one.isAcute) return false;
        await app.get(DepartureService).depart(agentId, addDays(today(), one.hours > 200 ? 3 : 0), by, call);
        return true;
      case 'attend':
        await app
          .get(UnitOfWork)
          .run((tx) =>
            execute(tx, 'UPDATE agent SET onboardingAttendedOn = ? WHERE id = ?', [
              one.isMinor ? null : '2026-01-15',
              agentId,
            ]),
          );
        return true;
      case 'transfer':
        await app
          .get(TransferService)
          .transfer(agentId, { municipalityCode: one.code, leaderId: undefined, on: today() }, by, call);
        return true;
      default:
        return onShift(one, agentId, times);
    }
  }

  async function complete(one: Action, agentId: number): Promise<boolean> {
    const [enrolment] = await app.rows<{ id: number; state: string }>(
      'SELECT e.id, e.state FROM enrolment e JOIN agent a ON a.personId = e.personId WHERE a.id = ? AND e.courseId = ?',
      [agentId, courseId],
    );
    if (!enrolment) return false;
    const changes = app.get(EnrolmentChangesService);
    if (enrolment.state === 'waived') await changes.revokeWaiver(enrolment.id, by);
    else if (enrolment.state === 'completed') await annul(enrolment.id);
    else if (one.isAcute) await changes.waive(enrolment.id, WAIVER_REASONS[0], by, call);
    else
      await changes.complete(enrolment.id, { completedOn: addDays(today(), one.isMinor ? -9 : 0) }, by, call);
    return true;
  }

  async function annul(enrolmentId: number): Promise<void> {
    const [event] = await app.rows<{ id: number }>(
      'SELECT id FROM completion_event WHERE enrolmentId = ? AND annulledAt IS NULL ORDER BY id DESC',
      [enrolmentId],
    );
    await app.get(EnrolmentChangesService).annul(enrolmentId, event!.id, by);
  }

  async function onShift(
    one: Action,
    agentId: number,
    times: { startsAt: Date; endsAt: Date },
  ): Promise<boolean> {
    const rows = await app.rows<{ id: number; version: number }>(
      'SELECT id, version FROM shift WHERE agentId = ? ORDER BY id',
      [agentId],
    );
    const shift = chosen(rows, one.guide);
    if (!shift) return false;
    const { id, version } = shift;
    if (one.kind === 'override') return override(id);
    const shifts = app.get(ShiftService);
    if (one.kind === 'cancel') await shifts.cancel(EVERYONE, id, by.personId);
    else if (one.kind === 'move') await shifts.change(EVERYONE, id, { version, ...times }, by.personId);
    else await shifts.change(EVERYONE, id, { version, agentId: chosen(agents, one.other)!.id }, by.personId);
    return true;
  }

  async function override(shiftId: number): Promise<boolean> {
    const fields = { shiftId, reason: 'has_been_briefed' } as const;
    const { agentId, startsAt } = await app.get(OverrideService).make(fields, by, call);
    overrides.add({ id: shiftId, agentId, at: Date.parse(startsAt) });
    return true;
  }

  async function register(one: Action): Promise<boolean> {
    const [row] = await app.rows<{ n: number }>(
      'SELECT COUNT(*) AS n FROM employment WHERE openAgentId IS NOT NULL',
    );
    if (row!.n >= MOST_AGENTS) return false;
    const left = await app.rows<{ id: number }>(
      'SELECT id FROM agent a WHERE NOT EXISTS (SELECT 1 FROM employment m WHERE m.openAgentId = a.id)',
    );
    const back = one.isMinor ? agents.find(({ id }) => left.some((gone) => gone.id === id)) : undefined;
    const input = {
      ...(anAgent() as { firstName: string; lastName: string; email: string }),
      ...(back && { email: back.email }),
      municipalityCode: one.code,
      startOn: today(),
      kind: one.isAcute ? 'existing' : 'new',
    } as const;
    const { id } = await app.get(RegistrationService).register(input, by, call, 'da');
    if (!back) agents.push({ id, email: input.email });
    return true;
  }

  async function versionOf(guideId: number, n: number): Promise<number> {
    const rows = await app.rows<{ id: number }>(
      'SELECT id FROM guide_version WHERE guideId = ? ORDER BY id',
      [guideId],
    );
    return chosen(rows, n)?.id ?? 0;
  }

  async function stored(): Promise<ModelRequirement[]> {
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
