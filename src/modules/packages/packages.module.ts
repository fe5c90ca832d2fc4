import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { PackagePersonalData } from './package-personal-data.js';
import { PackageStore } from './package-store.js';
import { PackageSweep } from './package-sweep.js';
import { PackageQueries } from './package.queries.js';
import { PackageService } from './package.service.js';

/** E-learning packages: checking, unpacking and keeping them. */
@Module({
  imports: [AuditModule, PrivacyModule],
  providers: [PackageStore, PackageService, PackageQueries, PackageSweep, PackagePersonalData],
  exports: [PackageStore, PackageService, PackageQueries],
})
export class PackagesModule {}
