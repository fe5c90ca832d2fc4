import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { EmploymentService } from './employment.service.js';

/** Agents and their periods of employment. */
@Module({ imports: [IdentityModule], providers: [EmploymentService], exports: [EmploymentService] })
export class AgentsModule {}
