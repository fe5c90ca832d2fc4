export { MunicipalitiesModule } from './municipalities.module.js';
export { MunicipalityQueries, type MunicipalityRow } from './municipalities.queries.js';
export { MunicipalityDirectory } from './municipality-directory.js';
export { MunicipalityService } from './municipalities.service.js';
export { Membership, Municipality, MunicipalityRegion } from './entities/municipality.entity.js';
