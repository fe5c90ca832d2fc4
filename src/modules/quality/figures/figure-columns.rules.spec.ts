import { mapColumns } from '../../imports/index.js';
import { FIGURE_COLUMN_NAMES, figureMappingFaults } from './figure-columns.rules.js';

const mapped = (headings: string[]) =>
  Object.fromEntries(mapColumns(headings, FIGURE_COLUMN_NAMES).positions);

describe('the columns of figures', () => {
  it('are known by the headings that programs are told to use', () =>
    expect(mapped(['agent_id', 'email', 'month', 'calls_answered', 'resolved_immediately'])).toEqual({
      agentId: 0,
      email: 1,
      month: 2,
      answered: 3,
      resolved: 4,
    }));

  it('are known in Danish, and a share is not taken for a number', () => {
    expect(
      mapped([
        'Agent',
        'Telefonsystem-id',
        'E-mail',
        'Måned',
        'Besvarede kald',
        'Straksafklarede',
        'Straksafklarede %',
        'Varm omstilling',
        'Gns. behandlingstid',
      ]),
    ).toEqual({
      agent: 0,
      phoneSystemId: 1,
      email: 2,
      month: 3,
      answered: 4,
      resolved: 5,
      share: 6,
      warmTransferred: 7,
      handling: 8,
    });
    // It may be a number or a share: somebody has to say.
    expect(mapped(['Straksafklaring', 'Straksafklaring %'])).toEqual({ share: 1 });
  });

  it('have headings that mean one thing each', () => {
    const all = FIGURE_COLUMN_NAMES.flatMap(({ name, aliases }) =>
      [name, ...aliases].map((one) => [one, name]),
    );
    for (const [heading, name] of all)
      expect([heading, Object.keys(mapped([heading!]))]).toEqual([heading, [name]]);
  });
});

describe('figureMappingFaults', () => {
  it.each([
    [{ agent: 0, month: 1, answered: 2, resolved: 3 }, {}, []],
    [{ email: 0, month: 1, answered: 2, share: 3 }, {}, []],
    [{ email: 0, answered: 2, share: 3 }, { forMonth: '2026-08' }, []],
    [{ email: 0, month: 1, share: 3 }, {}, ['answered']],
    [{}, {}, ['agent', 'answered', 'month', 'resolved']],
  ])('of %j with %j: %j', (mapping, options, expected) =>
    expect(Object.keys(figureMappingFaults(mapping, options as Record<string, string>)).sort()).toEqual(
      expected,
    ),
  );
});
