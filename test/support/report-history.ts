import { addDays, instantAt, localDateOf, type LocalDate } from '../../src/common/local-date.js';
import type { Principal } from '../../src/common/access/principal.js';
import { DomainError } from '../../src/common/domain-error.js';
import type { IdempotentCall } from '../../src/database/idempotency.js';
import { DepartureService, EmploymentClock, TransferService } from '../../src/modules/agents/index.js';
import { EnrolmentChangesService } from '../../src/modules/courses/index.js';
import { PublicationService } from '../../src/modules/courses/publication.service.js';
import { MunicipalityService } from '../../src/modules/municipalities/index.js';
import { AttendanceService } from '../../src/modules/onboarding-days/attendance/attendance.service.js';
import { ATTENDANCE_STATUSES } from '../../src/modules/onboarding-days/attendance/attendance.rules.js';
import { BookingService } from '../../src/modules/onboarding-days/seats/booking.service.js';
import { DayChangesService } from '../../src/modules/onboarding-days/days/day-changes.service.js';
import { OnboardingDayService } from '../../src/modules/onboarding-days/onboarding-days.service.js';
import { AgentChangesService } from '../../src/modules/onboarding/agent-changes.service.js';
import { RegistrationService } from '../../src/modules/onboarding/index.js';
import { InboxService } from '../../src/modules/tracking/inbox.service.js';
import { ReportModel, type ModelAgent, type ModelEnrolment, type ModelEvent } from './report-model.js';
import type { TestApp } from './test-app.js';

/** One step of a history; numbers choose among what is there. */
export interface Step {
  kind: (typeof STEPS)[number];
  /** Whole days that pass before it. */
  wait: number;
  who: number;
  which: number;
  /** A day before or after today. */
  offset: number;
}

/** What may happen; those named twice happen more often. */
export const STEPS = [
  'register',
  'register',
  'registerExisting',
  'registerLeader',
  'return',
  'transfer',
  'transfer',
  'depart',
  'depart',
  'stay',
  'endMembership',
  'joinAgain',
  'progress',
  'complete',
  'complete',
  'fail',
  'completeByHand',
  'completeByHand',
  'annul',
  'waive',
  'waive',
  'revokeWaiver',
  'publish',
  'correctStart',
  'planDay',
  'book',
  'book',
  'giveUpSeat',
  'cancelDay',
  'rollCall',
  'rollCall',
  'rollCall',
  'rollCall',
] as const;

/** Municipalities in which a history takes place. */
export const CODES = ['751', '615', '791'] as const;
const CALL: IdempotentCall = { key: undefined, caller: 'test', route: 'test', body: null };

interface ManualEvent {
  eventId: number;
  event: ModelEvent;
  enrolment: ModelEnrolment;
}

/** Plays a history through the services of the product, and notes in the model what they took. */
export class ReportHistory {
  readonly model = new ReportModel();
  readonly leaders = new Map<string, number>();
  private byHand: ManualEvent[] = [];
  private days: { id: number; on: LocalDate }[] = [];
  private counter = 0;

  constructor(
    private readonly app: TestApp,
    private readonly secretariat: Principal,
    private readonly drafts: { versionId: number; courseId: number }[],
    private readonly published: string[],
  ) {}

  get today(): LocalDate {
    return localDateOf(this.app.clock.now());
  }

  /** Lets the days pass and takes the step; one that the product refuses has not happened. */
  async take(step: Step): Promise<void> {
    for (let day = 0; day < step.wait; day += 1) await this.nextDay();
    // Not all at the same time of day, but one after the other, and never past midnight.
    const minutes = step.wait > 0 ? 420 + (step.who % 700) : 1 + (step.which % 9);
    this.app.clock.set(new Date(this.app.clock.now().getTime() + minutes * 60_000).toISOString());
    try {
      await this[step.kind](step);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
    await this.seeSeats();
  }

  private async nextDay(): Promise<void> {
    this.app.clock.set(instantAt(addDays(this.today, 1), '00:05').toISOString());
    await this.app.get(EmploymentClock).run();
    this.model.dayBegins(this.today);
    await this.seeSeats();
  }

  /** Notes who holds a seat now, as the product lets one seat an agent stand. */
  private async seeSeats(): Promise<void> {
    const rows = await this.app.rows<{ agentId: number; on: LocalDate }>(
      "SELECT b.seatAgentId AS agentId, d.onDate AS `on` FROM booking b JOIN onboarding_day d ON d.id = b.dayId WHERE b.status = 'booked'",
    );
    const seats = new Map(rows.map(({ agentId, on }) => [agentId, on]));
    for (const agent of this.model.agents)
      agent.seats.push({ at: this.app.clock.now(), on: seats.get(agent.agentId) ?? null });
  }

  /** With few seats, so that there are lines. */
  async planDay({ which, offset }: Step): Promise<void> {
    const on = addDays(this.today, 1 + Math.abs(offset));
    // The product may plan two days for one date; a mark of the model is of a date.
    if (this.days.some((day) => day.on === on)) return;
    const at = (time: '09:00' | '15:00') => instantAt(on, time).toISOString();
    const times = { on, startsAt: at('09:00'), endsAt: at('15:00'), bookBy: on };
    const day = { ...times, venue: 'DOKK1', address: 'Aarhus C', capacity: 1 + (which % 3) };
    const { id } = await this.app.get(OnboardingDayService).plan(day, this.secretariat.personId, CALL);
    this.days.push({ id, on });
  }

  async book({ who, which }: Step): Promise<void> {
    const [agent, day] = [this.anAgent(who), pick(this.days, which)];
    if (agent && day) await this.app.get(BookingService).book(day.id, agent.agentId, this.secretariat, CALL);
  }

  async giveUpSeat({ who }: Step): Promise<void> {
    const rows = await this.app.rows<{ id: number; dayId: number }>(
      "SELECT id, dayId FROM booking WHERE status = 'booked' AND seatAgentId IS NOT NULL ORDER BY id",
    );
    const booking = pick(rows, who);
    if (booking) await this.app.get(BookingService).cancel(booking.dayId, booking.id, this.secretariat);
  }

  async cancelDay({ which }: Step): Promise<void> {
    const day = pick(this.days, which);
    if (day) await this.app.get(DayChangesService).cancel(day.id, this.secretariat.personId);
  }

  /** Marks whoever has a seat on a day that has begun, and in every third case somebody who has none. */
  async rollCall({ who, which }: Step): Promise<void> {
    const day = pick(
      this.days.filter(({ on }) => on <= this.today),
      which,
    );
    if (!day) return;
    const seated = await this.app.rows<{ agentId: number }>(
      'SELECT seatAgentId AS agentId FROM booking WHERE dayId = ? AND seatAgentId IS NOT NULL ORDER BY id',
      [day.id],
    );
    const ids = which % 3 === 0 ? [this.anAgent(who)?.agentId] : seated.map(({ agentId }) => agentId);
    const marks = ids
      .filter((id) => id !== undefined)
      .map((agentId, index) => ({ agentId, status: pick(ATTENDANCE_STATUSES, who + index) }));
    const marker = { personId: this.secretariat.personId, source: 'roll_call' } as const;
    await this.app.get(AttendanceService).mark(day.id, marks, marker);
    for (const { agentId, status } of marks)
      this.model.agents
        .find((agent) => agent.agentId === agentId)!
        .marks.set(day.on, { mustAttendAgain: status === 'no_show' || status === 'excused' });
  }

  async register(step: Step, changes: Record<string, unknown> = {}): Promise<void> {
    this.counter += 1;
    await this.registerAs(`agent.${this.counter}@test.test`, step, changes);
  }

  /** With the date of a completion in every other case. */
  async registerExisting(step: Step): Promise<void> {
    const on = addDays(this.today, -Math.abs(step.offset));
    await this.register(step, {
      kind: 'existing',
      ...(step.which % 2 === 0 && { elearningCompletedOn: on }),
      ...(step.which % 3 === 0 && { onboardingAttendedOn: on }),
    });
  }

  /** A leader who takes calls too, for another municipality. */
  async registerLeader(step: Step): Promise<void> {
    await this.registerAs(`leder.${pick(CODES, step.which)}@test.test`, step, { kind: 'existing' });
  }

  async return(step: Step): Promise<void> {
    const gone = this.model.agents.filter((agent) => !this.model.openPeriod(agent));
    const agent = pick(gone, step.which);
    if (agent) await this.registerAs(agent.email, step, {});
  }

  async transfer({ who, which, offset }: Step): Promise<void> {
    const agent = this.anAgent(who);
    if (!agent) return;
    const others = CODES.filter((code) => code !== agent.periods.at(-1)!.code);
    const code = pick(others, which);
    const on = addDays(this.today, offset);
    const done = await this.app
      .get(TransferService)
      .transfer(agent.agentId, { municipalityCode: code, on }, this.secretariat, CALL);
    const move = { on, code, leaderId: done.leaderId ?? null };
    if (done.state === 'done') this.model.move(agent, move);
    else {
      agent.moves.push(move);
      agent.moves.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
    }
  }

  async depart({ who, offset }: Step): Promise<void> {
    const agent = this.anAgent(who);
    if (!agent) return;
    const on = addDays(this.today, offset);
    const { state } = await this.app.get(DepartureService).depart(agent.agentId, on, this.secretariat, CALL);
    const open = this.model.openPeriod(agent)!;
    open.to = on;
    open.isOpen = state === 'planned';
  }

  async stay({ who }: Step): Promise<void> {
    const agent = this.anAgent(who);
    if (!agent) return;
    await this.app.get(DepartureService).cancel(agent.agentId, this.secretariat);
    this.model.openPeriod(agent)!.to = null;
  }

  async endMembership({ which, offset }: Step): Promise<void> {
    const code = pick(CODES, which);
    const last = this.model.memberships.get(code)!.at(-1)!;
    // For good, or for a long while yet.
    const to = addDays(this.today, offset > 15 ? 400 : offset);
    await this.app.get(MunicipalityService).endMembership(code, last.id, to, this.secretariat.personId);
    last.to = to;
  }

  async joinAgain({ which, offset }: Step): Promise<void> {
    const ended = CODES.filter((code) => this.model.memberships.get(code)!.at(-1)!.to !== null);
    const code = pick(ended, which);
    if (!code) return;
    const from = addDays(this.today, offset);
    const { id } = await this.app
      .get(MunicipalityService)
      .addMembership({ code, from, to: null }, this.secretariat.personId, CALL);
    this.model.memberships.get(code)!.push({ id, from, to: null });
  }

  progress(step: Step): Promise<void> {
    return this.report(step, { type: 'course.progressed' }, false);
  }

  complete(step: Step): Promise<void> {
    return this.report(step, { type: 'course.completed', success: step.which % 2 ? 'passed' : null }, true);
  }

  fail(step: Step): Promise<void> {
    return this.report(step, { type: 'course.completed', success: 'failed' }, false);
  }

  async completeByHand({ who, which, offset }: Step): Promise<void> {
    const enrolment = this.anEnrolment(who, which);
    if (!enrolment) return;
    const completedOn = addDays(this.today, Math.min(3, offset));
    await this.app
      .get(EnrolmentChangesService)
      .complete(enrolment.id, { completedOn }, this.secretariat, CALL);
    const noon = instantAt(completedOn, '12:00');
    const now = this.app.clock.now();
    const event = { at: noon < now ? noon : now, credits: true, isAnnulled: false };
    enrolment.events.push(event);
    const [row] = await this.app.rows<{ id: number }>('SELECT MAX(id) AS id FROM completion_event');
    this.byHand.push({ eventId: row!.id, event, enrolment });
  }

  async annul({ who }: Step): Promise<void> {
    const made = pick(this.byHand, who);
    if (!made) return;
    await this.app.get(EnrolmentChangesService).annul(made.enrolment.id, made.eventId, this.secretariat);
    made.event.isAnnulled = true;
  }

  async waive({ who, which }: Step): Promise<void> {
    const enrolment = this.anEnrolment(who, which);
    if (!enrolment) return;
    await this.app
      .get(EnrolmentChangesService)
      .waive(enrolment.id, 'experienced_agent', this.secretariat, CALL);
    enrolment.waivers.push({ from: this.app.clock.now(), to: null });
  }

  async revokeWaiver({ who }: Step): Promise<void> {
    const waived = this.model.agents
      .flatMap(({ enrolments }) => enrolments)
      .filter(({ waivers }) => waivers.some(({ to }) => to === null));
    const enrolment = pick(waived, who);
    if (!enrolment) return;
    await this.app.get(EnrolmentChangesService).revokeWaiver(enrolment.id, this.secretariat);
    for (const waiver of enrolment.waivers) waiver.to ??= this.app.clock.now();
  }

  /** Publishes the next course, for everybody who is there. */
  async publish(): Promise<void> {
    const draft = this.drafts.shift();
    if (!draft) return;
    await this.app.get(PublicationService).publish(draft.versionId, this.secretariat.personId, 'all');
    const [row] = await this.app.rows<{ code: string }>('SELECT code FROM course WHERE id = ?', [
      draft.courseId,
    ]);
    this.published.push(row!.code);
    for (const agent of this.model.agents)
      if (this.model.openPeriod(agent)) await this.enrol(agent, row!.code, this.today);
  }

  /** To an earlier day; the period before stays what it was. */
  async correctStart({ who, offset }: Step): Promise<void> {
    const agent = this.anAgent(who);
    if (!agent || agent.periods.length > 1) return;
    const startOn = addDays(agent.startOn, -Math.abs(offset));
    const [row] = await this.app.rows<{ version: number }>('SELECT version FROM agent WHERE id = ?', [
      agent.agentId,
    ]);
    const changes = { version: row!.version, startOn };
    await this.app.get(AgentChangesService).change(agent.agentId, changes, this.secretariat);
    agent.startOn = startOn;
    const open = this.model.openPeriod(agent)!;
    open.from = startOn < agent.registeredOn ? startOn : agent.registeredOn;
  }

  private async registerAs(email: string, step: Step, changes: Record<string, unknown>): Promise<void> {
    const code = pick(CODES, step.who);
    const startOn = addDays(this.today, step.offset);
    const input = {
      firstName: 'A',
      lastName: 'B',
      email,
      kind: 'new' as const,
      startOn,
      municipalityCode: code,
    };
    const view = await this.app
      .get(RegistrationService)
      .register({ ...input, ...changes }, this.secretariat, CALL, 'da');
    const known = this.model.agents.find(({ agentId }) => agentId === view.id);
    const agent = known ?? this.newAgent(view, email);
    agent.registeredOn = this.today;
    agent.startOn = startOn;
    const first = startOn < this.today ? startOn : this.today;
    const lastDay = agent.periods
      .map(({ to }) => to!)
      .sort()
      .at(-1);
    const from = lastDay !== undefined && first <= lastDay ? addDays(lastDay, 1) : first;
    agent.periods.push({ code, leaderId: this.leaders.get(code)!, from, to: null, isOpen: true });
    for (const course of this.published) await this.enrol(agent, course, first);
    agent.attendedBefore = (changes['onboardingAttendedOn'] as string | undefined) ?? agent.attendedBefore;
    const completedOn = changes['elearningCompletedOn'] as string | undefined;
    if (completedOn)
      for (const { events } of agent.enrolments)
        events.push({ at: instantAt(completedOn, '12:00'), credits: true, isAnnulled: false });
  }

  private newAgent({ id, personId }: { id: number; personId: number }, email: string): ModelAgent {
    const agent = {
      agentId: id,
      personId,
      email,
      registeredOn: '',
      startOn: '',
      periods: [],
      enrolments: [],
      attendedBefore: null,
      marks: new Map(),
      seats: [],
      moves: [],
    };
    this.model.agents.push(agent);
    return agent;
  }

  private async enrol(agent: ModelAgent, course: string, from: LocalDate): Promise<void> {
    if (agent.enrolments.some((enrolment) => enrolment.course === course)) return;
    const [row] = await this.app.rows<{ id: number; reference: string }>(
      'SELECT e.id, e.reference FROM enrolment e JOIN course c ON c.id = e.courseId WHERE c.code = ? AND e.personId = ?',
      [course, agent.personId],
    );
    agent.enrolments.push({ ...row!, course, from, events: [], waivers: [] });
  }

  private async report(
    { who, which, offset }: Step,
    said: Record<string, unknown>,
    credits: boolean,
  ): Promise<void> {
    const enrolment = this.anEnrolment(who, which);
    if (!enrolment) return;
    const occurredAt = new Date(this.app.clock.now().getTime() + offset * 20 * 3_600_000 + which * 1000);
    const json = { ...said, enrolment: enrolment.reference, occurredAt: occurredAt.toISOString() };
    this.counter += 1;
    const [row] = await this.app.rows<{ id: number }>('SELECT id FROM connection');
    const status = await this.app
      .get(InboxService)
      .receive(
        { id: row!.id, key: 'x', name: 'Host', shape: 'own', secrets: [], courseIds: null },
        { messageId: `m${this.counter}`, text: JSON.stringify(json), json, isBroken: false },
      );
    if (status !== 'applied') throw new Error(`The message was ${status}.`);
    const now = this.app.clock.now();
    enrolment.events.push({ at: occurredAt < now ? occurredAt : now, credits, isAnnulled: false });
  }

  private anAgent(n: number): ModelAgent | undefined {
    return pick(this.model.agents, n);
  }

  private anEnrolment(who: number, which: number): ModelEnrolment | undefined {
    return pick(this.anAgent(who)?.enrolments ?? [], which);
  }
}

function pick<T>(list: readonly T[], n: number): T {
  return list[n % list.length]!;
}
