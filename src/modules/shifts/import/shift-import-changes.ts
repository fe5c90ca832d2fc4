import { Injectable } from '@nestjs/common';
import { decodeCursor, toPage, type Page } from '../../../common/pagination.js';
import { placeholders, selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { loadImport } from './import-job.js';
import { PlanFacts } from './plan-facts.js';

/** What can happen to a shift. */
export const CHANGE_KINDS = ['new', 'moved', 'gone'] as const;

/** What can happen to a shift. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One change of one agent's plan. */
export interface ShiftChangeView {
  kind: ChangeKind;
  startsAt: string;
  endsAt: string;
  /** Where it was before, for one that moves. */
  before?: { startsAt: string; endsAt: string };
}

/** What an import changes for one agent. */
export interface AgentChanges {
  agentId: number;
  firstName: string;
  lastName: string;
  new: number;
  moved: number;
  gone: number;
  /** The first of them, earliest first; none once they are written. */
  changes: ShiftChangeView[];
}

const COLUMN = { new: 'added', moved: 'moved', gone: 'gone' } as const;
const SHOWN = 100;

/** Tells what an import changes, agent by agent; reckoned when it is asked for, since only the counts are kept. */
@Injectable()
export class ShiftImportChanges {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly facts: PlanFacts,
  ) {}

  /** Agents whose plan changes, or changes in one way. */
  list(
    importId: number,
    filter: { kind?: ChangeKind | undefined; limit: number; cursor?: string | undefined },
  ): Promise<Page<AgentChanges>> {
    // Through the writer, as all of an import is read: the reader of SQLite would keep the file's pages in memory.
    return this.unitOfWork.run((tx) => this.page(tx, importId, filter));
  }

  private async page(
    tx: Tx,
    importId: number,
    { kind, limit, cursor }: { kind?: ChangeKind | undefined; limit: number; cursor?: string | undefined },
  ): Promise<Page<AgentChanges>> {
    const after = decodeCursor(cursor, ['number']) ?? [0];
    const what = kind ? `x.${COLUMN[kind]} > 0` : 'x.added + x.moved + x.gone > 0';
    const rows = await selectRows<{ agentId: number; added: number; moved: number; gone: number }>(
      tx,
      `SELECT x.agentId, x.added, x.moved, x.gone FROM shift_import_agent x
        WHERE x.importId = ? AND x.agentId > ? AND ${what} ORDER BY x.agentId LIMIT ?`,
      [importId, ...after, limit + 1],
    );
    const page = toPage(rows, limit, (row) => [row.agentId]);
    const agentIds = page.items.map(({ agentId }) => agentId);
    const [names, changes] = [await namesOf(tx, agentIds), await this.changesOf(tx, importId, agentIds)];
    return {
      ...page,
      items: page.items.map(({ agentId, added, moved, gone }) => ({
        agentId,
        ...(names.get(agentId) ?? { firstName: '', lastName: '' }),
        new: added,
        moved,
        gone,
        changes: (changes.get(agentId) ?? [])
          .filter((change) => !kind || change.kind === kind)
          .slice(0, SHOWN),
      })),
    };
  }

  private async changesOf(tx: Tx, importId: number, agentIds: readonly number[]) {
    const job = await loadImport(tx, importId);
    if (!job || job.state !== 'ready') return new Map<number, ShiftChangeView[]>();
    const facts = await this.facts.of(tx, job, agentIds, job.comparedAt ?? undefined);
    return new Map(
      facts.map(({ agentId, difference: { added, moved, gone } }) => [
        agentId,
        [
          ...added.map((shift) => change('new', shift)),
          ...moved.map(({ from, to }) => ({ ...change('moved', to), before: times(from) })),
          ...gone.map((shift) => change('gone', shift)),
        ].toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1)),
      ]),
    );
  }
}

function change(kind: ChangeKind, shift: { startsAt: Date; endsAt: Date }): ShiftChangeView {
  return { kind, ...times(shift) };
}

function times({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }) {
  return { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
}

async function namesOf(tx: Tx, agentIds: readonly number[]) {
  if (agentIds.length === 0) return new Map<number, { firstName: string; lastName: string }>();
  const rows = await selectRows<{ id: number; firstName: string; lastName: string }>(
    tx,
    `SELECT a.id, p.firstName, p.lastName FROM agent a JOIN person p ON p.id = a.personId WHERE a.id IN (${placeholders(agentIds)})`,
    agentIds,
  );
  return new Map(rows.map(({ id, firstName, lastName }) => [id, { firstName, lastName }]));
}
