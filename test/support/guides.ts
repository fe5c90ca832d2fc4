import { crc32, deflateSync } from 'node:zlib';
import { signIn, type Api } from './api.js';
import type { TestApp } from './test-app.js';

const EVERYONE = { kind: 'all' };

const text = (
  price: number,
  image: string,
  more = '',
) => `Et pas er et rejsedokument. Se [borger.dk](https://www.borger.dk/pas).

# Pris

Gebyret følger alderen, og der gives ikke rabat.

| Hvem | Gyldigt i | Gebyr |
|------|:---------:|------:|
| Børn under 12 år | 5 år | ${price} kr. |
| Unge fra 12 til 17 år | 5 år | ${price} kr. |
| Voksne | 10 år | 893 kr. |
| Folkepensionister med et langt ord som folkepensionistforeningsformand | 10 år | 379 kr. |

## Sådan gør du

1. Spørg, om borgeren har bestilt tid.
2. Spørg efter **samtykke** fra den anden forælder.
${more}
- Er barnet født i udlandet?
  - Bed om fødselsattesten.

![Skærmbilledet med knappen Bestil pas](${image})

> Skriv aldrig et CPR-nummer i noten.

\`\`\`
Journalnummer: 08.13.00-P19-en-meget-lang-linje-der-ikke-kan-brydes-nogen-steder-overhovedet
\`\`\`
`;

/** A guide of each kind, one of which the demo's agent has read in its first version; gives their keys. */
export async function furnishGuides(app: TestApp, secretariat: Api): Promise<Record<string, number>> {
  const agent = await signIn(app, 'agent@vagtklar.test', 'vagtklar-demo');
  const agentId = (await agent.get('/me')).body['agentId'] as number;
  await secretariat.call('PUT', `/api/v1/agents/${agentId}/skills`, {
    skills: ['pas', 'kørekort', 'vielse'],
  });
  const { body: image } = await secretariat.upload('/guide-images', anImage(), {}, 'bestil-pas.png');
  const [whole, first] = await guide(secretariat, 'Pas til børn og unge', {
    body: text(178, image['path']),
    changeNote: 'Guiden er ny.',
  });
  await agent.post(`/guide-versions/${first}/receipts`);
  await publish(secretariat, whole, 'Pas til børn og unge', {
    body: text(192, image['path'], '3. Tjek, at begge forældre har skrevet under.'),
    changeNote: 'Gebyret for børn stiger.\nBegge forældre skal skrive under.',
    audience: { kind: 'skills', skills: ['pas', 'kørekort'] },
    questions: [
      { question: 'Hvem skal skrive under?', answers: ['En forælder', 'Begge forældre'], right: 1 },
    ],
  });
  const [link] = await guide(secretariat, 'Driftsstop i MitID', {
    url: 'https://guides.kommune.test/driftsstop/mitid/en-meget-lang-adresse-uden-mellemrum?emne=mitid',
    urgency: 'acute',
    audience: { kind: 'municipalities', municipalities: ['751', '615'] },
  });
  const [course] = await guide(secretariat, 'Sikker brug af AI', { courseId: 1 });
  const [archived] = await guide(secretariat, 'Valgkort 2025', { body: 'Udløbet.' });
  await secretariat.post(`/guides/${archived}/archivings`);
  const draft = (await secretariat.post('/guides', { title: 'Boligstøtte' })).body['id'] as number;
  const reports = [
    { kind: 'missing', topic: 'Pas til børn født i udlandet af forældre uden fælles forældremyndighed' },
    { kind: 'wrong', topic: 'Gebyret er fra i fjor', guideId: whole },
  ];
  for (const report of reports) await agent.post('/guide-reports', report);
  const { items } = (await secretariat.get('/guide-reports')).body;
  await secretariat.call('PUT', `/api/v1/guide-reports/${items[0].id}/settled`);
  return { whole, link, course, archived, draft };
}

async function guide(secretariat: Api, title: string, version: object): Promise<[number, number]> {
  const id = (await secretariat.post('/guides', { title })).body['id'] as number;
  return [id, await publish(secretariat, id, title, version)];
}

async function publish(secretariat: Api, guideId: number, title: string, version: object): Promise<number> {
  const { status, body } = await secretariat.post(`/guides/${guideId}/versions`, {
    title,
    changeNote: 'Ring ikke til supporten, mens det står på.',
    effectiveFrom: '2026-01-01',
    audience: EVERYONE,
    ...version,
  });
  if (status !== 201) throw new Error(`The version was refused: ${JSON.stringify(body)}`);
  return body['id'] as number;
}

/** A grey PNG of 320 by 120 points. */
function anImage(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(320, 0);
  header.writeUInt32BE(120, 4);
  header.writeUInt8(8, 8);
  const rows = Buffer.alloc(321 * 120, 0xcc);
  for (let row = 0; row < 120; row += 1) rows[row * 321] = 0;
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}
