import {
  columnMappingController,
  columnMappingPages,
  importController,
  importPages,
} from '../../imports/index.js';
import { FigureAgents } from './figure-agents.js';
import { FigureAliases } from './figure-aliases.js';
import { FigureChecks } from './figure-checks.js';
import { FigureGates } from './figure-gates.js';
import { FigureImport } from './figure-import.js';
import { FigurePersonalData } from './figure-personal-data.js';
import { FigurePosting } from './figure-posting.js';
import { FigureWriter } from './figure-writer.js';
import { KnownFigures } from './known-figures.js';
import { MatchableAgents } from './matchable-agents.queries.js';
import { ResolutionFigureQueries } from './resolution-figure.queries.js';
import { ResolutionFiguresController } from './resolution-figures.controller.js';
import { UnknownAgentsPages } from './unknown-agents.pages.js';
import { UnknownAgents } from './unknown-agents.queries.js';

const MOUNT = { kind: 'resolution', roles: ['secretariat'] as const, options: ['forMonth'] };
const API = { ...MOUNT, path: 'resolution-imports' };
const PAGES = { ...MOUNT, path: 'kvalitet/import' };

/** What takes figures in; the quality module provides it. */
export const FIGURE_PROVIDERS = [
  FigureAgents,
  FigureAliases,
  FigureChecks,
  FigureGates,
  FigureImport,
  FigurePersonalData,
  FigurePosting,
  FigureWriter,
  KnownFigures,
  MatchableAgents,
  ResolutionFigureQueries,
  UnknownAgents,
];

/** What answers for it. */
export const FIGURE_CONTROLLERS = [
  ResolutionFiguresController,
  importController(API),
  columnMappingController(API),
  importPages(PAGES),
  columnMappingPages(PAGES),
  UnknownAgentsPages,
];
