import { z } from 'zod';
import { id } from '../../../common/fields.js';
import { parseInput } from '../../../common/http/validation.js';
import { formLists, formValues, parseForm } from '../../../web/forms/form.js';
import type { ClosingFormFields } from './closing-form.rules.js';
import type { ClosingChoice } from './closing-choice.rules.js';
import { newClosing, type NewClosing } from './closing.schemas.js';

const ids = z.array(id).max(10_000).default([]);
const texts = z.array(z.string().max(60)).max(10_000).default([]);
const LISTS = ['shown', 'tick', 'out', 'in'];
const choiceForm = z.object({
  shown: ids,
  tick: ids,
  out: texts,
  in: ids,
  step: z.enum(['next', 'confirm']).default('confirm'),
  next: z.string().max(500).optional(),
});

/** What was said on a page of the preview, and where to go from there. */
export function readChoice(
  body: unknown,
): ClosingFormFields & { step: 'next' | 'confirm'; next?: string | undefined } {
  const { tick, ...form } = parseForm(choiceForm, body, LISTS);
  return { ...form, ticked: tick, reasons: formValues(body) };
}

/** The closing that was confirmed. @throws DomainError `invalid_input` */
export function readClosing(body: unknown): NewClosing {
  const { out = [], in: included = [] } = formLists(body);
  return parseInput(newClosing, {
    excluded: out.map((text) => {
      const [agentId, reason] = text.split(':');
      return { agentId: Number(agentId), reason };
    }),
    included: included.map(Number),
    seen: formValues(body)['seen'],
  });
}

/** What was said about single agents, as hidden fields carry it on. */
export function carried({ excluded, included }: ClosingChoice) {
  return { out: excluded.map(({ agentId, reason }) => `${agentId}:${reason}`), in: [...included] };
}
