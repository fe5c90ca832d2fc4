export { AgentsModule } from './agents.module.js';
export { EmploymentService } from './employment.service.js';
export { leaderFor } from './agents.rules.js';
export { Agent } from './entities/agent.entity.js';
export { Employment, type AgentKind } from './entities/employment.entity.js';
