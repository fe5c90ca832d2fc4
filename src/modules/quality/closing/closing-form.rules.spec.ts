import type { Choosable } from './closing-choice.rules.js';
import { choiceOf, type ClosingFormFields } from './closing-form.rules.js';

const AGENTS: Choosable[] = [
  { agentId: 1, agent: { personId: 1 }, outcome: 'hit', untickedFor: null },
  { agentId: 2, agent: { personId: 2 }, outcome: 'hit', untickedFor: 'too_few_calls' },
  { agentId: 3, agent: { personId: 3 }, outcome: 'hit', untickedFor: null },
];
const FORM: ClosingFormFields = { shown: [1, 2], ticked: [1], reasons: {}, out: [], in: [] };

describe('choiceOf', () => {
  it.each([
    ['nothing changed', {}, [], [], []],
    [
      'the tick taken away, with a reason',
      { ticked: [], reasons: { 'reason-1': 'other' } },
      [[1, 'other']],
      [],
      [],
    ],
    ['the tick taken away, without one', { ticked: [] }, [], [], ['reason-1']],
    [
      'the tick taken away, with an odd one',
      { ticked: [], reasons: { 'reason-1': 'is ill' } },
      [],
      [],
      ['reason-1'],
    ],
    ['a tick set', { ticked: [1, 2] }, [], [2], []],
    ['a tick set, a reason left standing', { ticked: [1, 2], reasons: { 'reason-1': 'other' } }, [], [2], []],
    [
      'another reason for one that had no tick',
      { reasons: { 'reason-2': 'other_tasks' } },
      [[2, 'other_tasks']],
      [],
      [],
    ],
    ['said on another page', { out: ['3:other'], in: [4] }, [[3, 'other']], [4], []],
    ['said anew of the same page', { out: ['1:other', '2:other'], in: [2] }, [], [], []],
    ['something odd on another page', { out: ['x', '3:is ill', ':other', '3'] }, [], [], []],
  ])('%s', (_, changes, excluded, included, faults) => {
    const choice = choiceOf(AGENTS, { ...FORM, ...changes });
    expect(choice.excluded.map(({ agentId, reason }) => [agentId, reason])).toEqual(excluded);
    expect(choice.included).toEqual(included);
    expect(choice.faults.map(({ field }) => field)).toEqual(faults);
  });
});
