import type { LocalDate } from '../../../common/local-date.js';
import { firstDayOf, type Month } from '../month.rules.js';
import type { FiguresPeriod, MonthFigure } from '../streak.rules.js';
import type { AgentHistory } from './figure-histories.js';

/** A row for each agent and month; a single one without month for an agent without figures. */
export interface HistoryRow {
  agentId: number;
  personId: number;
  firstName: string;
  lastName: string;
  nameSortKey: string;
  employmentId: number | null;
  municipalityCode: string | null;
  leaderId: number | null;
  startOn: LocalDate | null;
  endOn: LocalDate | null;
  /** Null without an agreement that has been signed. */
  figuresFrom: LocalDate | null;
  month: Month | null;
  answered: number;
  resolved: number;
  warmTransferred: number | null;
}

/** What was looked at: the first month, and the day. */
export interface HistoryBounds {
  from: Month;
  today: LocalDate;
}

/** Puts the rows of each agent together; they come in the order of agents. */
export function asHistories(
  rows: readonly HistoryRow[],
  imported: ReadonlySet<Month>,
  bounds: HistoryBounds,
): AgentHistory[] {
  const agents: AgentHistory[] = [];
  let figures = new Map<Month, MonthFigure>();
  for (const row of rows) {
    if (agents.at(-1)?.agentId !== row.agentId) {
      figures = new Map();
      agents.push(agentOf(row, figures, imported, bounds));
    }
    const { month, answered, resolved, warmTransferred } = row;
    if (month !== null) figures.set(month, { answered, resolved, warmTransferred });
  }
  return agents;
}

function agentOf(
  row: HistoryRow,
  figures: ReadonlyMap<Month, MonthFigure>,
  imported: ReadonlySet<Month>,
  { from, today }: HistoryBounds,
): AgentHistory {
  const { agentId, personId, firstName, lastName, nameSortKey, leaderId, startOn, endOn } = row;
  const hasLeft = row.employmentId === null || (endOn !== null && endOn < today);
  return {
    agentId,
    personId,
    name: `${firstName} ${lastName}`,
    sortKey: nameSortKey,
    employment: hasLeft
      ? null
      : {
          id: row.employmentId!,
          municipalityCode: row.municipalityCode!,
          leaderId,
          startOn: startOn!,
          endOn,
        },
    history: { figures, imported, period: hasLeft ? null : periodOf(row, from) },
  };
}

/** The employment as far as the agreement with the municipality lets its months count, and as far back as was looked. */
function periodOf({ startOn, endOn, figuresFrom }: HistoryRow, from: Month): FiguresPeriod | null {
  if (figuresFrom === null) return null;
  const starts = [startOn!, figuresFrom, firstDayOf(from)].sort();
  return { startOn: starts.at(-1)!, endOn };
}
