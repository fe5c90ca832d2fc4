import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { MunicipalitiesController } from './municipalities.controller.js';
import { MunicipalityDirectory } from './municipality-directory.js';
import { MunicipalityQueries } from './municipalities.queries.js';
import { MunicipalityService } from './municipalities.service.js';

/** The 98 municipalities, their regions and their memberships. */
@Module({
  imports: [AuditModule],
  controllers: [MunicipalitiesController],
  providers: [MunicipalityQueries, MunicipalityService, MunicipalityDirectory],
  exports: [MunicipalityQueries, MunicipalityService, MunicipalityDirectory],
})
export class MunicipalitiesModule {}
