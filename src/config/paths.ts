import { fileURLToPath } from 'node:url';

const here = new URL('.', import.meta.url);
const isBuilt = here.pathname.endsWith('/dist/config/');

/** Folder that holds `package.json`, with a trailing slash. */
export const projectRoot = fileURLToPath(new URL('../../', here));

/** Folder of the running code: `src/` under test, `dist/` when built. */
export const codeRoot = fileURLToPath(new URL('../', here));

/** Folder with the migrations that belong to the running code, and the file ending they have there. */
export const migrationFiles = isBuilt
  ? { folder: `${codeRoot}migrations/`, ending: '.js' }
  : { folder: `${projectRoot}migrations/`, ending: '.ts' };
