import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MUNICIPALITIES } from './support/danish-municipalities.js';

/** The day on which the regions in force until 2026 came into being. */
const REGIONS_BEGAN = '2007-01-01';

/** The 98 municipalities; from 1 January 2027 Hovedstaden and Sjælland are one region, Østdanmark. */
export class SeedMunicipalities1763700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.down(runner);
    for (const [code, name, nameSortKey, region] of MUNICIPALITIES) {
      const isMerged = region === 'Hovedstaden' || region === 'Sjælland';
      await runner.query('INSERT INTO municipality (code, name, nameSortKey) VALUES (?, ?, ?)', [
        code,
        name,
        nameSortKey,
      ]);
      await this.addRegion(runner, code, region, REGIONS_BEGAN, isMerged ? '2026-12-31' : null);
      if (isMerged) await this.addRegion(runner, code, 'Østdanmark', '2027-01-01', null);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM municipality_region');
    await runner.query('DELETE FROM municipality');
  }

  private async addRegion(
    runner: QueryRunner,
    code: string,
    region: string,
    from: string,
    to: string | null,
  ) {
    await runner.query(
      'INSERT INTO municipality_region (municipalityCode, region, fromOn, toOn) VALUES (?, ?, ?, ?)',
      [code, region, from, to],
    );
  }
}
