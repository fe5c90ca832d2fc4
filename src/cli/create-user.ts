import { z } from 'zod';
import { email, line, municipalityCode } from '../common/fields.js';
import { command } from './command.js';
import { withApplication } from './with-application.js';

const USAGE = `create-user --email <address> --first-name <name> --last-name <name> --municipality <code> [--role secretariat|leader]
      Makes a user and mails the invitation by which a password is chosen.`;

const newUser = z.object({
  email,
  'first-name': line(100),
  'last-name': line(100),
  municipality: municipalityCode,
  role: z.enum(['secretariat', 'leader']).default('secretariat'),
});

/** Makes the first user, and any other. */
export const createUser = command('create-user', USAGE, newUser, invite);

function invite(user: z.output<typeof newUser>): Promise<number> {
  return withApplication(async (context) => {
    const { UserService } = await import('../modules/identity/index.js');
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
  });
}
