import { addDays, type LocalDate } from '../../common/local-date.js';
import { WAIVER_REASONS } from '../../modules/courses/index.js';
import type { DemoRandom } from './demo-random.js';
import type { PlannedLearning, PlannedPeriod } from './plan.js';

const HAND_NOTES = [
  'Gennemført på fælles temadag',
  'Set kvittering fra agenten',
  'Gennemført sammen med lederen, men værten meldte det ikke',
];
const IMPORT_NOTES = ['Fra det gamle regneark', 'Udtræk fra Articulate'];

/** Has not opened the e-learning. */
export const NOTHING_LEARNT: PlannedLearning = {
  begunOn: null,
  completedOn: null,
  source: 'webhook',
  note: null,
  waiver: null,
};

/** Those who were there before are mostly through, as the municipalities told or as the old list says. */
export function learningOfExisting(
  random: DemoRandom,
  { registeredOn, startOn }: PlannedPeriod,
  today: LocalDate,
): PlannedLearning {
  const drawn = random.next();
  if (drawn < 0.36) return completed(startOn, 'registration', null);
  if (drawn < 0.66) return completed(addDays(registeredOn, 14), 'import', random.pick(IMPORT_NOTES));
  if (drawn < 0.88) return reported(addDays(registeredOn, random.int(10, 80)), random.int(0, 6));
  if (drawn < 0.94)
    return { ...NOTHING_LEARNT, waiver: { on: addDays(registeredOn, 20), reason: 'experienced_agent' } };
  return begun(drawn < 0.97 ? addDays(today, -random.int(5, 100)) : null);
}

/** New ones nearly all get through within three weeks, most of them by what the e-learning host reports. */
export function learningOfNew(
  random: DemoRandom,
  registeredOn: LocalDate,
  today: LocalDate,
): PlannedLearning {
  const begunOn = addDays(registeredOn, random.int(0, 6));
  const completedOn = addDays(begunOn, random.int(0, 12));
  const drawn = random.next();
  if (drawn < 0.8) return { ...NOTHING_LEARNT, begunOn, completedOn };
  if (drawn < 0.9) return completed(completedOn, 'manual', random.pick(HAND_NOTES));
  if (drawn < 0.95)
    return {
      ...NOTHING_LEARNT,
      begunOn: random.chance(0.5) ? begunOn : null,
      waiver: { on: addDays(begunOn, 7), reason: random.pick(WAIVER_REASONS) },
    };
  return begun(drawn < 0.98 && begunOn < today ? begunOn : null);
}

/** Completed, as a person vouches for. */
function completed(on: LocalDate, source: PlannedLearning['source'], note: string | null): PlannedLearning {
  return { ...NOTHING_LEARNT, completedOn: on, source, note };
}

/** Completed, as the e-learning host has reported. */
export function reported(begunOn: LocalDate, days: number): PlannedLearning {
  return { ...NOTHING_LEARNT, begunOn, completedOn: addDays(begunOn, days) };
}

/** Begun on a day, or not at all. */
export function begun(on: LocalDate | null): PlannedLearning {
  return { ...NOTHING_LEARNT, begunOn: on };
}
