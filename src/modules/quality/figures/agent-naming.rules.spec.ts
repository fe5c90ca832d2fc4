import fc from 'fast-check';
import { nameSortKey } from '../../../common/name-sort-key.js';
import {
  agentOf,
  aliasKeyOf,
  type AgentNaming,
  type KnownAgent,
  type NamedAgents,
} from './agent-naming.rules.js';

const agent = (agentId: number, name: string, phone: string): KnownAgent & { phone: string } => ({
  agentId,
  emailKey: `${name.toLowerCase()}@aarhus.test`,
  nameSortKey: nameSortKey(`${name} Agent`),
  phone,
});
const anna = agent(7, 'Anna', '4711');
const bo = agent(8, 'Bo', '7');
const all = [anna, bo];

function world(aliases: Record<string, KnownAgent | null> = {}): NamedAgents {
  return {
    byPhoneSystemId: (text) => all.find(({ phone }) => phone === text),
    byId: (text) => all.find(({ agentId }) => String(agentId) === text),
    byEmail: (key) => all.find((one) => one.emailKey === key),
    alias: (key) => aliases[key],
  };
}

const naming = (changes: Partial<AgentNaming>): AgentNaming => ({
  phoneSystemId: '',
  agentId: '',
  email: '',
  name: '',
  ...changes,
});
const whom = (changes: Partial<AgentNaming>, aliases: Record<string, KnownAgent | null> = {}) => {
  const found = agentOf(naming(changes), world(aliases));
  if ('agent' in found) return found.agent.agentId;
  return 'fault' in found ? found.fault.code : 'ignored';
};

describe('agentOf', () => {
  it.each<[Partial<AgentNaming>, unknown]>([
    [{ phoneSystemId: '4711' }, 7],
    [{ agentId: '4711' }, 7],
    [{ name: '4711' }, 7],
    // 7 is Anna's number here and Bo's in the phone system, which comes first.
    [{ agentId: '7' }, 8],
    [{ agentId: '7', email: 'bo@aarhus.test' }, 8],
    [{ agentId: '7', email: 'anna@aarhus.test' }, 'figures_agent_contradicted'],
    [{ agentId: '8' }, 8],
    [{ agentId: '8', email: 'BO@aarhus.test' }, 8],
    [{ agentId: '8', email: 'anna@aarhus.test' }, 'figures_agent_contradicted'],
    [{ agentId: '8', email: 'somebody@else.test' }, 'figures_agent_contradicted'],
    [{ agentId: '8', name: 'Bo A.' }, 8],
    [{ agentId: '8', name: 'Carl Carlsen' }, 'figures_agent_contradicted'],
    [{ phoneSystemId: '8' }, 'figures_agent_unknown'],
    [{ phoneSystemId: '4711', email: 'work@account.test' }, 7],
    [{ phoneSystemId: '4711', email: 'bo@aarhus.test' }, 'figures_agent_contradicted'],
    [{ email: ' Anna@Aarhus.test ' }, 7],
    [{ phoneSystemId: '99', email: 'anna@aarhus.test' }, 7],
    [{ name: 'Anna Agent' }, 'figures_agent_unknown'],
    [{ ownId: 7 }, 7],
    [{ ownId: 7, email: 'anna@aarhus.test' }, 7],
    [{ ownId: 7, phoneSystemId: '7' }, 'figures_agent_contradicted'],
    [{ ownId: 7, email: 'bo@aarhus.test' }, 'figures_agent_contradicted'],
    [{ ownId: 99 }, 'figures_agent_unknown'],
  ])('of %j is %s', (changes, expected) => expect(whom(changes)).toBe(expected));

  it('takes what somebody has said about a name that is not known otherwise', () => {
    const said = { 'anna agent': anna, kø: bo, 'k{f8}': null, '8': anna };
    expect(whom({ name: 'ANNA  Agent' }, said)).toBe(7);
    expect(whom({ name: 'Kø' }, said)).toBe('ignored');
    // Known by the e-mail: nothing else is asked.
    expect(whom({ name: 'Kø', email: 'bo@aarhus.test' }, said)).toBe(8);
    // It settles a contradiction.
    expect(whom({ agentId: '8', name: 'Carl Carlsen' }, said)).toBe(7);
  });
});

describe('aliasKeyOf', () => {
  it('is plain, however the name is written, and tells å from a', () => {
    expect(aliasKeyOf(naming({ name: '  Åse   ØRSTED ' }))).toBe(aliasKeyOf(naming({ name: 'åse ørsted' })));
    expect(aliasKeyOf(naming({ name: 'Åse' }))).not.toBe(aliasKeyOf(naming({ name: 'Ase' })));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
        expect(aliasKeyOf(naming({ name }))).toMatch(/^[\x20-\x7e]{0,200}$/);
      }),
    );
  });
});
