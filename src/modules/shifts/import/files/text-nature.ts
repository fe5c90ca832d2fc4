import { DomainError } from '../../../../common/domain-error.js';
import type { PlanFormat } from '../../entities/shift-import.entity.js';

const OLD_EXCEL = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const ZIP = Buffer.from('PK\u0003\u0004');
const BEGINNING = 64;

/** Finds out what a file is while its bytes flow by. */
export class TextNature {
  private beginning = Buffer.alloc(0);
  private readonly strict = new TextDecoder('utf-8', { fatal: true });
  private isUtf8 = true;
  private hasNull = false;

  /** The next bytes. */
  see(chunk: Buffer): void {
    if (this.beginning.length < BEGINNING)
      this.beginning = Buffer.concat([this.beginning, chunk.subarray(0, BEGINNING)]);
    this.hasNull ||= chunk.includes(0);
    if (!this.isUtf8) return;
    try {
      this.strict.decode(chunk, { stream: true });
    } catch {
      this.isUtf8 = false;
    }
  }

  /** What the file is, once all of it was seen. @throws DomainError `table_old_excel`, `table_unreadable` */
  asFile(): { format: PlanFormat; encoding: string } {
    if (this.beginsWith(OLD_EXCEL)) throw new DomainError('table_old_excel', 'rule');
    if (this.beginsWith(ZIP)) return { format: 'xlsx', encoding: 'utf-8' };
    const encoding = this.encoding();
    // Binary content that is no table at all.
    if (this.hasNull && !encoding.startsWith('utf-16')) throw new DomainError('table_unreadable', 'rule');
    const text = new TextDecoder(encoding).decode(this.beginning);
    return { format: /^\s*BEGIN:VCALENDAR/i.test(text) ? 'ics' : 'csv', encoding };
  }

  /** UTF-8 and UTF-16 by their marks, UTF-8 without one when it is valid, else windows-1252 as older Excels write it. */
  private encoding(): string {
    if (this.beginsWith(Buffer.from([0xff, 0xfe]))) return 'utf-16le';
    if (this.beginsWith(Buffer.from([0xfe, 0xff]))) return 'utf-16be';
    return this.isUtf8 ? 'utf-8' : 'windows-1252';
  }

  private beginsWith(mark: Buffer): boolean {
    return this.beginning.subarray(0, mark.length).equals(mark);
  }
}
