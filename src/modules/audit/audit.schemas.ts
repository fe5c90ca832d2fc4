import { z } from 'zod';

/** What an entry is about: `agent`, or `agent:7`. */
export const auditSubject = z
  .string()
  .refine((text) => /^[a-z_]{1,40}(:[1-9]\d{0,8})?$/.test(text), { params: { code: 'invalid_format' } })
  .transform((text) => {
    const [type = '', key] = text.split(':');
    return { type, id: key === undefined ? undefined : Number(key) };
  });
