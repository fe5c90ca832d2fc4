import { z } from 'zod';
import { line } from '../../common/fields.js';
import { pageQuery } from '../../common/pagination.js';
import { CONNECTION_SHAPES } from './adapters/read-message.js';
import { STORED_STATUSES } from './entities/inbox-message.entity.js';

const shape = z.enum(CONNECTION_SHAPES);
const courseIds = z.array(z.number().int().min(1)).min(1).max(200);

/** What makes a connection; without courses it may report on all. */
export const newConnection = z.strictObject({ name: line(60), shape, courseIds: courseIds.optional() });

/** What is changed of one; no courses are all. */
export const connectionChanges = z.strictObject({
  version: z.number().int().min(1),
  name: line(60),
  courseIds: courseIds.nullable(),
});

/** A connection that was just made. */
export const created = z.object({
  id: z.number(),
  key: z.string(),
  name: z.string(),
  shape,
  courseIds: z.array(z.number()).optional(),
  secret: z
    .string()
    .optional()
    .meta({ description: 'shown once; a repeated request does not show it again' }),
});

/** A connection. */
export const connection = created.omit({ secret: true, courseIds: true }).extend({
  courseIds: z.array(z.number()).nullable(),
  createdAt: z.string(),
  version: z.number(),
  lastMessageAt: z.string().nullable(),
  lastAcceptedAt: z.string().nullable().meta({ description: 'the last message that could be read' }),
  previousSecretEndsAt: z.string().nullable(),
  refusedCount: z.number().meta({ description: 'deliveries refused since one was taken' }),
  refusedSince: z.string().nullable(),
  lastRefusedAt: z.string().nullable(),
  lastRefusalReason: z.string().nullable(),
});

/** A message as it was received. */
export const inboxMessage = z.object({
  id: z.number(),
  connectionId: z.number(),
  messageId: z.string(),
  status: z.enum(STORED_STATUSES),
  reason: z.string().nullable(),
  enrolmentId: z.number().nullable(),
  receivedAt: z.string(),
  body: z.string(),
});

/** Which messages are asked for. */
export const inboxQuery = z.strictObject({
  status: inboxMessage.shape.status.optional(),
  connectionId: z.coerce.number().int().min(1).optional(),
  ...pageQuery,
});

/** The paging of a short list. */
export const wholeQuery = z.strictObject({ ...pageQuery });

/** To whom a message is given. */
export const assignment = z.strictObject({ enrolmentId: z.number().int().min(1) });

/** What became of a message that was looked at again. */
export const sorted = z.object({
  id: z.number(),
  status: z.enum(['applied', 'unmatched']),
  enrolmentId: z.number().nullable(),
});

/** A new secret. */
export const rotated = z.object({
  id: z.number(),
  secret: z.string().optional().meta({ description: 'shown once' }),
  previousSecretEndsAt: z.string(),
});

/** What a host is told. */
export const receipt = z.object({
  messageId: z.string(),
  status: z.enum(['applied', 'unmatched', 'kept', 'duplicate']),
});
