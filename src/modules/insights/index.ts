export { InsightsModule } from './insights.module.js';
export { InsightResult } from './entities/insight-result.entity.js';
