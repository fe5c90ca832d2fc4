import { z } from 'zod';
import { id } from '../../../common/fields.js';
import { pageQuery } from '../../../common/pagination.js';
import { TALK_STATES } from './talk-state.rules.js';

const instant = z.iso.datetime({ offset: true }).meta({ example: '2026-11-24T12:00:00.000Z' });
const minutes = z.coerce.number().int().min(15).max(120);

/** The address of a meeting: https, and nothing in it that lets somebody in elsewhere. */
const link = z
  .string()
  .trim()
  .max(500)
  .refine(isHttps, { params: { code: 'talk_link_not_https' } })
  .meta({ description: 'the Teams address; https only' });

function isHttps(text: string): boolean {
  if (!/^https:\/\/[\x21-\x7e]+$/i.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

/** What offers a talk; all of it may be left out. */
export const newTalk = z.strictObject({
  coachId: z
    .number()
    .int()
    .min(1)
    .optional()
    .meta({ description: 'whoever has the fewest talks when left out' }),
  startsAt: instant.optional(),
  link: link.optional(),
  minutes: minutes.optional(),
});

/** What offers a talk. */
export type NewTalk = z.output<typeof newTalk>;

/** What may be changed of a talk; `version` is the one that was read. */
export const talkChanges = z.strictObject({
  version: z.number().int().min(1),
  startsAt: instant.optional(),
  link: link.optional(),
  minutes: minutes.optional(),
  state: z.enum(['held', 'not_held', 'cancelled']).optional(),
});

/** What may be changed of a talk. */
export type TalkChanges = z.output<typeof talkChanges>;

/** An agent's answer, with up to three times that would suit. */
export const talkAnswer = z.strictObject({
  answer: z.enum(['accept', 'decline']),
  times: z.array(instant).max(3).optional(),
});

/** The agent's own next step. */
export const nextStep = z.strictObject({
  nextStep: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .refine((text) => /^[^\p{Cs}\p{Cc}]*$/u.test(text.replace(/[\r\n\t]/g, '')), {
      params: { code: 'invalid_characters' },
    })
    .transform((text) => text.replace(/\r\n?/g, '\n')),
});

/** What a list of talks may be narrowed to. */
export const talkQuery = z.strictObject({
  state: z.enum(TALK_STATES).optional(),
  caseId: id.optional(),
  coachId: id.optional(),
  ...pageQuery,
});

const talkFields = {
  id: z.number(),
  caseId: z.number(),
  coachId: z.number(),
  coachName: z.string(),
  state: z.enum(TALK_STATES),
  startsAt: z.string().nullable(),
  minutes: z.number(),
  link: z.string().nullable(),
  version: z.number(),
};

/** A talk that has just been offered. */
export const offeredTalk = z.object(talkFields);

/** A talk that has just been offered. */
export type OfferedTalk = z.output<typeof offeredTalk>;

/** A talk as the API shows it; what the agent means to do next is in no answer but the agent's own. */
export const talkView = z.object({
  ...talkFields,
  agentId: z.number(),
  agentName: z.string(),
  coachMunicipality: z.string(),
  times: z.array(z.string()).meta({ description: 'times that the agent proposes' }),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
});

/** A talk as the API shows it. */
export type TalkView = z.output<typeof talkView>;

/** Somebody with the coach grant as the API shows it. */
export const coachView = z.object({
  personId: z.number(),
  name: z.string(),
  municipalityCode: z.string(),
  municipalityName: z.string(),
  isAbsent: z.boolean().meta({ description: 'today' }),
  load: z.number().meta({ description: 'talks under way or held within a year' }),
  lastAskedAt: z.string().nullable(),
});

const few = z.number().nullable().meta({ description: 'null when fewer than five' });

/** What became of the talks offered in each quarter. */
export const coachingStatistics = z.object({
  quarters: z.array(z.object({ quarter: z.string(), offered: few, held: few, notHeld: few, declined: few })),
});
