export { PlayerModule } from './player.module.js';
export { AttemptQueries } from './attempt.queries.js';
export { PlayerHost, type CommitAnswer, type Shell } from './player-host.js';
export { countedUnits, firstUnit } from './units.rules.js';
export { Attempt } from './entities/attempt.entity.js';
export { Launch, PlayerMessage, ScoState } from './entities/launch.entity.js';
