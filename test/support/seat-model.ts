import { addDays, type LocalDate } from '../../src/common/local-date.js';

/** An agent of the model. */
export interface ModelAgent {
  id: number;
  kind: 'new' | 'existing';
  isEmployed: boolean;
  startOn: LocalDate;
  lastOn: LocalDate | null;
  registeredAt: string;
  attendedBefore: boolean;
  /** By day. */
  attendance: Map<number, { status: string; again: boolean }>;
  left: Set<number>;
  seat: { day: number | null; row: number; since: string } | null;
  /** Which period of employment it is, in the order in which they began. */
  period: number;
  wait: { day: number; row: number } | null;
}

/** A day of the model. */
export interface ModelDay {
  id: number;
  on: LocalDate;
  bookBy: LocalDate;
  capacity: number;
  isCancelled: boolean;
  /** Agents whose seats are used: on a day that was held. */
  used: number[];
}

/**
 * The autopilot written down a second time, as plainly as can be: lists in memory, everything looked for anew, nothing kept
 * up to date. The tests hold the real one against it.
 */
export class SeatModel {
  readonly agents = new Map<number, ModelAgent>();
  readonly days = new Map<number, ModelDay>();
  /** How many seats were given to somebody who waited. */
  promotions = 0;
  private rows = 0;

  constructor(public today: LocalDate) {}

  register(agent: Pick<ModelAgent, 'id' | 'kind' | 'startOn' | 'registeredAt'>): void {
    const known = this.agents.get(agent.id);
    const made: ModelAgent = known ?? {
      ...agent,
      isEmployed: true,
      lastOn: null,
      attendedBefore: false,
      attendance: new Map(),
      left: new Set(),
      seat: null,
      wait: null,
      period: 0,
    };
    Object.assign(made, agent, { isEmployed: true, lastOn: null, period: this.row() });
    this.agents.set(agent.id, made);
    if (agent.kind === 'new') this.reconcile(made);
  }

  plan(day: Omit<ModelDay, 'isCancelled' | 'used'>): void {
    this.days.set(day.id, { ...day, isCancelled: false, used: [] });
    this.settle();
  }

  book(agentId: number, dayId: number): boolean {
    const [agent, day] = [this.agents.get(agentId)!, this.days.get(dayId)!];
    const isRefused =
      !agent.isEmployed ||
      day.isCancelled ||
      day.on < this.today ||
      agent.seat?.day === dayId ||
      agent.wait?.day === dayId ||
      !this.fits(day, agent) ||
      this.hasAttended(agent);
    if (isRefused) return false;
    this.endWait(agent, 'left');
    if (this.free(day) > 0) this.sit(agent, day, 'left');
    else {
      agent.wait = { day: dayId, row: this.row() };
      if (this.isInNeed(agent) && (agent.seat?.day ?? null) === null) this.place(agent);
    }
    this.settle();
    return true;
  }

  cancel(agentId: number, dayId: number): boolean {
    const agent = this.agents.get(agentId)!;
    if (!agent.isEmployed || this.days.get(dayId)!.on < this.today) return false;
    if (agent.wait?.day === dayId) this.endWait(agent, 'left');
    else if (agent.seat?.day === dayId) {
      agent.seat = null;
      agent.left.add(dayId);
      if (this.isInNeed(agent)) this.place(agent);
    } else return false;
    this.settle();
    return true;
  }

  resize(dayId: number, capacity: number): boolean {
    const day = this.days.get(dayId)!;
    if (day.isCancelled || day.on < this.today || capacity < this.taken(day)) return false;
    day.capacity = capacity;
    this.settle();
    return true;
  }

  moveDay(dayId: number, on: LocalDate): boolean {
    const day = this.days.get(dayId)!;
    if (day.isCancelled || day.on < this.today || on < this.today) return false;
    const isMoved = on !== day.on;
    Object.assign(day, { on, bookBy: addDays(on, -2) });
    if (isMoved) for (const agent of this.holders(dayId)) this.reconcile(agent);
    this.settle();
    return true;
  }

  cancelDay(dayId: number): boolean {
    const day = this.days.get(dayId)!;
    const isHeld = [...this.agents.values()].some((agent) => agent.attendance.has(dayId));
    if (day.isCancelled || day.on < this.today || isHeld) return false;
    day.isCancelled = true;
    const holders = this.holders(dayId);
    for (const agent of holders) if (agent.wait?.day === dayId) this.endWait(agent);
    const seated = holders.filter((agent) => agent.seat?.day === dayId);
    for (const agent of seated) agent.seat = null;
    for (const agent of seated) this.place(agent);
    this.settle();
    return true;
  }

  mark(agentId: number, dayId: number, status: string): boolean {
    const [agent, day] = [this.agents.get(agentId)!, this.days.get(dayId)!];
    if (day.isCancelled) return false;
    const before = agent.attendance.get(dayId);
    if (before?.status === status) return true;
    const again = status === 'no_show' || status === 'excused';
    agent.attendance.set(dayId, { status, again });
    if (agent.wait?.day === dayId) this.endWait(agent);
    if (agent.seat?.day === dayId) this.use(agent);
    this.reconcile(agent);
    if (again && !before?.again && agent.isEmployed && !this.hasAttended(agent) && !agent.seat)
      this.place(agent);
    this.settle();
    return true;
  }

  depart(agentId: number, on: LocalDate): void {
    const agent = this.agents.get(agentId)!;
    agent.lastOn = on;
    if (on <= this.today) agent.isEmployed = false;
    this.reconcile(agent);
    this.settle();
  }

  /** The agent works elsewhere from a day on, as it was decided at an instant. */
  transfer(agentId: number, startOn: LocalDate, registeredAt: string): void {
    const agent = this.agents.get(agentId)!;
    Object.assign(agent, { startOn, registeredAt, period: this.row() });
    this.reconcile(agent);
    this.settle();
  }

  /** Goes on to a day; whoever was to leave before it has left. */
  advance(to: LocalDate): void {
    this.today = to;
    for (const agent of [...this.agents.values()].sort((a, b) => a.period - b.period))
      if (agent.isEmployed && agent.lastOn !== null && agent.lastOn < to) {
        agent.isEmployed = false;
        this.reconcile(agent);
        this.settle();
      }
  }

  /** Everyone who holds a seat now or has used one, and everyone in line, in order. */
  standing(dayId: number): { seats: number[]; line: number[] } {
    const day = this.days.get(dayId)!;
    const held = [...this.agents.values()].filter((agent) => agent.seat?.day === dayId);
    return {
      seats: [...day.used, ...held.map(({ id }) => id)].sort((a, b) => a - b),
      line: this.line(day).map(({ id }) => id),
    };
  }

  isInNeed(agent: ModelAgent): boolean {
    return agent.isEmployed && !this.hasAttended(agent) && agent.kind === 'new';
  }

  declined(agent: ModelAgent): Set<number> {
    return new Set([...agent.left, ...agent.attendance.keys()]);
  }

  private hasAttended(agent: ModelAgent): boolean {
    return agent.attendedBefore || [...agent.attendance.values()].some(({ again }) => !again);
  }

  private reconcile(agent: ModelAgent): void {
    if (!agent.isEmployed || this.hasAttended(agent)) {
      this.endSeat(agent);
      this.endWait(agent);
      return;
    }
    const seatDay = this.days.get(agent.seat?.day ?? 0);
    if (seatDay && seatDay.on >= this.today && !this.fits(seatDay, agent)) agent.seat = null;
    const waitDay = this.days.get(agent.wait?.day ?? 0);
    if (waitDay && !this.fits(waitDay, agent)) this.endWait(agent);
    if (this.isInNeed(agent) && (agent.seat?.day ?? null) === null) this.place(agent);
    if (!this.isInNeed(agent) && agent.seat?.day === null) agent.seat = null;
  }

  private place(agent: ModelAgent): void {
    const candidates = this.openDays().filter(
      (day) => this.fits(day, agent) && !this.declined(agent).has(day.id),
    );
    const seat = candidates.find((day) => this.free(day) > 0);
    if (seat) this.sit(agent, seat);
    else if (this.isInNeed(agent) && !agent.seat)
      agent.seat = { day: null, row: this.row(), since: agent.registeredAt };
    const [first] = candidates;
    if (first && first !== seat && !agent.wait) agent.wait = { day: first.id, row: this.row() };
  }

  private settle(): void {
    for (;;) {
      const next = this.openDays()
        .filter((day) => this.free(day) > 0)
        .map((day) => ({ day, agent: this.firstFor(day) }))
        .find(({ agent }) => agent);
      if (!next) return;
      this.promotions += 1;
      this.sit(next.agent!, next.day);
    }
  }

  private firstFor(day: ModelDay): ModelAgent | undefined {
    const unplaced = [...this.agents.values()]
      .filter((agent) => agent.seat?.day === null && this.fits(day, agent))
      .filter((agent) => !this.declined(agent).has(day.id))
      .sort((a, b) =>
        a.seat!.since < b.seat!.since ? -1 : a.seat!.since > b.seat!.since ? 1 : a.seat!.row - b.seat!.row,
      );
    return this.line(day).find((agent) => this.fits(day, agent)) ?? unplaced[0];
  }

  private sit(agent: ModelAgent, day: ModelDay, why?: 'left'): void {
    const before = agent.seat;
    if (before?.day && why === 'left' && this.days.get(before.day)!.on >= this.today)
      agent.left.add(before.day);
    this.endSeat(agent);
    const row = agent.wait?.day === day.id ? agent.wait.row : this.row();
    agent.seat = { day: day.id, row, since: agent.registeredAt };
    if (agent.wait?.day === day.id) agent.wait = null;
  }

  private endSeat(agent: ModelAgent): void {
    const day = this.days.get(agent.seat?.day ?? 0);
    if (day && day.on < this.today) this.use(agent);
    agent.seat = null;
  }

  private use(agent: ModelAgent): void {
    this.days.get(agent.seat!.day!)!.used.push(agent.id);
    agent.seat = null;
  }

  private endWait(agent: ModelAgent, why?: 'left'): void {
    if (agent.wait && why) agent.left.add(agent.wait.day);
    agent.wait = null;
  }

  private line(day: ModelDay): ModelAgent[] {
    return inOrder(
      [...this.agents.values()].filter((agent) => agent.wait?.day === day.id),
      (a) => a.wait!.row,
    );
  }

  private holders(dayId: number): ModelAgent[] {
    const row = (agent: ModelAgent) => (agent.seat?.day === dayId ? agent.seat.row : agent.wait!.row);
    return inOrder(
      [...this.agents.values()].filter((agent) => agent.seat?.day === dayId || agent.wait?.day === dayId),
      row,
    );
  }

  private openDays(): ModelDay[] {
    return [...this.days.values()]
      .filter((day) => !day.isCancelled && day.bookBy >= this.today && day.on >= this.today)
      .sort((a, b) => (a.on === b.on ? a.id - b.id : a.on < b.on ? -1 : 1));
  }

  private fits(day: ModelDay, agent: ModelAgent): boolean {
    return day.on >= agent.startOn && (agent.lastOn === null || day.on <= agent.lastOn);
  }

  private taken(day: ModelDay): number {
    return this.standing(day.id).seats.length;
  }

  private free(day: ModelDay): number {
    return day.capacity - this.taken(day);
  }

  private row(): number {
    this.rows += 1;
    return this.rows;
  }
}

/** New agents first, then by row. */
function inOrder(agents: ModelAgent[], row: (agent: ModelAgent) => number): ModelAgent[] {
  const priority = (agent: ModelAgent) => (agent.kind === 'new' ? 0 : 1);
  return agents.sort((a, b) => priority(a) - priority(b) || row(a) - row(b));
}
