import { addDays, instantAt, isWeekday, type LocalDate } from '../../common/local-date.js';
import { DemoRandom } from '../full/demo-random.js';

/** An agent as far as shifts are concerned. */
export interface ShiftAgent {
  agentId: number;
  /** First and last day on which there may be a shift. */
  from: LocalDate;
  to: LocalDate | null;
}

/** A shift of the demonstration. */
export interface DemoShift {
  agentId: number;
  startsAt: Date;
  endsAt: Date;
}

const WEEKS_BACK = 9;
const WEEKS_AHEAD = 4;
const HOURS = [
  ['08:00', '13:00'],
  ['10:00', '16:00'],
  ['12:00', '18:00'],
] as const;

/** Two weekdays a week for everybody, some weeks before and after today. */
export function planShifts(agents: readonly ShiftAgent[], today: LocalDate, zone: string): DemoShift[] {
  return agents.flatMap((agent) => {
    const random = new DemoRandom(agent.agentId * 7919);
    const shifts: DemoShift[] = [];
    for (let week = -WEEKS_BACK; week < WEEKS_AHEAD; week += 1) {
      const days = Array.from({ length: 7 }, (_, day) => addDays(today, week * 7 + day)).filter(isWeekday);
      for (const on of random.shuffled(days).slice(0, 2)) {
        const [start, end] = random.pick(HOURS);
        if (on < agent.from || (agent.to !== null && on > agent.to)) continue;
        shifts.push({
          agentId: agent.agentId,
          startsAt: instantAt(on, start, zone),
          endsAt: instantAt(on, end, zone),
        });
      }
    }
    return shifts;
  });
}
