import { employmentOn, readinessOf, type AgentFacts, type UnreadGuide } from './readiness.rules.js';

const AT = new Date('2026-12-01T07:00:00Z');
const WHEN = { at: AT, on: '2026-12-01' };
const EXISTING = {
  municipalityCode: '751',
  leaderId: 1,
  kind: 'existing',
  effectiveFromOn: '2026-01-01',
  endOn: null,
} as const;
const NEW = { ...EXISTING, kind: 'new' } as const;
const DONE = { enrolmentId: 5, title: 'Intro', state: 'completed' } as const;
const GUIDE: UnreadGuide = {
  versionId: 9,
  guideId: 3,
  number: 2,
  title: 'Pas',
  minutes: 4,
  countsFrom: new Date('2026-11-01T00:00:00Z'),
  appliesUntil: null,
};

function facts(changes: Partial<AgentFacts> = {}): AgentFacts {
  return { employments: [EXISTING], courses: [], hasAttended: true, unread: [], ...changes };
}

/** `code effect` of each reason, the verdict last. */
function told(of: AgentFacts, policy?: 'blocks' | 'warns'): string[] {
  const { ready, reasons } = readinessOf(of, WHEN, policy);
  return [...reasons.map(({ code, effect }) => `${code} ${effect}`), ready ? 'ready' : 'not ready'];
}

describe('readiness', () => {
  it.each<[string, AgentFacts, string[]]>([
    ['an existing agent', facts(), ['ready']],
    ['an existing agent without e-learning or day', facts({ hasAttended: false }), ['ready']],
    ['a new agent who is through', facts({ employments: [NEW], courses: [DONE] }), ['ready']],
    [
      'a new agent who was let off',
      facts({ employments: [NEW], courses: [{ ...DONE, state: 'waived' }] }),
      ['ready'],
    ],
    [
      'a new agent in the middle of it',
      facts({ employments: [NEW], courses: [{ ...DONE, state: 'in_progress' }, DONE] }),
      ['elearning_missing blocks', 'not ready'],
    ],
    [
      'a new agent for whom there is no e-learning yet',
      facts({ employments: [NEW] }),
      ['elearning_not_assigned blocks', 'not ready'],
    ],
    [
      'a new agent who has not been to Aarhus',
      facts({ employments: [NEW], courses: [DONE], hasAttended: false }),
      ['onboarding_day_missing warns', 'ready'],
    ],
    [
      'an agent after the last day',
      facts({ employments: [{ ...EXISTING, endOn: '2026-11-30' }] }),
      ['not_employed blocks', 'not ready'],
    ],
    ['an agent on the last day', facts({ employments: [{ ...EXISTING, endOn: '2026-12-01' }] }), ['ready']],
    [
      'an agent before the first day',
      facts({ employments: [{ ...EXISTING, effectiveFromOn: '2026-12-02' }] }),
      ['not_employed blocks', 'not ready'],
    ],
    ['an unread guide', facts({ unread: [GUIDE] }), ['guide_unread blocks', 'not ready']],
    [
      'a guide that counts from the very start of the shift',
      facts({ unread: [{ ...GUIDE, countsFrom: AT }] }),
      ['guide_unread blocks', 'not ready'],
    ],
    [
      'a guide that ends at the very start of the shift',
      facts({ unread: [{ ...GUIDE, appliesUntil: AT }] }),
      ['ready'],
    ],
    [
      'a guide that counts later',
      facts({ unread: [{ ...GUIDE, countsFrom: new Date(AT.getTime() + 1) }] }),
      ['ready'],
    ],
    [
      'two guides',
      facts({ unread: [GUIDE, { ...GUIDE, guideId: 4 }] }),
      ['guide_unread blocks', 'guide_unread blocks', 'not ready'],
    ],
  ])('of %s', (_, of, expected) => {
    expect(told(of)).toEqual(expected);
  });

  it('says what the secretariat decided about unread guides', () => {
    expect(told(facts({ unread: [GUIDE] }), 'warns')).toEqual(['guide_unread warns', 'ready']);
  });

  it('tells which e-learning and which guide', () => {
    const of = facts({ employments: [NEW], courses: [{ ...DONE, state: 'not_started' }], unread: [GUIDE] });
    expect(readinessOf(of, WHEN).reasons).toEqual([
      { code: 'elearning_missing', effect: 'blocks', enrolmentId: 5, title: 'Intro' },
      {
        code: 'guide_unread',
        effect: 'blocks',
        versionId: 9,
        guideId: 3,
        number: 2,
        title: 'Pas',
        minutes: 4,
      },
    ]);
  });
});

describe('whose a shift is', () => {
  const first = { effectiveFromOn: '2026-01-01', name: 'first' };
  const second = { effectiveFromOn: '2026-06-01', name: 'second' };

  it.each([
    ['2026-05-31', 'first'],
    ['2026-06-01', 'second'],
    ['2027-01-01', 'second'],
    // Nobody employs the agent yet: it is for those who will.
    ['2025-12-31', 'first'],
  ])('on %s: the %s period', (on, expected) => {
    expect(employmentOn([second, first], on)?.name).toBe(expected);
  });

  it('is nobody’s without any period', () => {
    expect(employmentOn([], '2026-01-01')).toBeUndefined();
  });
});
