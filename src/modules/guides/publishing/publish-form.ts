import { DomainError } from '../../../common/domain-error.js';
import { parseInput } from '../../../common/http/validation.js';
import { formLists, formValues, type FormModel, type FormValues } from '../../../web/forms/form.js';
import { renamed } from '../../../web/forms/renamed.js';
import type { CheckQuestion } from '../check-questions.rules.js';
import type { NewGuideVersion } from '../guide.service.js';
import { newGuideVersion, toNewVersion } from '../guides.schemas.js';
import type { WholeVersion } from '../reading/version.queries.js';
import { chosenSkills } from '../skills/skill-choices.js';
import { questionFrom, questionLines } from './question-lines.rules.js';

/** How many check questions the form has room for. */
export const QUESTION_ROWS = [0, 1, 2, 3, 4] as const;

/** The version of a posted form. @throws DomainError `invalid_input` with the faults at the fields of the form */
export function readVersion(body: unknown, zone: string): NewGuideVersion {
  try {
    return toNewVersion(parseInput(newGuideVersion, versionInput(body)), zone);
  } catch (error) {
    throw error instanceof DomainError ? renamed(error, versionFieldOf) : error;
  }
}

/** The field of the form that a fault of a version is about. */
export function versionFieldOf(field: string): string {
  const [, number, part] = /^questions\.(\d)\.(\w+)/.exec(field) ?? [];
  if (number !== undefined) return `${part === 'question' ? 'question' : 'answers'}${number}`;
  if (field === 'audience.kind') return 'audienceKind';
  if (field.startsWith('audience.skills')) return 'otherSkills';
  return field.startsWith('audience') ? 'municipalities' : field;
}

/** The form of the version after one, or of the first. */
export function nextVersionForm(title: string, today: string, newest: WholeVersion | undefined): FormModel {
  const values: FormValues = { title, effectiveFrom: today, urgency: 'normal', audienceKind: 'all' };
  if (!newest) return { values, errors: {}, summary: [] };
  const { audience, body, url, courseId, questions } = newest;
  Object.assign(values, {
    title: newest.title,
    body: body ?? '',
    url: url ?? '',
    courseId: courseId === null ? '' : String(courseId),
    audienceKind: audience.kind,
  });
  for (const [index, question] of questions.entries()) {
    values[`question${index}`] = question.question;
    values[`answers${index}`] = questionLines(question);
  }
  const lists = { municipalities: audience.municipalities ?? [], skills: audience.skills ?? [] };
  return { values, lists, errors: {}, summary: [] };
}

/** What was typed, to be shown again without a fault. */
export function typedForm(body: unknown): FormModel {
  return { values: formValues(body), lists: formLists(body), errors: {}, summary: [] };
}

function versionInput(body: unknown): Record<string, unknown> {
  const filled = Object.entries(formValues(body)).filter(([, value]) => value.trim() !== '');
  const { title, changeNote, url, courseId, minutes, ...typed }: Partial<FormValues> =
    Object.fromEntries(filled);
  const { municipalities, skills } = formLists(body);
  const kind = typed['audienceKind'];
  return {
    title,
    changeNote,
    body: typed['body'],
    url,
    courseId: courseId === undefined ? undefined : Number(courseId),
    minor: typed['minor'] === 'ja',
    urgency: typed['urgency'],
    minutes: minutes === undefined ? undefined : Number(minutes),
    effectiveFrom: typed['effectiveFrom'],
    audience: {
      kind,
      ...(kind === 'municipalities' && { municipalities }),
      ...(kind === 'skills' && { skills: chosenSkills({ skills, otherSkills: typed['otherSkills'] }) }),
    },
    questions: questionsOf(typed),
  };
}

function questionsOf(typed: Partial<FormValues>): CheckQuestion[] {
  return QUESTION_ROWS.flatMap((row) => {
    const [question, answers] = [typed[`question${row}`], typed[`answers${row}`]];
    return question === undefined && answers === undefined ? [] : questionFrom(question ?? '', answers ?? '');
  });
}
