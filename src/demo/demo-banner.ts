import type { Env } from '../config/env.js';

/** What is printed when a demonstration is ready. */
export function demoBanner(env: Env): string {
  return [
    '',
    '  Demo logins, all with the password  vagtklar-demo',
    '    secretariat   sekretariat@vagtklar.test',
    env.DEMO_DATA === 'full'
      ? '    leader        leder.751@vagtklar.test   (Aarhus; leder. and the code of any member municipality)'
      : '    leader        leder.751@vagtklar.test   (Aarhus; also leder.615, leder.791)',
    '    agent         agent@vagtklar.test',
    env.SMTP_URL ? '' : `  Captured mails: ${env.PUBLIC_URL}/postkasse`,
    '',
  ].join('\n');
}
