import { DomainError } from '../../../common/domain-error.js';
import { proposedTimes, refusePast, stillAhead } from './talk-time.rules.js';

const NOW = new Date('2026-11-23T09:00:00Z');
const at = (time: string) => new Date(`2026-11-24T${time}Z`);

describe('the time of a talk', () => {
  it('lies ahead, or is not known yet', () => {
    expect(() => refusePast('startsAt', at('10:00:00'), NOW)).not.toThrow();
    expect(() => refusePast('startsAt', null, NOW)).not.toThrow();
    expect(() => refusePast('startsAt', NOW, NOW)).toThrow(DomainError);
  });

  it('counts as long as it lies ahead', () => {
    expect(stillAhead(at('10:00:00'), NOW)).toEqual(at('10:00:00'));
    expect(stillAhead(NOW, NOW)).toBeNull();
    expect(stillAhead(null, NOW)).toBeNull();
  });

  it('is proposed once, earliest first', () => {
    expect(proposedTimes([at('12:00:00'), at('10:00:00'), at('12:00:00')], NOW)).toEqual([
      at('10:00:00'),
      at('12:00:00'),
    ]);
    expect(proposedTimes([], NOW)).toEqual([]);
  });

  it('says which of the proposed times has gone by', () => {
    const refused = () => proposedTimes([at('10:00:00'), new Date('2026-11-22T09:00:00Z')], NOW);
    expect(refused).toThrow(expect.objectContaining({ code: 'invalid_talk' }) as Error);
    expect(refused).toThrow(
      expect.objectContaining({
        options: { faults: [{ field: 'times.1', code: 'talk_in_the_past' }] },
      }) as Error,
    );
  });
});
