import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { DomainError } from '../../../../common/domain-error.js';
import { delimiterOfLines, SAMPLE_ROWS, type TableRow } from '../../../imports/index.js';
import { decodedText } from './decoded-text.js';

const MOST_COLUMNS = 200;
const LONGEST_ROW = 100_000;

/** The rows of a CSV file; a quotation mark in the middle of a cell is taken as it is. @throws DomainError `table_unreadable` */
export async function* csvRows(file: {
  path: string;
  encoding: string;
  delimiter: string;
}): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter: file.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_ROW,
  });
  const source = Readable.from(decodedText(file.path, file.encoding), { objectMode: false });
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  let number = 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      number += 1;
      if (cells.some((cell) => cell.trim() !== '')) yield { number, cells: cells.slice(0, MOST_COLUMNS) };
    }
  } catch (error) {
    throw isOurs(error) ? error : new DomainError('table_unreadable', 'rule');
  } finally {
    source.destroy();
    parser.destroy();
  }
}

/** The separator of a CSV file, by its first lines. */
export async function delimiterOfFile(path: string, encoding: string): Promise<string> {
  for await (const text of decodedText(path, encoding)) {
    const lines = text.split(/\r?\n|\r/).filter((line) => line.trim() !== '');
    return delimiterOfLines(lines.slice(0, SAMPLE_ROWS));
  }
  return ';';
}

function isOurs(error: unknown): boolean {
  return error instanceof DomainError;
}
