import { mappingRefusals } from './column-mapping.rules.js';

const kind = {
  columns: [
    { name: 'email', required: true, aliases: [] },
    { name: 'month', required: false, aliases: [] },
  ],
  mappingFaults: ({ email }: { email?: number }): Partial<Record<string, string>> =>
    email === undefined ? { email: 'required' } : {},
};

describe('mappingRefusals', () => {
  it.each([
    [{ email: 0, month: 1 }, []],
    [{ month: 1 }, [{ field: 'email', code: 'required' }]],
    [{ email: 2 }, [{ field: 'email', code: 'invalid_choice' }]],
    [{ email: 1, month: 1 }, [{ field: 'month', code: 'column_chosen_twice' }]],
    [{ email: 0, color: 1 }, [{ field: 'color', code: 'unknown_field' }]],
  ])('of %j are %j', (mapping, expected) =>
    expect(mappingRefusals(mapping, ['A', 'B'], kind, {})).toEqual(expected),
  );
});
