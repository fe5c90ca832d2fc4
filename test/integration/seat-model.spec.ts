import fc from 'fast-check';
import type { Principal } from '../../src/common/access/principal.js';
import { DomainError } from '../../src/common/domain-error.js';
import { addDays, instantAt, localDateOf } from '../../src/common/local-date.js';
import { toInstant } from '../../src/database/sql.js';
import { DepartureService, EmploymentClock, TransferService } from '../../src/modules/agents/index.js';
import { AttendanceService } from '../../src/modules/onboarding-days/attendance/attendance.service.js';
import { BookingService } from '../../src/modules/onboarding-days/seats/booking.service.js';
import { DayChangesService } from '../../src/modules/onboarding-days/days/day-changes.service.js';
import { OnboardingDayService } from '../../src/modules/onboarding-days/onboarding-days.service.js';
import {
  SEAT_INVARIANTS,
  type SeatSnapshot,
} from '../../src/modules/onboarding-days/onboarding-days.rules.js';
import { RegistrationService } from '../../src/modules/onboarding/index.js';
import { anAgent, buildWorld } from '../support/builders.js';
import { principalOf } from '../support/principal.js';
import { SeatModel } from '../support/seat-model.js';
import { TestApp } from '../support/test-app.js';

/** `npm run soak` asks for 10,000. */
const ACTIONS = Number(process.env['SEAT_ACTIONS'] ?? 700);
const MOST_DAYS = 7;
const MOST_AGENTS = 30;
const STATUSES = ['attended', 'partial', 'no_show', 'excused'] as const;

/** How often each comes is how often it stands here. */
const KINDS =
  'register register register register plan book book book book cancel cancel cancel resize moveDay cancelDay mark depart transfer advance'.split(
    ' ',
  );

/** What may happen; the numbers choose among the agents and days there are. */
const action = fc.record({
  kind: fc.constantFrom(...KINDS),
  agent: fc.nat(1000),
  day: fc.nat(1000),
  size: fc.integer({ min: 1, max: 3 }),
  ahead: fc.integer({ min: 0, max: 60 }),
  status: fc.constantFrom(...STATUSES),
  isExisting: fc.boolean(),
});
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

describe('seats on onboarding days', () => {
  let app: TestApp;
  let by: Principal;
  let model: SeatModel;
  const emails = new Map<number, string>();

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-23T09:00:00Z');
    const world = await buildWorld(app);
    for (const { id } of (await world.secretariat.get('/onboarding-days')).body.items)
      await world.secretariat.post(`/onboarding-days/${id}/cancellations`);
    by = await principalOf(world.secretariat);
    model = new SeatModel(today());
  });
  afterAll(() => app.stop());

  const today = () => localDateOf(app.clock.now());
  const call = { key: undefined, caller: 'test', route: 'test', body: null };
  const chosen = <T>(from: Iterable<T>, n: number): T | undefined => {
    const all = [...from];
    return all[n % Math.max(1, all.length)];
  };

  it(`go through ${ACTIONS} random actions as an independent model does, and keep every invariant`, async () => {
    const seed = Number(process.env['SEAT_SEED'] ?? 20261122);
    const actions = fc.sample(action, { seed, numRuns: ACTIONS });
    let taken = 0;
    for (const [n, one] of actions.entries()) {
      if (await perform(one)) taken += 1;
      const [real, expected] = [await snapshot(), ofModel()];
      const note = `action ${n} of seed ${seed}: ${JSON.stringify(one)}`;
      expect({ note, bookings: real.bookings }).toEqual({ note, bookings: expected.bookings });
      for (const [sentence, holds] of Object.entries(SEAT_INVARIANTS))
        expect({ note, sentence, holds: holds(real) }).toEqual({ note, sentence, holds: true });
    }
    // Most of them must come to something, or nothing is tested.
    expect(taken).toBeGreaterThan(ACTIONS / 3);
    // Where nobody ever waited and nobody was ever promoted, the numbers were chosen badly.
    expect(model.promotions).toBeGreaterThan(ACTIONS / 40);
    if (process.env['SOAK_REPORT'])
      process.stderr.write(
        `figures: ${ACTIONS} actions, ${taken} of them possible, ${model.promotions} promotions\n`,
      );
  }, 3_600_000);

  /** Those who are there, and a few who have left. */
  function atHand() {
    const all = [...model.agents.values()];
    const left = all.filter((agent) => !agent.isEmployed);
    return [...all.filter((agent) => agent.isEmployed), ...left.slice(-3)];
  }

  async function perform(one: Action): Promise<boolean> {
    const agent = chosen(atHand(), one.agent);
    const day = chosen([...model.days.values()].slice(-MOST_DAYS), one.day);
    switch (one.kind) {
      case 'register':
        return register(one);
      case 'plan':
        return plan(one);
      case 'advance':
        return advance(one.ahead % 5);
      case 'depart':
      case 'transfer':
        return agent?.isEmployed ? leave(one, agent.id) : false;
    }
    if (!day) return false;
    if (one.kind === 'resize') return changed(model.resize(day.id, one.size), day.id, { capacity: one.size });
    if (one.kind === 'moveDay') {
      const on = addDays(today(), one.ahead);
      const [isMoved, hours] = [model.moveDay(day.id, on), hoursOn(on)];
      return changed(isMoved, day.id, { on, bookBy: addDays(on, -2), ...hours });
    }
    if (one.kind === 'cancelDay')
      return same(model.cancelDay(day.id), app.get(DayChangesService).cancel(day.id, by.personId));
    return agent ? seat(one, agent.id, day.id) : false;
  }

  function seat(one: Action, agentId: number, dayId: number): Promise<boolean> {
    if (one.kind === 'book')
      return same(model.book(agentId, dayId), app.get(BookingService).book(dayId, agentId, by, call));
    if (one.kind === 'cancel') return cancel(agentId, dayId);
    const marks = [{ agentId, status: one.status }];
    const marker = { personId: by.personId, source: 'roll_call' } as const;
    return same(
      model.mark(agentId, dayId, one.status),
      app.get(AttendanceService).mark(dayId, marks, marker),
    );
  }

  async function cancel(agentId: number, dayId: number): Promise<boolean> {
    const [row] = await app.rows<{ id: number }>(
      'SELECT id FROM booking WHERE dayId = ? AND (seatAgentId = ? OR waitAgentId = ?)',
      [dayId, agentId, agentId],
    );
    const isPossible = model.cancel(agentId, dayId);
    if (!row) expect(isPossible).toBe(false);
    return row ? same(isPossible, app.get(BookingService).cancel(dayId, row.id, by)) : false;
  }

  /** Somebody new, or somebody who left and comes back. */
  async function register({ isExisting, agent, ahead, size }: Action): Promise<boolean> {
    const left = [...model.agents.values()].filter((one) => !one.isEmployed);
    const back = size === 1 ? chosen(left, agent) : undefined;
    const employed = [...model.agents.values()].filter((one) => one.isEmployed);
    if (employed.length >= MOST_AGENTS || (back?.lastOn ?? '') >= today()) return false;
    const startOn = addDays(today(), ahead % 9);
    const kind = isExisting && size === 1 ? 'existing' : 'new';
    const input = {
      ...(anAgent() as { firstName: string; lastName: string; email: string }),
      ...(back && { email: emails.get(back.id)! }),
      municipalityCode: '751',
      startOn,
      kind,
    } as const;
    const { id, registeredAt } = await app.get(RegistrationService).register(input, by, call, 'da');
    emails.set(id, input.email);
    model.register({ id, kind, startOn, registeredAt });
    return true;
  }

  async function plan({ ahead, size }: Action): Promise<boolean> {
    const open = [...model.days.values()].filter((day) => day.on >= today() && !day.isCancelled);
    if (open.length >= MOST_DAYS) return false;
    const on = addDays(today(), ahead);
    const bookBy = addDays(on, -2);
    const { id } = await app
      .get(OnboardingDayService)
      .plan(
        { on, bookBy, capacity: size, venue: 'DOKK1', address: 'Aarhus C', ...hoursOn(on) },
        by.personId,
        call,
      );
    model.plan({ id, on, bookBy, capacity: size });
    return true;
  }

  async function leave({ kind, ahead }: Action, agentId: number): Promise<boolean> {
    const { startOn } = model.agents.get(agentId)!;
    if (kind === 'depart') {
      const on = [today(), startOn, addDays(today(), ahead)].sort((a, b) => (a < b ? -1 : 1)).at(-1)!;
      await app.get(DepartureService).depart(agentId, on, by, call);
      model.depart(agentId, on);
      return true;
    }
    const [period] = await app.rows<{ code: string }>(
      'SELECT municipalityCode AS code FROM employment WHERE openAgentId = ?',
      [agentId],
    );
    const to = { municipalityCode: period!.code === '751' ? '615' : '751', leaderId: undefined, on: today() };
    if (startOn >= today()) return false;
    await app.get(TransferService).transfer(agentId, to, by, call);
    const [begun] = await app.rows<{ createdAt: string | Date }>(
      'SELECT createdAt FROM employment WHERE openAgentId = ?',
      [agentId],
    );
    model.transfer(agentId, today(), toInstant(begun!.createdAt).toISOString());
    return true;
  }

  async function advance(days: number): Promise<boolean> {
    app.clock.set(`${addDays(today(), days)}T09:00:00Z`);
    await app.get(EmploymentClock).run();
    model.advance(today());
    return days > 0;
  }

  async function changed(isPossible: boolean, dayId: number, changes: object): Promise<boolean> {
    const [row] = await app.rows<{ version: number }>('SELECT version FROM onboarding_day WHERE id = ?', [
      dayId,
    ]);
    const change = app
      .get(DayChangesService)
      .change(dayId, { version: row!.version, ...changes }, by.personId);
    return same(isPossible, change);
  }

  /** The real one refuses what the model refuses, and nothing else. */
  async function same(isPossible: boolean, work: Promise<unknown>): Promise<boolean> {
    const outcome = await work.then(
      () => 'done',
      (error: unknown) => {
        if (error instanceof DomainError) return `refused: ${error.code}`;
        throw error;
      },
    );
    expect(outcome === 'done' ? 'done' : outcome).toMatch(isPossible ? /^done$/ : /^refused/);
    return isPossible;
  }

  function hoursOn(on: string) {
    return {
      startsAt: instantAt(on, '09:00').toISOString(),
      endsAt: instantAt(on, '15:30').toISOString(),
    };
  }

  async function snapshot(): Promise<SeatSnapshot> {
    const rows = await app.rows<{
      agentId: number;
      dayId: number | null;
      status: 'booked';
      seat: number | null;
    }>(
      `SELECT agentId, dayId, status, seatAgentId AS seat FROM booking WHERE status <> 'cancelled' AND (dayId IS NULL OR dayId > 1)`,
    );
    const days = await app.rows<{ id: number; seatsTaken: number }>(
      'SELECT id, seatsTaken FROM onboarding_day WHERE id > 1',
    );
    const bookings = rows.map(({ agentId, dayId, status, seat }) => ({
      agentId,
      dayId,
      status,
      isUsed: status === 'booked' && seat === null,
    }));
    const lines = await app.rows<{ agentId: number; dayId: number }>(
      "SELECT agentId, dayId FROM booking WHERE status = 'waitlisted' ORDER BY dayId, priority, id",
    );
    return {
      ...ofModel(),
      days: ofModel().days.map((day) => ({
        ...day,
        seatsTaken: days.find(({ id }) => id === day.id)!.seatsTaken,
      })),
      bookings: [
        ...sorted(bookings.filter(({ status }) => (status as string) !== 'waitlisted')),
        ...lines.map((line) => ({ ...line, status: 'waitlisted' as const, isUsed: false })),
      ],
    };
  }

  function ofModel(): SeatSnapshot {
    const agents = [...model.agents.values()];
    const days = [...model.days.values()].sort((a, b) => a.id - b.id);
    const used = days.flatMap(({ id, used: agentIds }) =>
      agentIds.map((agentId) => ({ agentId, dayId: id, status: 'booked' as const, isUsed: true })),
    );
    const held = agents.flatMap(({ id, seat: place }) =>
      place
        ? [
            {
              agentId: id,
              dayId: place.day,
              status: place.day === null ? ('unplaced' as const) : ('booked' as const),
              isUsed: false,
            },
          ]
        : [],
    );
    const lines = days.flatMap(({ id }) =>
      model
        .standing(id)
        .line.map((agentId) => ({ agentId, dayId: id, status: 'waitlisted' as const, isUsed: false })),
    );
    return {
      today: model.today,
      days: days.map((day) => ({ ...day, seatsTaken: model.standing(day.id).seats.length })),
      agents: agents.map((agent) => ({
        ...agent,
        isInNeed: model.isInNeed(agent),
        declinedDayIds: [...model.declined(agent)],
      })),
      bookings: [...sorted([...used, ...held]), ...lines],
    };
  }
});

function sorted(bookings: SeatSnapshot['bookings'][number][]): SeatSnapshot['bookings'][number][] {
  const key = (one: SeatSnapshot['bookings'][number]) => `${one.agentId} ${one.dayId} ${one.isUsed}`;
  return bookings.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
