import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { addDays, instantAt, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { execute, insertRow, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import {
  isFor,
  searchText,
  windowsOf,
  type AgentSkill,
  type AudienceMember,
  type Guide,
  type GuideAudience,
  type GuideVersion,
  type ReadReceipt,
} from '../../modules/guides/index.js';
import type { Shift } from '../../modules/shifts/index.js';
import { DemoRandom } from '../full/demo-random.js';
import { insertMany } from '../full/demo-writing.js';
import { DEMO_GUIDES, type DemoGuide, type DemoVersion } from './demo-guides.js';
import { planShifts, type DemoShift } from './plan-shifts.js';

interface DemoReader extends AudienceMember {
  agentId: number;
  from: LocalDate;
  to: LocalDate | null;
}

const SKILLS = ['borgerservice', 'pension', 'pas'];

/** Guides, skills, a shift plan and receipts; the requirements that follow are made by the background work, as ever. */
@Injectable()
export class DemoReading {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
  ) {}

  async write(tx: Tx, today: LocalDate): Promise<void> {
    const readers = await this.readers(tx);
    await insertMany<AgentSkill>(
      tx,
      'agent_skill',
      readers.flatMap(({ agentId, skills }) => skills.map((skill) => ({ agentId, skill }))),
    );
    const shifts = planShifts(readers, today, this.env.TZ_NAME);
    await this.writeShifts(tx, shifts);
    const [secretariat] = await selectRows<{ id: number }>(
      tx,
      "SELECT id FROM person WHERE email = 'sekretariat@vagtklar.test'",
    );
    for (const guide of DEMO_GUIDES)
      await this.writeGuide(tx, guide, secretariat!.id, today, { readers, shifts });
  }

  private async readers(tx: Tx): Promise<DemoReader[]> {
    const rows = await selectRows<Omit<DemoReader, 'skills'>>(
      tx,
      `SELECT m.agentId, m.municipalityCode, COALESCE(m.firstShiftOn, m.startOn) AS \`from\`, m.endOn AS \`to\`
         FROM employment m WHERE m.openAgentId IS NOT NULL ORDER BY m.agentId`,
    );
    return rows.map((row) => ({
      ...row,
      skills: SKILLS.filter((_, n) => n === 0 || (row.agentId + n) % 3 === 0),
    }));
  }

  private async writeShifts(tx: Tx, shifts: readonly DemoShift[]): Promise<void> {
    const now = this.clock.now();
    await execute(tx, 'UPDATE shift_plan SET updatedAt = ?, importedAt = ? WHERE id = 1', [now, now]);
    const row = { source: 'import', createdAt: now, updatedAt: now, version: 1 } as const;
    await insertMany<Shift>(
      tx,
      'shift',
      shifts.map((shift) => ({ ...shift, ...row })),
    );
  }

  private async writeGuide(
    tx: Tx,
    guide: DemoGuide,
    byPersonId: number,
    today: LocalDate,
    plan: { readers: readonly DemoReader[]; shifts: readonly DemoShift[] },
  ): Promise<void> {
    const at = (day: number) => instantAt(addDays(today, day), '09:00', this.env.TZ_NAME);
    const guideId = await insertRow<Guide>(tx, 'guide', {
      title: guide.title,
      createdAt: at(guide.versions[0]!.publishedDay),
      createdByPersonId: byPersonId,
      archivedAt: null,
      version: 1 + guide.versions.length,
    });
    const windows = windowsOf(
      guide.versions.map((one, index) => ({
        number: index + 1,
        isMinor: one.isMinor ?? false,
        urgency: one.urgency ?? 'normal',
        effectiveFrom: this.effectiveFrom(one, today),
        publishedAt: at(one.publishedDay),
        isWithdrawn: false,
      })),
    );
    for (const [index, one] of guide.versions.entries()) {
      const window = windows[index]!;
      const versionId = await this.insertVersion(tx, guide, one, {
        guideId,
        ...window,
        effectiveFrom: this.effectiveFrom(one, today),
        publishedAt: at(one.publishedDay),
        publishedByPersonId: byPersonId,
      });
      await insertMany<ReadReceipt>(
        tx,
        'read_receipt',
        this.receipts(
          guide,
          one,
          { id: versionId, guideId, number: window.number, from: at(one.publishedDay) },
          plan,
        ),
      );
    }
  }

  private effectiveFrom({ effectiveDay }: DemoVersion, today: LocalDate): Date {
    return instantAt(addDays(today, effectiveDay), '00:00', this.env.TZ_NAME);
  }

  private async insertVersion(
    tx: Tx,
    { title, audience }: DemoGuide,
    one: DemoVersion,
    placed: Pick<
      GuideVersion,
      | 'guideId'
      | 'number'
      | 'answeredFrom'
      | 'countsFrom'
      | 'appliesUntil'
      | 'effectiveFrom'
      | 'publishedAt'
      | 'publishedByPersonId'
    >,
  ): Promise<number> {
    const versionId = await insertRow<GuideVersion>(tx, 'guide_version', {
      ...placed,
      title,
      changeNote: one.changeNote,
      url: one.url ?? null,
      body: one.body ?? null,
      courseId: null,
      questions: null,
      isMinor: one.isMinor ?? false,
      urgency: one.urgency ?? 'normal',
      minutes: one.minutes,
      audienceKind: audience.kind,
      withdrawnAt: null,
      spreadAt: null,
      spreadUpTo: 0,
      prunedAt: null,
      announcedAt: placed.publishedAt,
      searchText: searchText(title, one.changeNote, one.body),
    });
    const codes = audience.codes.map((code) => ({ versionId, code }));
    await insertMany<GuideAudience>(tx, 'guide_audience', codes);
    return versionId;
  }

  /** Most read it within some days, at the latest the evening before their next shift. */
  private receipts(
    { audience }: DemoGuide,
    { readShare }: DemoVersion,
    version: { id: number; guideId: number; number: number; from: Date },
    { readers, shifts }: { readers: readonly DemoReader[]; shifts: readonly DemoShift[] },
  ) {
    const now = this.clock.now();
    return readers.flatMap((reader) => {
      const random = new DemoRandom(reader.agentId * 31 + version.id * 7907);
      const shift = shifts.find(
        ({ agentId, startsAt }) => agentId === reader.agentId && startsAt > version.from,
      );
      if (!shift || !isFor(audience, reader) || !random.chance(readShare)) return [];
      const soon = version.from.getTime() + random.int(10, 4 * 24 * 60) * 60_000;
      const evening = Math.max(version.from.getTime() + 600_000, shift.startsAt.getTime() - 15 * 3_600_000);
      const readAt = new Date(Math.min(soon, evening));
      if (readAt >= now) return [];
      const { id: versionId, guideId, number } = version;
      return [{ agentId: reader.agentId, versionId, guideId, number, readAt }];
    });
  }
}
