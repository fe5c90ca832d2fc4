// Starts the built product with fresh demonstration data on the embedded database.
import { rmSync } from 'node:fs';

const folder = 'var/demo';
rmSync(folder, { recursive: true, force: true });
process.env.DATABASE_URL ??= `sqlite:./${folder}/vagtklar.db`;
process.env.MAIL_DIR ??= `./${folder}/mail`;
process.env.DEMO_DATA ??= 'small';
process.env.LOG_LEVEL ??= 'warn';
await import('../dist/main.js');
