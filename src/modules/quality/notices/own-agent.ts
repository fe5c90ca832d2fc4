import type { Principal } from '../../../common/access/principal.js';
import { DomainError } from '../../../common/domain-error.js';

/** The agent that the caller is. @throws DomainError `not_found` for somebody with the role whose record is gone */
export function ownAgent({ personId, agentId }: Principal): { personId: number; agentId: number } {
  if (agentId === null) throw new DomainError('not_found', 'not_found');
  return { personId, agentId };
}
