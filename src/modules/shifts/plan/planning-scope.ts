import type { Principal } from '../../../common/access/principal.js';
import { scopeOf, type Scope } from '../../../common/access/scope.js';

/** Whose shifts the caller may plan: a leader's own record elsewhere can be seen, and is not the leader's to plan. */
export function planningScope(principal: Principal): Scope {
  const scope = scopeOf(principal);
  return scope.kind === 'municipalities' ? { ...scope, personId: 0 } : scope;
}
