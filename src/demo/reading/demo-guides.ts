import type { AudienceKind, Urgency } from '../../modules/guides/index.js';

/** A version of a guide in the demonstration; days are counted from today. */
export interface DemoVersion {
  changeNote: string;
  url?: string;
  body?: string;
  isMinor?: boolean;
  urgency?: Urgency;
  minutes: number;
  publishedDay: number;
  effectiveDay: number;
  /** Which part of those it is meant for have read it, when they have a shift it applies to. */
  readShare: number;
}

/** A guide in the demonstration. */
export interface DemoGuide {
  title: string;
  audience: { kind: AudienceKind; codes: readonly string[] };
  versions: readonly DemoVersion[];
}

const EVERYBODY = { kind: 'all', codes: [] } as const;
const elsewhere = (path: string) => `https://guides.example/ddh/${path}`;

const PASSPORT = `# Pas og kørekort: bestil tid

Borgeren bestiller selv tid på kommunens hjemmeside. Hjælp borgeren frem til siden, og bestil kun selv, hvis borgeren ikke kan.

## Det skal borgeren have med

- Gyldig legitimation
- Foto tages i borgerservice; eget foto kan ikke bruges
- For børn under 18 år: samtykke fra begge forældre

## Priser

| Pas                | Pris   |
| ------------------ | ------ |
| Barn, 0-11 år      | 178 kr |
| Barn, 12-17 år     | 178 kr |
| Voksen             | 893 kr |
| Pensionist, 65+ år | 378 kr |

## Stil varmt om

Har borgeren mistet passet i udlandet, stilles samtalen varmt om til Udenrigsministeriets vagt.
`;

const PASSPORT_NEW = PASSPORT.replace(
  '- For børn under 18 år: samtykke fra begge forældre',
  '- For børn under 18 år: samtykke fra begge forældre, også når kun den ene har forældremyndighed i hverdagen\n- Kvittering for betaling, hvis borgeren har betalt på forhånd',
).replace('893 kr', '900 kr');

const POST = `# Fritagelse for Digital Post

Borgeren kan fritages, hvis borgeren ikke kan få adgang til en computer, har svært ved dansk, eller af andre grunde ikke kan
bruge Digital Post.

1. Spørg, om en pårørende kan få læseadgang i stedet.
2. Ellers bestilles tid i borgerservice; fritagelse gives ikke i telefonen.
3. Fortæl, at post derefter kommer på papir, og at det varer op til en uge.
`;

const POST_NEW = POST.replace(
  '2. Ellers bestilles tid i borgerservice; fritagelse gives ikke i telefonen.',
  '2. Ellers sendes en blanket hjem til borgeren, eller der bestilles tid i borgerservice.\n   Fritagelse gives stadig ikke i telefonen.',
).replace('op til en uge', 'op til to uger');

/** The guides of the demonstration: links and texts kept here, minor and larger changes, one acute, one put away. */
export const DEMO_GUIDES: readonly DemoGuide[] = [
  {
    title: 'Pas og kørekort: bestil tid',
    audience: EVERYBODY,
    versions: [
      version('Ny guide om bestilling af tid til pas og kørekort.', { body: PASSPORT }, [-90, -80, 6, 0.99]),
      version(
        'Ny pris for voksne, og samtykke præciseret. Kvittering skal medbringes ved forudbetaling.',
        { body: PASSPORT_NEW },
        [-12, -7, 6, 0.97],
      ),
    ],
  },
  {
    title: 'MitID: hjælp til aktivering',
    audience: EVERYBODY,
    versions: [
      version('Sådan hjælper vi borgere i gang med MitID.', { url: elsewhere('mitid') }, [-75, -70, 8, 0.99]),
      {
        ...version('Rettet et telefonnummer.', { url: elsewhere('mitid') }, [-20, -20, 8, 0.1]),
        isMinor: true,
      },
    ],
  },
  {
    title: 'Flytning til udlandet',
    audience: EVERYBODY,
    versions: [version('Nyt emne fra næste måned.', { url: elsewhere('udrejse') }, [-40, -30, 10, 0.98])],
  },
  {
    title: 'Fritagelse for Digital Post',
    audience: EVERYBODY,
    versions: [
      version('Ny guide om fritagelse.', { body: POST }, [-60, -55, 4, 0.99]),
      version(
        'Blanketten kan nu sendes hjem til borgeren. Papirpost varer op til to uger.',
        { body: POST_NEW },
        [-4, 2, 4, 0.7],
      ),
    ],
  },
  {
    title: 'Folkepension: ansøgning og samleverforhold',
    audience: { kind: 'skills', codes: ['pension'] },
    versions: [
      version('Kun for jer, der svarer på pension.', { url: elsewhere('pension') }, [-35, -28, 15, 0.96]),
    ],
  },
  {
    title: 'Affald og genbrug i Aarhus',
    audience: { kind: 'municipalities', codes: ['751'] },
    versions: [
      version('Nye sorteringsregler i Aarhus.', { url: elsewhere('affald-aarhus') }, [-15, -10, 5, 0.96]),
    ],
  },
  {
    title: 'Driftsforstyrrelse: betaling på borger.dk',
    audience: EVERYBODY,
    versions: [
      {
        ...version(
          'Betaling fejler for nogle borgere. Bed dem prøve igen om en time, og opret ikke sag.',
          { url: elsewhere('drift') },
          [-1, -1, 1, 0.4],
        ),
        urgency: 'acute',
      },
    ],
  },
];

function version(
  changeNote: string,
  text: Pick<DemoVersion, 'url' | 'body'>,
  [publishedDay, effectiveDay, minutes, readShare]: [number, number, number, number],
): DemoVersion {
  return { changeNote, ...text, publishedDay, effectiveDay, minutes, readShare };
}
