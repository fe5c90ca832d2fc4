import { mappingFaults } from './shift-columns.rules.js';

describe('mappingFaults', () => {
  it.each([
    [{}, [], ['agent', 'start', 'end']],
    [{ email: 0, start: 1, end: 2 }, [['a', '8.00', '16.00']], ['date']],
    [{ email: 0, start: 1, end: 2 }, [['a', '21.11.2026 8.00', '16.00']], []],
    [{ agent: 0, date: 3, start: 1, end: 2 }, [['a', '8.00', '16.00', '21.11.2026']], []],
  ])('%j with %j: %j', (mapping, examples, fields) =>
    expect(Object.keys(mappingFaults(mapping, examples)).sort()).toEqual([...fields].sort()),
  );
});
