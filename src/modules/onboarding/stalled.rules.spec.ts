import type { Sco } from '../packages/index.js';
import { stalledIn, type StalledUnit } from './stalled.rules.js';

const sco = (title: string, kind: Sco['kind'] = 'sco', isVisible = true) =>
  ({ title, kind, isVisible }) as Sco;
const MANIFESTS = new Map([
  [1, { scos: [sco('Film', 'asset'), sco('Velkommen'), sco('Opkald'), sco('Prøve')] }],
  [2, { scos: [sco('Det hele')] }],
]);
const row = (changes: Partial<StalledUnit> = {}): StalledUnit => ({
  enrolmentId: 1,
  version: 1,
  packageId: 1,
  unit: null,
  completion: null,
  place: null,
  updatedAt: null,
  ...changes,
});

describe('stalledIn', () => {
  it.each<[string, StalledUnit[], string]>([
    ['opened, nothing stored', [row()], 'Velkommen'],
    ['in the first', [row({ unit: 1, completion: 'incomplete', updatedAt: 5 })], 'Velkommen'],
    ['the first completed', [row({ unit: 1, completion: 'completed', updatedAt: 5 })], 'Opkald'],
    [
      'back in an earlier one',
      [
        row({ unit: 1, completion: 'incomplete', updatedAt: 9 }),
        row({ unit: 3, completion: 'incomplete', updatedAt: 5 }),
      ],
      'Velkommen',
    ],
    [
      'the last one completed first',
      [
        row({ unit: 1, completion: 'completed', updatedAt: 5 }),
        row({ unit: 3, completion: 'completed', updatedAt: 9 }),
      ],
      'Opkald',
    ],
  ])('%s', (_, rows, title) => {
    const { stops, elsewhere } = stalledIn(rows, MANIFESTS);
    expect(stops.map((stop) => stop.title)).toEqual([title]);
    expect(elsewhere).toBe(0);
  });

  it('keeps people apart, and counts those who learn elsewhere', () => {
    const rows = [
      row({ enrolmentId: 1, version: 2, packageId: 2, unit: 0, place: 'Side 4', updatedAt: 1 }),
      row({ enrolmentId: 2, version: null, packageId: null }),
      row({ enrolmentId: 3, version: 3, packageId: null }),
    ];
    expect(stalledIn(rows, MANIFESTS)).toEqual({
      stops: [{ version: 2, unit: 0, title: 'Det hele', place: 'Side 4', hasOneUnit: true }],
      elsewhere: 2,
    });
  });
});
