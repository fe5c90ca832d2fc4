import { readScormCommit } from './scorm-commit.adapter.js';

const REFERENCE = '0123456789abcdef0123456789abcdef';
const base = {
  completionStatus: 'completed',
  successStatus: 'passed',
  totalTimeSeconds: 61,
  score: { raw: 80, min: 0, max: 100 },
  runtimeData: { cmi: { learner_id: 'anna@b.dk' } },
  courseId: 'Intro',
  commitSequence: 3,
};

describe('readScormCommit', () => {
  it('reads a commit', () => {
    expect(readScormCommit(base)).toEqual({
      targets: [{ email: 'anna@b.dk', courseCode: 'intro' }],
      occurredAt: null,
      completion: 'completed',
      success: 'passed',
      scoreScaled: 0.8,
      seconds: 61,
      counts: true,
    });
  });

  const of12 = (status: string) => ({
    ...base,
    completionStatus: 'incomplete',
    successStatus: 'unknown',
    runtimeData: { cmi: { core: { student_id: REFERENCE, lesson_status: status } } },
  });
  it.each([
    [
      'nothing yet',
      { ...base, completionStatus: 'unknown', successStatus: 'unknown' },
      { completion: null, success: null },
    ],
    ['1.2: failed has ended', of12('failed'), { completion: 'completed', success: 'failed' }],
    ['1.2: not attempted says nothing', of12('not attempted'), { completion: null, success: null }],
    ['our reference as the learner', of12('passed'), { targets: [{ enrolment: REFERENCE }] }],
    [
      'our reference beside it',
      { ...base, enrolment: REFERENCE },
      { targets: [{ enrolment: REFERENCE }, { email: 'anna@b.dk' }] },
    ],
    [
      'no course: the only one',
      { ...base, courseId: undefined },
      { targets: [{ email: 'anna@b.dk', courseCode: null }] },
    ],
    ['an empty score', { ...base, score: { raw: '', min: '', max: '', scaled: '' } }, { scoreScaled: null }],
    ['nobody: for a person to sort out', { ...base, runtimeData: null }, { targets: [] }],
  ])('%s', (_, commit, expected) => {
    expect(readScormCommit(commit)).toMatchObject(expected);
  });

  it.each([
    ['no status', { ...base, completionStatus: undefined }],
    ['a list', [base]],
    ['nothing', null],
  ])('does not understand %s', (_, body) => {
    expect(readScormCommit(body)).toBeUndefined();
  });
});
