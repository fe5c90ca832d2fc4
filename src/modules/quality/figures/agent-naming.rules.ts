import type { FieldFault } from '../../../common/domain-error.js';
import { emailKey } from '../../../common/email.js';
import { nameSortKey } from '../../../common/name-sort-key.js';

/** The texts by which a row names its agent; empty where it does not. */
export interface AgentNaming {
  /** The id in the phone system. */
  phoneSystemId: string;
  /** The id in the phone system, or else our own. */
  agentId: string;
  email: string;
  name: string;
  /** Our own id, from a program that says it is. */
  ownId?: number | undefined;
}

/** An agent as far as a row is compared with. */
export interface KnownAgent {
  agentId: number;
  emailKey: string;
  /** In the form in which names are sorted. */
  nameSortKey: string;
}

/** What the database knows of the namings of a table. */
export interface NamedAgents {
  byPhoneSystemId: (text: string) => KnownAgent | undefined;
  byId: (text: string) => KnownAgent | undefined;
  byEmail: (key: string) => KnownAgent | undefined;
  /** What somebody has said the name means; null for nobody of ours. */
  alias: (key: string) => KnownAgent | null | undefined;
}

/** Whom a row is about. */
export type NamedAgent = { agent: KnownAgent } | { isIgnored: true } | { fault: FieldFault };

/**
 * Whom a row is about: the phone system's id comes first, then our own, then the e-mail, then what somebody has said the name means. A
 * phone system may number its users as we number ours, so our own id counts only when nothing in the row speaks against it; and an
 * e-mail of somebody else speaks against any id. What somebody has said settles such a contradiction.
 */
export function agentOf(naming: AgentNaming, known: NamedAgents): NamedAgent {
  if (naming.ownId !== undefined) return agentOfOwnId(naming.ownId, naming, known);
  const alias = known.alias(aliasKeyOf(naming));
  const byEmail = naming.email ? known.byEmail(emailKey(naming.email)) : undefined;
  const phone = [naming.phoneSystemId, naming.agentId, naming.name].filter(Boolean);
  const byPhone = phone.map((text) => known.byPhoneSystemId(text)).find(Boolean);
  if (byPhone && (!byEmail || byEmail.agentId === byPhone.agentId)) return { agent: byPhone };
  const own = byPhone || !naming.agentId ? undefined : known.byId(naming.agentId);
  if (own && agrees(own, naming)) return { agent: own };
  const isContradicted = byPhone !== undefined || own !== undefined;
  if (!isContradicted && byEmail) return { agent: byEmail };
  if (alias !== undefined) return alias === null ? { isIgnored: true } : { agent: alias };
  return { fault: faultOf(naming, isContradicted) };
}

function agentOfOwnId(ownId: number, naming: AgentNaming, known: NamedAgents): NamedAgent {
  const own = known.byId(String(ownId));
  const byPhone = naming.phoneSystemId ? known.byPhoneSystemId(naming.phoneSystemId) : undefined;
  if (!own) return { fault: { field: 'agentId', code: 'figures_agent_unknown' } };
  if (agrees(own, naming) && (!byPhone || byPhone.agentId === ownId)) return { agent: own };
  return { fault: { field: 'agentId', code: 'figures_agent_contradicted' } };
}

/** The name of an unknown agent in the form in which such names are compared: the id if there is one, else the name, else the e-mail. */
export function aliasKeyOf(naming: AgentNaming): string {
  const text = aliasTextOf(naming);
  if (text.includes('@')) return emailKey(text).slice(0, 200);
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .replace(/\s+/g, ' ')
      .trim()
      // MariaDB takes å for a and é for e, and SQLite does not: told apart by their numbers, both agree.
      .replace(/[^\x20-\x7e]/gu, (letter) => `{${letter.codePointAt(0)!.toString(16)}}`)
      .slice(0, 200)
  );
}

/** The name of an unknown agent as a person reads it. */
export function aliasTextOf({ phoneSystemId, agentId, name, email }: AgentNaming): string {
  return phoneSystemId || agentId || name || email;
}

function faultOf(naming: AgentNaming, isContradicted: boolean): FieldFault {
  const field = (['phoneSystemId', 'agentId', 'email'] as const).find((column) => naming[column]) ?? 'agent';
  return { field, code: isContradicted ? 'figures_agent_contradicted' : 'figures_agent_unknown' };
}

/** Whether neither the e-mail nor the name in the row is somebody else's. */
function agrees(agent: KnownAgent, { email, name }: AgentNaming): boolean {
  if (email) return emailKey(email) === agent.emailKey;
  const words = nameSortKey(name)
    .split(' ')
    .filter((word) => word.length > 1);
  const own = agent.nameSortKey.split(' ');
  return words.length === 0 || words.some((word) => own.includes(word));
}
