// Writes docs/openapi.json from the built code.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../dist/create-app.js';
import { readEnv } from '../dist/config/env.js';
import { openApiDocument } from '../dist/http/openapi.js';

const folder = mkdtempSync(join(tmpdir(), 'vagtklar-openapi-'));
const env = readEnv({
  DATABASE_URL: `sqlite:${join(folder, 'empty.db')}`,
  LOG_LEVEL: 'silent',
  BACKGROUND_WORK: 'false',
});
const { app } = await createApp(env);
await app.init();
writeFileSync('docs/openapi.json', `${JSON.stringify(openApiDocument(app), null, 2)}\n`);
await app.close();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
