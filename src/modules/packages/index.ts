export { PackagesModule } from './packages.module.js';
export { PackageStore, type IncomingZip, type UnpackedPackage } from './package-store.js';
export { PackageService } from './package.service.js';
export { PackageQueries, type PackageRow } from './package.queries.js';
export type { PackageFile } from './package-file.js';
export type { PackageLimits } from './package-limits.js';
export type { InventoryCheck } from './inventory.js';
export { SCORM_STANDARDS, type PackageManifest, type Sco, type ScormStandard } from './manifest.js';
export { ContentPackage } from './entities/content-package.entity.js';
