import { csvStream, type CsvColumn, type CsvFormat } from './csv.js';

interface Row {
  name: string;
  on: string | null;
  at: Date;
  share: number;
}

const columns: CsvColumn<Row>[] = [
  { header: 'Navn', value: (row) => row.name },
  { header: 'Dag', value: (row) => row.on },
  { header: 'Tid', value: (row) => row.at },
  { header: 'Andel', value: (row) => row.share },
];
const row = { name: 'Åse "A"; B', on: '2026-11-21', at: new Date('2026-07-01T10:00:00Z'), share: 0.5 };

async function* each<T>(rows: T[]): AsyncGenerator<T> {
  yield* rows;
}
async function write(format: CsvFormat, rows: Row[]): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of csvStream(format, columns, each(rows))) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks).toString('utf8');
}

describe('csvStream', () => {
  it('writes for machines', async () => {
    expect(await write('csv', [row])).toBe(
      'Navn,Dag,Tid,Andel\n"Åse ""A""; B",2026-11-21,2026-07-01T10:00:00.000Z,0.5\n',
    );
  });

  it('writes for a Danish Excel', async () => {
    expect(await write('csv-excel', [row])).toBe(
      '\ufeffNavn;Dag;Tid;Andel\r\n"Åse ""A""; B";21.11.2026;01.07.2026 12:00;0,5\r\n',
    );
  });

  it('writes the heading of an empty table', async () => {
    expect(await write('csv', [])).toBe('Navn,Dag,Tid,Andel\n');
  });

  it.each(['=1+1', '+1', '-1', '@x', '\tx'])('neutralises %j', async (name) => {
    const [, line] = (await write('csv', [{ ...row, name }])).split('\n');
    expect(line!.replace(/^"/, '').startsWith("'")).toBe(true);
  });
});
