import { createReadStream } from 'node:fs';

const CHUNK = 64 * 1024;

/** The text of a file, piece by piece, without its byte order mark. */
export async function* decodedText(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }))
    yield decoder.decode(chunk as Buffer, { stream: true });
  yield decoder.decode();
}
