import fc from 'fast-check';
import { invitation, written, type CalendarEntry } from './calendar.js';

const ENTRY: CalendarEntry = {
  uid: 'x',
  sequence: 0,
  stamp: new Date('2026-11-23T09:00:00Z'),
  day: {
    startsAt: new Date('2026-12-10T08:00:00Z'),
    endsAt: new Date('2026-12-10T14:30:00Z'),
    venue: 'DOKK1',
    address: 'Hack Kampmanns Plads 2, 8000 Aarhus C',
  },
  summary: 'Onboardingdag hos Den Digitale Hotline',
  description: 'Medbring din bærbare.\n\nTag letbanen; stå af ved Dokk1.',
  url: 'https://vagtklar.example/mit',
  isCancelled: false,
};
const ORGANIZER = { name: 'Den Digitale Hotline', email: 'hotline@ddh.example' };

describe('invitation', () => {
  it('is what the library writes, whoever is invited', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 120 })
      .map((text) => `Å ${text.replace(/[\r\n]/g, '')}`);
    fc.assert(
      fc.property(
        name,
        fc.emailAddress(),
        fc.nat(9),
        fc.boolean(),
        fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2099-01-01') }),
        (attendee, email, sequence, isCancelled, stamp) => {
          const entry = { ...ENTRY, uid: `${'u'.repeat(43)}@vagtklar.example`, sequence, isCancelled, stamp };
          const party = { name: attendee, email };
          expect(invitation(entry, ORGANIZER, party)).toBe(written(entry, ORGANIZER, party));
        },
      ),
    );
  });
});
