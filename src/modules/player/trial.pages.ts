import { Controller, Param, Post } from '@nestjs/common';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { id } from '../../common/fields.js';
import { Page } from '../../web/render/page.decorator.js';
import { SeeOther } from '../../web/render/page-reply.js';
import { LaunchService } from './launch.service.js';

/** The secretariat tries a version before it is approved. */
@Controller('e-laering/:id/versioner/:version/proev')
@Roles('secretariat')
export class TrialPages {
  constructor(private readonly launches: LaunchService) {}

  @Post()
  @Page('player/attempt')
  async tryOut(@Param('version', { schema: id }) versionId: number, @Current() principal: Principal) {
    return new SeeOther(await this.launches.tryOut(versionId, principal));
  }
}
