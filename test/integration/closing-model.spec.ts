import fc from 'fast-check';
import { DomainError } from '../../src/common/domain-error.js';
import { addDays } from '../../src/common/local-date.js';
import { execute } from '../../src/database/sql.js';
import { UnitOfWork, type Tx } from '../../src/database/unit-of-work.js';
import { ClosingUndoService } from '../../src/modules/quality/closing/closing-undo.service.js';
import { MonthClosingService } from '../../src/modules/quality/closing/month-closing.service.js';
import { MonthPreviews } from '../../src/modules/quality/closing/month-previews.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { ClosingModel, type ModelCalls, type ModelPolicy } from '../support/closing-model.js';
import { addFigures, clearClosings, importMonths, setPolicy, signAgreement } from '../support/quality.js';
import { TestApp } from '../support/test-app.js';

/** `npm run soak` asks for 2,000. */
const HISTORIES = Number(process.env['CLOSING_HISTORIES'] ?? 40);
const AGENTS = 4;
const MONTHS = ClosingModel.upTo('2026-12');
const MUNICIPALITIES = ['751', '615'];
const CALL = { key: undefined, caller: 'test', route: 'test', body: null };

/** Calls of all kinds, most of them below; some are too few to know, some are above with warm transfers only. */
const CALLS: Record<string, ModelCalls> = {
  low: { answered: 100, resolved: 30, warm: 0 },
  warm: { answered: 100, resolved: 40, warm: 15 },
  few: { answered: 8, resolved: 3, warm: 0 },
  half: { answered: 100, resolved: 50, warm: 0 },
  none: { answered: 0, resolved: 0, warm: 0 },
};
const KINDS = 'low low low low low warm few half none'.split(' ');

const policy = fc.record<ModelPolicy>({
  months: fc.constantFrom(3, 3, 3, 2, 4),
  watch: fc.constantFrom(2, 2, 1),
  minimum: fc.constantFrom(0, 0, 10),
  countsWarm: fc.boolean(),
  from: fc.constantFrom('2026-01', '2026-01', '2026-04'),
});
const month = fc.constantFrom(...MONTHS);
const agent = fc.nat(AGENTS - 1);
const day = fc.integer({ min: 1, max: 28 }).map((n) => String(n).padStart(2, '0'));

/** What may happen; how often each comes is how often it stands here. */
const action = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('close' as const), month, out: fc.subarray([0, 1, 2, 3]) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('calls' as const),
      agent,
      month,
      calls: fc.constantFrom(...KINDS),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('import' as const), month }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), which: fc.nat(50) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('move' as const), agent, month, day }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), agent, month, day }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('policy' as const), policy }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('agree' as const),
      code: fc.constantFrom(...MUNICIPALITIES),
      month,
      day,
    }),
  },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const history = fc.record({
  policy,
  gaps: fc.subarray(MONTHS, { maxLength: 2 }),
  calls: fc.array(fc.array(fc.constantFrom(...KINDS), { minLength: 12, maxLength: 12 }), {
    minLength: AGENTS,
    maxLength: AGENTS,
  }),
  actions: fc.array(action, { minLength: 10, maxLength: 30 }),
});

describe('closing months', () => {
  let app: TestApp;
  let world: World;
  let byPersonId: number;
  let agentIds: number[];
  let model: ClosingModel;
  const seen = { closings: 0, refused: 0, cases: 0, followUps: 0, undone: 0, watch: 0, unknown: 0 };

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2027-02-02T09:00:00Z');
    world = await buildWorld(app, { withCourse: false });
    byPersonId = (await world.secretariat.get('/me')).body['personId'];
    agentIds = [];
    for (let n = 0; n < AGENTS; n += 1) {
      const input = anAgent({ kind: 'existing', startOn: '2025-01-06', municipalityCode: '751' });
      agentIds.push((await world.secretariat.post('/agents', input)).body['id']);
    }
  });
  afterAll(() => app.stop());

  const write = <T>(work: (tx: Tx) => Promise<T>) => app.get(UnitOfWork).run(work);

  it(`goes through ${HISTORIES} random histories as an independent model does, one case a streak`, async () => {
    const seed = Number(process.env['CLOSING_SEED'] ?? 20261130);
    await fc.assert(
      fc.asyncProperty(history, async ({ actions, ...beginning }) => {
        await begin(beginning);
        for (const one of actions) {
          await perform(one);
          await compare();
        }
        for (const each of MONTHS) await comparePreview(each);
      }),
      { seed, numRuns: HISTORIES, endOnFailure: Boolean(process.env['CLOSING_FAST']) },
    );
    // Where little of this ever happened, the numbers were chosen badly.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(HISTORIES / 10);
    if (process.env['SOAK_REPORT'])
      process.stderr.write(`figures: ${HISTORIES} histories, ${JSON.stringify(seen)}\n`);
  }, 3_600_000);

  async function begin({
    policy: first,
    gaps,
    calls,
  }: Omit<typeof history extends fc.Arbitrary<infer T> ? T : never, 'actions'>) {
    model = new ClosingModel(first);
    await write(async (tx) => {
      await clearClosings(tx);
      await execute(tx, 'DELETE FROM employment');
      await decide(tx, first);
      for (const code of MUNICIPALITIES) {
        model.agreed.set(code, '2025-06-01');
        await signAgreement(tx, code, '2025-06-01');
      }
      for (const [n, agentId] of agentIds.entries()) {
        model.periods.set(agentId, []);
        await employ(tx, agentId, '751', '2025-01-06');
        for (const [index, one] of MONTHS.entries())
          if (!gaps.includes(one)) await put(tx, agentId, one, calls[n]![index]!);
      }
    });
  }

  async function perform(one: Action): Promise<void> {
    const agentId = 'agent' in one ? agentIds[one.agent]! : 0;
    switch (one.kind) {
      case 'close':
        return close(
          one.month,
          one.out.map((n) => agentIds[n]!),
        );
      case 'undo':
        return undo(one.which);
      case 'calls':
        return write((tx) => put(tx, agentId, one.month, one.calls));
      case 'import':
        model.imported.add(one.month);
        return write((tx) => importMonths(tx, [one.month]));
      case 'policy':
        model.policy = one.policy;
        return write((tx) => decide(tx, one.policy));
      case 'agree':
        model.agreed.set(one.code, `${one.month}-${one.day}`);
        return write(async (tx) => {
          await execute(tx, 'UPDATE figures_agreement SET figuresFrom = ? WHERE municipalityCode = ?', [
            `${one.month}-${one.day}`,
            one.code,
          ]);
        });
      case 'move':
      case 'leave':
        return write((tx) => change(tx, agentId, `${one.month}-${one.day}`, one.kind));
    }
  }

  async function decide(tx: Tx, chosen: ModelPolicy): Promise<void> {
    await setPolicy(tx, {
      months: chosen.months,
      watchMonths: chosen.watch,
      minimumCalls: chosen.minimum,
      warmTransferCounts: chosen.countsWarm,
      appliesFrom: chosen.from,
    });
  }

  async function put(tx: Tx, agentId: number, one: string, kind: string): Promise<void> {
    const calls = CALLS[kind]!;
    model.imported.add(one);
    model.calls.set(`${agentId} ${one}`, calls);
    await addFigures(tx, agentId, { [one]: [calls.answered, calls.resolved, calls.warm] });
  }

  async function employ(tx: Tx, agentId: number, code: string, from: string): Promise<void> {
    model.periods.get(agentId)!.push({ municipality: code, from, to: null });
    await execute(
      tx,
      `INSERT INTO employment (agentId, openAgentId, municipalityCode, leaderId, kind, startOn, effectiveFromOn, createdAt)
       VALUES (?, ?, ?, ?, 'existing', ?, ?, ?)`,
      [agentId, agentId, code, world.leaderId, from, from, app.clock.now()],
    );
  }

  /** A move to the other municipality, a departure, or the return of somebody who has left. */
  async function change(tx: Tx, agentId: number, on: string, kind: 'move' | 'leave'): Promise<void> {
    const last = model.periods.get(agentId)!.at(-1)!;
    if (on <= last.from || (last.to !== null && on <= last.to)) return;
    if (last.to === null) {
      last.to = addDays(on, -1);
      await execute(
        tx,
        "UPDATE employment SET openAgentId = NULL, endOn = ?, endReason = 'departed' WHERE openAgentId = ?",
        [last.to, agentId],
      );
      if (kind === 'leave') return;
    }
    await employ(tx, agentId, last.municipality === '751' ? '615' : '751', on);
  }

  async function close(one: string, out: number[]): Promise<void> {
    const hits = agentIds.filter((id) => model.find(id, one).outcome === 'hit');
    const excluded = out
      .filter((id) => hits.includes(id))
      .map((agentId) => ({ agentId, reason: 'other_tasks' as const }));
    const closing = app.get(MonthClosingService).close(one, { excluded, included: [] }, byPersonId, CALL);
    if (!model.canClose(one)) {
      await expect(closing).rejects.toThrow(DomainError);
      seen.refused += 1;
      return;
    }
    const { id, cases, followUps } = await closing;
    seen.closings += 1;
    seen.cases += cases.length;
    seen.followUps += followUps.length;
    model.close(id, one, new Set(out));
  }

  async function undo(which: number): Promise<void> {
    const standing = model.closings.filter(({ isUndone }) => !isUndone);
    const chosen = standing[which % Math.max(1, standing.length)];
    if (!chosen) return;
    await app.get(ClosingUndoService).undo(chosen.id, byPersonId);
    model.undo(chosen.id);
    seen.undone += 1;
  }

  /** Every case with its months, as a text each. */
  async function compare(): Promise<void> {
    const rows = await app.rows<{
      id: number;
      agentId: number;
      closingId: number;
      state: string;
      live: string | null;
    }>('SELECT id, agentId, closingId, state, liveStreakFrom AS live FROM quality_case ORDER BY id');
    const months = await app.rows<{ caseId: number; month: string; followUpOf: number | null }>(
      'SELECT caseId, month, followUpOf FROM quality_case_month ORDER BY caseId, month',
    );
    const real = rows.map(({ id, agentId, closingId, state }) => {
      const own = months.filter(({ caseId }) => caseId === id);
      const told = own.map((one) => one.month + (one.followUpOf === null ? '' : `+${one.followUpOf}`));
      return `${agentId} by ${closingId} ${state === 'withdrawn' ? 'withdrawn' : 'stands'}: ${told.join(' ')}`;
    });
    const expected = model.cases.map(({ agent: agentId, closing, isWithdrawn, months: first, later }) => {
      const added = later.map((one) => `${one.month}+${one.closing}`).sort();
      return `${agentId} by ${closing} ${isWithdrawn ? 'withdrawn' : 'stands'}: ${[...first, ...added].join(' ')}`;
    });
    expect(real.sort()).toEqual(expected.sort());
    // One case a streak: no month of an agent stands in two cases.
    const standing = rows.filter(({ state }) => state !== 'withdrawn');
    expect(standing.filter(({ live }) => live === null)).toEqual([]);
    const owner = new Map(standing.map(({ id, agentId }) => [id, agentId]));
    const taken = months
      .filter(({ caseId }) => owner.has(caseId))
      .map((one) => `${owner.get(one.caseId)} ${one.month}`);
    expect(new Set(taken).size).toBe(taken.length);
  }

  async function comparePreview(one: string): Promise<void> {
    const { items, unknown } = await app.get(MonthPreviews).of(one, { limit: 200 });
    const real = items.map(({ agentId, outcome, months }) => ({
      agentId,
      outcome,
      months: months.map((m) => m.month),
    }));
    const found = agentIds.map((agentId) => ({ agentId, ...model.find(agentId, one) }));
    const shown = found.filter(({ outcome }) => outcome !== 'none' && outcome !== 'unknown');
    const byId = (a: { agentId: number }, b: { agentId: number }) => a.agentId - b.agentId;
    expect({ one, items: real.sort(byId) }).toEqual({ one, items: shown.sort(byId) });
    seen.watch += shown.filter(({ outcome }) => outcome === 'watch').length;
    if (!model.imported.has(one)) return;
    const unsure = found.filter(({ outcome }) => outcome === 'unknown').map(({ agentId }) => agentId);
    seen.unknown += unsure.length;
    expect({ one, unknown: unknown.map(({ agentId }) => agentId).sort((a, b) => a - b) }).toEqual({
      one,
      unknown: unsure.sort((a, b) => a - b),
    });
  }
});
