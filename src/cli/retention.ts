import { z } from 'zod';
import { command } from './command.js';
import { withApplication } from './with-application.js';

const USAGE = `retention
      Deletes now what has served its time, instead of waiting for the server to do it once a day.`;

/** Runs every retention rule once. */
export const retention = command('retention', USAGE, z.object({}), () =>
  withApplication(async (context) => {
    const { RetentionRun } = await import('../modules/privacy/index.js');
    const affected = await context.get(RetentionRun).run();
    for (const [rule, count] of Object.entries(affected)) console.log(`${rule}: ${count}`);
    return 0;
  }),
);
