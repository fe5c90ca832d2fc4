import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { randomToken } from '../../../../common/crypto.js';
import { DomainError } from '../../../../common/domain-error.js';
import { ENV, type Env } from '../../../../config/env.js';
import type { PlanFormat } from '../../entities/shift-import.entity.js';
import { TextNature } from './text-nature.js';

/** A plan that lies in the store. */
export interface StoredPlan {
  storedAs: string;
  /** SHA-256, hex. */
  checksum: string;
  format: PlanFormat;
  /** Label of a `TextDecoder`. */
  encoding: string;
}

const ABANDONED_MS = 7 * 24 * 3_600_000;
const MEGABYTE = 1024 * 1024;
/** A million rows of a plan are some 60 MB. */
export const PLAN_LIMIT = 200 * MEGABYTE;

/** Keeps uploaded plans as files below `CONTENT_DIR`, which all instances share, until they are written or given up. */
@Injectable()
export class PlanStore {
  private readonly folder: string;

  constructor(@Inject(ENV) env: Env) {
    this.folder = resolve(env.CONTENT_DIR, 'shift-plans');
  }

  /**
   * Takes a file in piece by piece; nothing of one that fails is kept.
   * @throws DomainError `table_too_large`, `table_old_excel`, `table_unreadable`, `table_empty`
   */
  async receive(content: AsyncIterable<Buffer>, limit = PLAN_LIMIT): Promise<StoredPlan> {
    await mkdir(this.folder, { recursive: true });
    const storedAs = randomToken();
    try {
      const { checksum, nature } = await this.write(storedAs, content, limit);
      return { storedAs, checksum, ...nature.asFile() };
    } catch (error) {
      await this.remove(storedAs);
      throw error;
    }
  }

  /** Where a stored plan lies. */
  pathOf(storedAs: string): string {
    return join(this.folder, storedAs);
  }

  /** Whether it is still there. */
  async has(storedAs: string): Promise<boolean> {
    return (await stat(this.pathOf(storedAs)).catch(() => undefined)) !== undefined;
  }

  /** Deletes a plan. */
  async remove(storedAs: string): Promise<void> {
    await rm(this.pathOf(storedAs), { force: true });
  }

  /** Deletes plans nobody went on with for a week. */
  async sweep(now: Date): Promise<void> {
    for (const name of await readdir(this.folder).catch(() => [] as string[])) {
      const found = await stat(this.pathOf(name)).catch(() => undefined);
      if (found && now.getTime() - found.mtimeMs >= ABANDONED_MS) await this.remove(name);
    }
  }

  private async write(storedAs: string, content: AsyncIterable<Buffer>, limit: number) {
    const hash = createHash('sha256');
    const nature = new TextNature();
    const file = await open(this.pathOf(storedAs), 'wx', 0o600);
    let size = 0;
    try {
      for await (const chunk of content) {
        size += chunk.length;
        if (size > limit) throw tooLarge(limit);
        hash.update(chunk);
        nature.see(chunk);
        await file.write(chunk);
      }
    } finally {
      await file.close();
    }
    if (size === 0) throw new DomainError('table_empty', 'rule');
    return { checksum: hash.digest('hex'), nature };
  }
}

function tooLarge(limit: number): DomainError {
  return new DomainError('table_too_large', 'too_large', { args: { maximum: Math.floor(limit / MEGABYTE) } });
}
