import { gateFault, type AgreementTerms, type EmploymentSpan } from './figure-gates.rules.js';

const TODAY = '2026-09-10';
const span = (municipalityCode: string, startOn: string, endOn: string | null = null): EmploymentSpan => ({
  municipalityCode,
  startOn,
  endOn,
});
const AGREED: Record<string, AgreementTerms> = {
  '751': { signedOn: '2026-05-01', figuresFrom: '2026-06-01' },
  '615': { signedOn: '2026-05-01', figuresFrom: '2026-08-15' },
  '791': { signedOn: '2026-10-01', figuresFrom: '2026-06-01' },
};

describe('gateFault', () => {
  it.each<[string, string, EmploymentSpan[], string | undefined]>([
    ['an agent under an agreement', '2026-08', [span('751', '2025-01-01')], undefined],
    ['the first month', '2026-06', [span('751', '2025-01-01')], undefined],
    ['a month before the employees were told', '2026-05', [span('751', '2025-01-01')], 'figures_too_early'],
    [
      'a month that had begun when they were told',
      '2026-08',
      [span('615', '2025-01-01')],
      'figures_too_early',
    ],
    ['the month after it', '2026-09', [span('615', '2025-01-01')], undefined],
    ['no agreement', '2026-08', [span('101', '2025-01-01')], 'figures_no_agreement'],
    ['an agreement that is signed later', '2026-08', [span('791', '2025-01-01')], 'figures_no_agreement'],
    ['somebody who started later', '2026-08', [span('751', '2026-09-01')], 'agent_not_employed_in_month'],
    ['somebody who started on the last day', '2026-08', [span('751', '2026-08-31')], undefined],
    [
      'somebody who left before',
      '2026-08',
      [span('751', '2025-01-01', '2026-07-31')],
      'agent_not_employed_in_month',
    ],
    ['somebody who left on the first day', '2026-08', [span('751', '2025-01-01', '2026-08-01')], undefined],
    [
      'somebody who never began',
      '2026-08',
      [span('751', '2026-08-20', '2026-08-10')],
      'agent_not_employed_in_month',
    ],
    ['nobody', '2026-08', [], 'agent_not_employed_in_month'],
    [
      'a transfer between two that agreed',
      '2026-09',
      [span('751', '2025-01-01', '2026-09-14'), span('615', '2026-09-15')],
      undefined,
    ],
    [
      'a transfer to one that did not',
      '2026-09',
      [span('751', '2025-01-01', '2026-09-14'), span('101', '2026-09-15')],
      'figures_no_agreement',
    ],
  ])('%s in %s', (_, month, spans, code) =>
    expect(
      gateFault(
        month,
        spans,
        (one) => AGREED[one],
        TODAY,
        (one) => one,
      )?.code,
    ).toBe(code),
  );

  it('says where and from when', () =>
    expect(
      gateFault(
        '2026-05',
        [span('751', '2025-01-01')],
        (code) => AGREED[code],
        TODAY,
        () => 'Aarhus',
      ),
    ).toEqual({
      field: 'month',
      code: 'figures_too_early',
      args: { municipality: 'Aarhus', from: '01.06.2026' },
    }));
});
