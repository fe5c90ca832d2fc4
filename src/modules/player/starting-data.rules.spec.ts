import type { Sco } from '../packages/index.js';
import { startingData } from './starting-data.rules.js';

const sco: Sco = {
  id: 'one',
  title: 'One',
  href: 'one.html',
  path: 'one.html',
  kind: 'sco',
  isVisible: true,
  depth: 0,
  masteryScore: 80,
  passingScore: 0.8,
  completionThreshold: null,
  dataFromLms: 'start=2',
  maxTimeAllowed: null,
  timeLimitAction: null,
  objectives: ['primary', 'second'],
};
const opening = { learnerId: '42', learnerName: 'Holm, Asta', mode: 'normal' as const };

describe('startingData', () => {
  it('gives SCORM 1.2 content what the manifest says and who the learner is', () => {
    expect(startingData('scorm-1.2', sco, null, opening)).toEqual({
      core: {
        student_id: '42',
        student_name: 'Holm, Asta',
        credit: 'credit',
        lesson_mode: 'normal',
        entry: 'ab-initio',
        total_time: '0000:00:00',
      },
      launch_data: 'start=2',
      student_data: { mastery_score: '80' },
    });
  });

  it('gives SCORM 2004 content its objectives and passing score', () => {
    expect(startingData('scorm-2004-3', sco, null, opening)).toMatchObject({
      entry: 'ab-initio',
      mode: 'normal',
      total_time: 'PT0S',
      scaled_passing_score: '0.8',
      objectives: { 0: { id: 'primary' }, 1: { id: 'second' } },
    });
  });

  it.each([
    ['suspended', { exit: 'suspend' }, true, 'resume'],
    ['closed in the middle', { exit: '' }, false, 'resume'],
    ['ended', { exit: '' }, true, ''],
  ])('tells content that was %s to go on or not', (_, core, isClosed, entry) => {
    const kept = {
      core: { ...core, lesson_location: 'page-3', lesson_status: 'incomplete', session_time: '0000:01:00' },
      suspend_data: 'x',
    };
    const data = startingData('scorm-1.2', sco, { cmi: kept, seconds: 3_725.4, isClosed }, opening);
    expect(data).toMatchObject({
      suspend_data: 'x',
      core: { entry, lesson_location: 'page-3', total_time: '0001:02:05' },
    });
    expect(data['core']).not.toHaveProperty('session_time');
    expect(data['core']).not.toHaveProperty('exit');
  });

  it.each([
    ['scorm-1.2', { core: { lesson_location: 'p3' } }, 'resume'],
    ['scorm-1.2', { core: { lesson_location: '' }, suspend_data: '' }, ''],
    ['scorm-2004-3', { location: 'p3' }, 'resume'],
    ['scorm-2004-3', { suspend_data: '{}' }, 'resume'],
    ['scorm-2004-3', { completion_status: 'incomplete' }, ''],
  ] as const)('tells %s content closed in the middle with %j: %s', (standard, cmi, entry) => {
    const data = startingData(standard, sco, { cmi, seconds: 5, isClosed: false }, opening);
    expect(standard === 'scorm-1.2' ? data['core'] : data).toMatchObject({ entry });
  });

  it('keeps the objectives content has worked on', () => {
    const kept = { exit: 'suspend', objectives: { 0: { id: 'primary', success_status: 'passed' } } };
    const data = startingData(
      'scorm-2004-4',
      sco,
      { cmi: kept, seconds: 61, isClosed: true },
      { ...opening, mode: 'review' },
    );
    expect(data).toMatchObject({
      objectives: kept.objectives,
      mode: 'review',
      credit: 'no-credit',
      total_time: 'PT61S',
    });
  });
});
