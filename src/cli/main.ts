import { parseArgs } from 'node:util';
import { z } from 'zod';
import { email, line, municipalityCode } from '../common/fields.js';
import { EnvError, readEnv } from '../config/env.js';
import { createContext } from '../create-app.js';
import { UserService } from '../modules/identity/index.js';

const USAGE = `Usage: npm run cli -- <command>

  create-user --email <address> --first-name <name> --last-name <name> --municipality <code> [--role secretariat|leader]
      Makes a user and mails the invitation by which a password is chosen.
`;

const newUser = z.object({
  email,
  'first-name': line(100),
  'last-name': line(100),
  municipality: municipalityCode,
  role: z.enum(['secretariat', 'leader']).default('secretariat'),
});

/** Runs a command; the exit code tells whether it went well. */
async function main(): Promise<number> {
  const [command, ...rest] = process.argv.slice(2);
  if (command !== 'create-user') {
    console.error(USAGE);
    return command === undefined || command === 'help' ? 0 : 2;
  }
  const options = Object.fromEntries(
    ['email', 'first-name', 'last-name', 'municipality', 'role'].map((name) => [
      name,
      { type: 'string' as const },
    ]),
  );
  const { values } = parseArgs({ args: rest, options });
  const parsed = newUser.safeParse(values);
  if (!parsed.success) {
    console.error(
      parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
    console.error(`\n${USAGE}`);
    return 2;
  }
  return createUser(parsed.data);
}

async function createUser(user: z.output<typeof newUser>): Promise<number> {
  const context = await createContext(readEnv(process.env));
  try {
    const invited = await context.get(UserService).invite(
      {
        email: user.email,
        firstName: user['first-name'],
        lastName: user['last-name'],
        municipalityCode: user.municipality,
        roles: [user.role],
        language: 'da',
      },
      null,
      { key: undefined, caller: 'cli', route: 'create-user', body: null },
    );
    console.log(
      `User ${invited.id} is made. The invitation goes to ${invited.email} as soon as the server runs.`,
    );
    return 0;
  } finally {
    await context.close();
  }
}

main()
  .then((code) => process.exit(code))
  .catch((error: unknown) => {
    console.error(error instanceof EnvError ? error.message : `Not done: ${(error as Error).message}`);
    process.exit(1);
  });
