import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';
import { encodeQR } from 'qr';
import { Roles } from '../../../common/access/access.decorator.js';
import { DomainError } from '../../../common/domain-error.js';
import { id } from '../../../common/fields.js';
import { Page } from '../../../web/render/page.decorator.js';
import { CODE_WINDOW_MS, opensAt } from './check-in.rules.js';
import { CheckInService } from './check-in.service.js';

const SECOND_MS = 1000;

/** The code on the wall by which agents check themselves in; it changes all the time, so that a photo of it is soon worth nothing. */
@Controller('onboardingdage/:id')
@Roles('secretariat')
export class CheckInCodePages {
  constructor(private readonly checkIns: CheckInService) {}

  @Get('kode')
  @Page('onboarding-days/check-in-code')
  async show(@Param('id', { schema: id }) dayId: number) {
    const day = await this.checkIns.day(dayId);
    const address = this.checkIns.address(day);
    return {
      day,
      address,
      opensAt: opensAt(day),
      image: address && `/onboardingdage/${dayId}/kode.svg?${address.split('/').at(-1)}`,
      refresh: CODE_WINDOW_MS / SECOND_MS,
      script: 'check-in-code.js',
    };
  }

  /** The same as an image; whatever stands behind the question mark only keeps browsers from showing an old one. */
  @Get('kode.svg')
  @Header('cache-control', 'no-store')
  @ApiExcludeEndpoint()
  async image(@Param('id', { schema: id }) dayId: number): Promise<StreamableFile> {
    const address = this.checkIns.address(await this.checkIns.day(dayId));
    if (address === null) throw new DomainError('not_found', 'not_found');
    const svg = encodeQR(address, 'svg', { ecc: 'medium', border: 2 });
    return new StreamableFile(Buffer.from(svg), { type: 'image/svg+xml' });
  }
}
