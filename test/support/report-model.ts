import { addDays, type LocalDate } from '../../src/common/local-date.js';

/** A period of days; `to` is null while it lasts. */
export interface Days {
  from: LocalDate;
  to: LocalDate | null;
}

/** A period of employment as somebody would write it down. */
export interface ModelPeriod extends Days {
  code: string;
  leaderId: number | null;
  /** Whether the agent still works there, as far as has been noted. */
  isOpen: boolean;
}

/** Something that was said about a learner on a course. */
export interface ModelEvent {
  at: Date;
  credits: boolean;
  isAnnulled: boolean;
}

/** A learner on a course. */
export interface ModelEnrolment {
  id: number;
  reference: string;
  course: string;
  from: LocalDate;
  events: ModelEvent[];
  waivers: { from: Date; to: Date | null }[];
}

/** An agent with everything that happened. */
export interface ModelAgent {
  agentId: number;
  personId: number;
  email: string;
  registeredOn: LocalDate;
  startOn: LocalDate;
  periods: ModelPeriod[];
  enrolments: ModelEnrolment[];
  /** The day attended before Vagtklar. */
  attendedBefore: LocalDate | null;
  /** Days that were marked, with whether another one has to be attended. */
  marks: Map<LocalDate, { mustAttendAgain: boolean }>;
  /** The day of the seat as it was seen from an instant on, the latest last. */
  seats: { at: Date; on: LocalDate | null }[];
  /** Moves that were decided on and wait for their day, in the order in which they were decided. */
  moves: { on: LocalDate; code: string; leaderId: number | null }[];
}

/** Row of the report as the model expects it. */
export interface ModelRow {
  enrolmentId: number;
  agentId: number;
  personId: number;
  code: string;
  leaderId: number | null;
  course: string;
  state: 'not_started' | 'in_progress' | 'completed' | 'waived';
  completedAt: string | null;
  attendedOn: LocalDate | null;
  seatOn: LocalDate | null;
}

const covers = (days: Days, on: LocalDate) => days.from <= on && (days.to === null || days.to >= on);

/** The report by plain loops over what happened, knowing nothing of tables. */
export class ReportModel {
  readonly agents: ModelAgent[] = [];
  readonly memberships = new Map<string, (Days & { id: number })[]>();

  /** The open period of an agent. */
  openPeriod(agent: ModelAgent): ModelPeriod | undefined {
    return agent.periods.find(({ isOpen }) => isOpen);
  }

  /** What happens by itself in the night before a day. */
  dayBegins(today: LocalDate): void {
    for (const agent of this.agents) {
      for (const move of agent.moves.filter(({ on }) => on <= today)) {
        agent.moves.splice(agent.moves.indexOf(move), 1);
        const open = this.openPeriod(agent);
        if (open && open.code !== move.code && move.on > open.from) this.move(agent, move);
      }
      const open = this.openPeriod(agent);
      if (open?.to && open.to < today) open.isOpen = false;
      else if (open) this.leaveWithMunicipality(open, today);
    }
  }

  /** Ends a period the day before and begins one elsewhere; a departure planned for later still holds. */
  move(agent: ModelAgent, { on, code, leaderId }: ModelAgent['moves'][0]): void {
    const open = this.openPeriod(agent)!;
    const stillPlanned = open.to !== null && open.to >= on ? open.to : null;
    open.to = addDays(on, -1);
    open.isOpen = false;
    agent.periods.push({ code, leaderId, from: on, to: stillPlanned, isOpen: true });
    agent.startOn = on;
  }

  /** The rows at the end of a day, which is at that instant. */
  rows(day: LocalDate, end: Date): ModelRow[] {
    const rows: ModelRow[] = [];
    for (const agent of this.agents)
      for (const period of agent.periods.filter((period) => covers(period, day)))
        if ((this.memberships.get(period.code) ?? []).some((days) => covers(days, day)))
          for (const enrolment of agent.enrolments.filter(({ from }) => from <= day))
            rows.push({
              enrolmentId: enrolment.id,
              agentId: agent.agentId,
              personId: agent.personId,
              code: period.code,
              leaderId: period.leaderId,
              course: enrolment.course,
              ...standingAt(enrolment, end),
              attendedOn: attendedBy(agent, day),
              seatOn: seatAt(agent, day, end),
            });
    return rows.sort((a, b) => a.enrolmentId - b.enrolmentId);
  }

  /** A municipality that takes part no more, and will not again, takes its agents with it. */
  private leaveWithMunicipality(open: ModelPeriod, today: LocalDate): void {
    const all = this.memberships.get(open.code) ?? [];
    const goesOn = all.some(({ to }) => to === null || to >= today);
    const last = all
      .map(({ to }) => to ?? '')
      .sort()
      .at(-1);
    if (goesOn || !last) return;
    open.to = last > open.from ? last : open.from;
    open.isOpen = false;
  }
}

function standingAt({ events, waivers }: ModelEnrolment, end: Date): Pick<ModelRow, 'state' | 'completedAt'> {
  const said = events.filter(({ at, isAnnulled }) => !isAnnulled && at < end);
  const credits = said.filter(({ credits }) => credits).map(({ at }) => at.toISOString());
  const completedAt = credits.sort()[0] ?? null;
  if (completedAt) return { state: 'completed', completedAt };
  if (waivers.some(({ from, to }) => from < end && (to === null || to >= end)))
    return { state: 'waived', completedAt: null };
  return { state: said.length > 0 ? 'in_progress' : 'not_started', completedAt: null };
}

function attendedBy({ attendedBefore, marks }: ModelAgent, day: LocalDate): LocalDate | null {
  const days = [...marks].filter(([, { mustAttendAgain }]) => !mustAttendAgain).map(([on]) => on);
  if (attendedBefore !== null) days.push(attendedBefore);
  return days.filter((on) => on <= day).sort()[0] ?? null;
}

/** What was seen last, unless the day is over or is known to be used up. */
function seatAt({ seats, marks }: ModelAgent, day: LocalDate, end: Date): LocalDate | null {
  const on = seats.findLast(({ at }) => at < end)?.on ?? null;
  if (on === null || on < day) return null;
  return on === day && marks.has(on) ? null : on;
}
