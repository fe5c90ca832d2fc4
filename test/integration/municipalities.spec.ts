import { readFileSync } from 'node:fs';
import { nameSortKey } from '../../src/common/name-sort-key.js';
import { buildWorld } from '../support/builders.js';
import { TestApp } from '../support/test-app.js';

describe('municipalities', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('are the 98 of the data file, with their regions and sort keys', async () => {
    const lines = readFileSync(new URL('../../data/kommuner.csv', import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    const expected = lines
      .map((line) => line.trim().split(','))
      .map(([code, name, region]) => ({ code, name, region, nameSortKey: nameSortKey(name!) }));
    const rows = await app.rows(
      `SELECT m.code, m.name, r.region, m.nameSortKey FROM municipality m
         JOIN municipality_region r ON r.municipalityCode = m.code AND r.fromOn = '2007-01-01' ORDER BY m.code`,
    );
    expect(rows.map((row) => ({ ...(row as object) }))).toEqual(
      expected.sort((a, b) => (a.code! < b.code! ? -1 : 1)),
    );
    expect(rows).toHaveLength(98);
  });

  it('change region with the reform, and are members in their periods', async () => {
    const { secretariat } = await buildWorld(app);
    const list = async () =>
      (await secretariat.get('/municipalities?limit=200')).body['items'] as {
        code: string;
        name: string;
        region: string;
        isMember: boolean;
      }[];
    const before = await list();
    expect(before.map((m) => m.name).slice(-3)).toEqual(['Aabenraa', 'Aalborg', 'Aarhus']);
    expect(before.filter((m) => m.isMember).map((m) => m.code)).toEqual(['615', '751']);
    expect((await secretariat.post('/municipalities/101/memberships', { from: '2027-01-01' })).status).toBe(
      201,
    );
    expect(
      (await secretariat.post('/municipalities/101/memberships', { from: '2028-01-01' })).body['code'],
    ).toBe('membership_overlaps');
    expect((await secretariat.post('/municipalities/999/memberships', { from: '2028-01-01' })).status).toBe(
      404,
    );
    const { MunicipalityQueries } = await import('../../src/modules/municipalities/index.js');
    const queries = app.get(MunicipalityQueries);
    expect(await queries.find('101', '2026-12-31')).toMatchObject({ region: 'Hovedstaden', isMember: false });
    expect(await queries.find('101', '2027-01-01')).toMatchObject({ region: 'Østdanmark', isMember: true });
    expect(await queries.find('751', '2027-01-01')).toMatchObject({ region: 'Midtjylland' });
  });
});
