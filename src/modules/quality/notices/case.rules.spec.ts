import fc from 'fast-check';
import {
  nextStep,
  endByDeparture,
  type AgentMailState,
  type CaseCircumstances,
  type CaseProgressed,
  type CaseStep,
} from './case.rules.js';
import { CASE_STATES } from './case-state.rules.js';
import { isOfficeTime, workingDaysAfter } from './working-days.rules.js';

const ZONE = 'Europe/Copenhagen';
// A Monday at 10.
const NOW = new Date('2026-11-30T09:00:00Z');
const ago = (hours: number) => new Date(NOW.getTime() - hours * 3_600_000);
const pending: CaseProgressed = {
  state: 'pending',
  agentNoticeAt: ago(1),
  agentToldAt: null,
  leaderNoticeAt: null,
};
// Told on Thursday: two working days have passed.
const told: CaseProgressed = {
  state: 'with_agent',
  agentNoticeAt: ago(97),
  agentToldAt: ago(96),
  leaderNoticeAt: NOW,
};
const held: CaseProgressed = { ...told, state: 'held' };
const calm: CaseCircumstances = {
  isEmployed: true,
  isHit: true,
  isDisputed: false,
  agentMail: null,
  agentFirstDays: 2,
};
const mailed = (state: AgentMailState, sentAt: Date | null = null) => ({ agentMail: { state, sentAt } });

function stepOf(known: CaseProgressed, changes: Partial<CaseCircumstances> = {}, now = NOW): CaseStep | null {
  return nextStep(known, { ...calm, ...changes }, { now, zone: ZONE });
}
const inTwoDays = workingDaysAfter(NOW, 2, ZONE);
const tomorrow = workingDaysAfter(NOW, 1, ZONE);

describe('nextStep', () => {
  it.each<[string, CaseStep | null, Partial<CaseStep> | null]>([
    ['pending, not final yet', stepOf({ ...pending, agentNoticeAt: new Date(NOW.getTime() + 1) }), null],
    ['pending, final', stepOf(pending), { state: 'with_agent', mails: ['agent'], leaderNoticeAt: inTwoDays }],
    [
      'pending, final, and the leader is told at the same time',
      stepOf(pending, { agentFirstDays: 0 }),
      { state: 'notified', mails: ['agent', 'leader'] },
    ],
    ['pending, final, in the evening', stepOf(pending, {}, new Date('2026-11-30T18:00:00Z')), null],
    [
      'pending, no longer hit',
      stepOf(pending, { isHit: false }),
      { state: 'withdrawn', endReason: 'figures_wrong', mails: [] },
    ],
    [
      'pending, has left',
      stepOf(pending, { isEmployed: false }),
      { state: 'withdrawn', endReason: 'left', mails: [] },
    ],
    [
      'left before it was final',
      stepOf({ ...pending, agentNoticeAt: new Date(NOW.getTime() + 1) }, { isEmployed: false }),
      { state: 'withdrawn', endReason: 'left' },
    ],
    [
      'pending, disputed already: nobody is told',
      stepOf(pending, { isDisputed: true }),
      { state: 'held', mails: [] },
    ],
    [
      'held before the agent was told, and answered',
      stepOf({ ...pending, state: 'held' }),
      { state: 'with_agent', mails: ['agent'], leaderNoticeAt: inTwoDays },
    ],
    ['with the agent, due', stepOf(told), { state: 'notified', mails: ['leader'] }],
    [
      'with the agent, due, the mail sent in time',
      stepOf(told, mailed('sent', ago(96))),
      { state: 'notified', mails: ['leader'] },
    ],
    ['with the agent, due, on a Saturday', stepOf(told, {}, new Date('2026-12-05T09:00:00Z')), null],
    ['with the agent, not due', stepOf({ ...told, leaderNoticeAt: inTwoDays }), null],
    [
      'with the agent, due, but the mail went out an hour ago',
      stepOf(told, mailed('sent', ago(1))),
      { state: 'with_agent', mails: [], leaderNoticeAt: workingDaysAfter(ago(1), 2, ZONE) },
    ],
    ['with the agent, the mail still on its way', stepOf(told, mailed('on_its_way')), null],
    ['with the agent, the mail came back', stepOf(told, mailed('failed')), null],
    [
      'with the agent, and the address was changed before it was sent',
      stepOf(told, mailed('cancelled')),
      { state: 'with_agent', mails: ['agent'], leaderNoticeAt: inTwoDays },
    ],
    ['with the agent, disputed', stepOf(told, { isDisputed: true }), { state: 'held', mails: [] }],
    [
      'with the agent, no longer hit',
      stepOf(told, { isHit: false }),
      { state: 'withdrawn', endReason: 'figures_wrong' },
    ],
    [
      'with the agent, has left',
      stepOf(told, { isEmployed: false }),
      { state: 'withdrawn', endReason: 'left', mails: [] },
    ],
    ['held, not answered', stepOf(held, { isDisputed: true }), null],
    [
      'held, answered: a working day is left',
      stepOf(held),
      { state: 'with_agent', mails: [], leaderNoticeAt: tomorrow },
    ],
    [
      'held, answered soon: no sooner than was planned',
      stepOf({ ...held, leaderNoticeAt: inTwoDays }),
      { state: 'with_agent', mails: [], leaderNoticeAt: inTwoDays },
    ],
    [
      'held, corrected: still not answered',
      stepOf(held, { isHit: false, isDisputed: true }),
      { state: 'withdrawn', endReason: 'figures_wrong' },
    ],
    ['told the leader', stepOf({ ...told, state: 'notified' }, { isHit: false, isEmployed: false }), null],
    ['closed', stepOf({ ...told, state: 'closed' }), null],
    ['withdrawn', stepOf({ ...told, state: 'withdrawn' }), null],
  ])('%s', (_, step, expected) => {
    if (expected === null) expect(step).toBeNull();
    else expect(step).toMatchObject(expected);
  });

  it('takes nothing back that the leader was told, and nothing on that was ended', () => {
    expect(CASE_STATES.map((state) => [state, endByDeparture(state)])).toEqual([
      ['pending', { state: 'withdrawn', endReason: 'left' }],
      ['with_agent', { state: 'withdrawn', endReason: 'left' }],
      ['held', { state: 'withdrawn', endReason: 'left' }],
      ['notified', { state: 'closed', endReason: 'left' }],
      ['closed', null],
      ['withdrawn', null],
    ]);
  });
});

/** Something that happens around a case, and how many hours later. */
type Happening = { hours: number; what: (typeof HAPPENINGS)[number] };
const HAPPENINGS = [
  'nothing',
  'dispute',
  'answer',
  'correct',
  'leave',
  'send',
  'fail',
  'retry',
  'new_address',
] as const;

/** A case with a mailbox, looked at now and then. */
class Life {
  now = new Date('2026-10-01T06:00:00Z');
  known: CaseProgressed;
  circumstances: CaseCircumstances;
  readonly sent: { to: 'agent' | 'leader'; at: Date }[] = [];

  constructor(agentFirstDays: number) {
    this.circumstances = { ...calm, agentFirstDays };
    this.known = { ...pending, agentNoticeAt: new Date('2026-10-02T06:00:00Z') };
  }

  pass({ hours, what }: Happening): void {
    this.now = new Date(this.now.getTime() + hours * 3_600_000);
    const { agentMail } = this.circumstances;
    const mail = agentMail?.state;
    if (what === 'dispute') this.change({ isDisputed: true });
    if (what === 'answer') this.change({ isDisputed: false });
    if (what === 'correct') this.change({ isHit: !this.circumstances.isHit });
    if (what === 'leave') this.change({ isEmployed: false });
    if (what === 'send' && mail === 'on_its_way') this.sendToAgent();
    if (what === 'fail' && mail === 'on_its_way')
      this.change({ agentMail: { state: 'failed', sentAt: null } });
    if (what === 'retry' && mail === 'failed')
      this.change({ agentMail: { state: 'on_its_way', sentAt: null } });
    if (what === 'new_address' && mail && mail !== 'sent')
      this.change({ agentMail: { state: 'cancelled', sentAt: null } });
    this.look();
  }

  private look(): void {
    const step = nextStep(this.known, this.circumstances, { now: this.now, zone: ZONE });
    if (!step) return;
    const { state, leaderNoticeAt } = this.known;
    expect(step).not.toEqual({ state, leaderNoticeAt, endReason: null, mails: [] });
    const { isEmployed, isHit, isDisputed } = this.circumstances;
    if (step.mails.length > 0) {
      expect({ isEmployed, isHit, isDisputed }).toEqual({ isEmployed: true, isHit: true, isDisputed: false });
      expect(isOfficeTime(this.now, ZONE)).toBe(true);
    }
    if (step.mails.includes('agent')) this.change({ agentMail: { state: 'on_its_way', sentAt: null } });
    if (step.mails.includes('leader')) this.sent.push({ to: 'leader', at: this.now });
    const agentToldAt = step.mails.includes('agent') ? this.now : this.known.agentToldAt;
    this.known = { ...this.known, state: step.state, leaderNoticeAt: step.leaderNoticeAt, agentToldAt };
  }

  private sendToAgent(): void {
    this.sent.push({ to: 'agent', at: this.now });
    this.change({ agentMail: { state: 'sent', sentAt: this.now } });
  }

  private change(changes: Partial<CaseCircumstances>): void {
    this.circumstances = { ...this.circumstances, ...changes };
  }
}

describe('whatever happens around a case', () => {
  const happening: fc.Arbitrary<Happening> = fc.record({
    hours: fc.integer({ min: 0, max: 40 }),
    what: fc.constantFrom(...HAPPENINGS, 'nothing', 'send', 'send', 'answer'),
  });

  it('nobody is mailed twice, and the leader never before the agent has had the agreed working days', () => {
    let leadersTold = 0;
    const property = fc.property(
      fc.integer({ min: 0, max: 5 }),
      fc.array(happening, { maxLength: 60 }),
      (agentFirstDays, happenings) => {
        const life = new Life(agentFirstDays);
        for (const one of happenings) life.pass(one);
        const toAgent = life.sent.filter(({ to }) => to === 'agent');
        const toLeader = life.sent.filter(({ to }) => to === 'leader');
        expect(toAgent.length).toBeLessThanOrEqual(1);
        expect(toLeader.length).toBeLessThanOrEqual(1);
        const [leader] = toLeader;
        if (!leader) return;
        leadersTold += 1;
        if (agentFirstDays === 0) return;
        expect(toAgent).toHaveLength(1);
        expect(workingDaysAfter(toAgent[0]!.at, agentFirstDays, ZONE).getTime()).toBeLessThanOrEqual(
          leader.at.getTime(),
        );
      },
    );
    fc.assert(property, { numRuns: 2_000 });
    expect(leadersTold).toBeGreaterThan(50);
  });
});
