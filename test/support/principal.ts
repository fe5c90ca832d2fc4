import type { Principal } from '../../src/common/access/principal.js';
import type { Api } from './api.js';

/** Somebody who has signed in to the secretariat, for tests that call services. */
export async function principalOf(secretariat: Api): Promise<Principal> {
  const { body: me } = await secretariat.get('/me');
  return {
    personId: me['personId'],
    sessionId: 0,
    name: '',
    language: 'da',
    roles: ['secretariat'],
    strength: 'full',
    via: 'bearer',
    agentId: null,
    municipalityCodes: [],
  };
}
