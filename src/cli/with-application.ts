import type { INestApplicationContext } from '@nestjs/common';
import { readEnv } from '../config/env.js';

/** Runs work with the whole application beside a running server; loaded only here, so that other commands start without it. */
export async function withApplication<T>(work: (context: INestApplicationContext) => Promise<T>): Promise<T> {
  const { createContext } = await import('../create-app.js');
  const context = await createContext(readEnv(process.env));
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}
