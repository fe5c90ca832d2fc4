import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';

/** Metadata key of a page's template. */
export const PAGE_TEMPLATE = 'vagtklar:page';

/**
 * The handler answers with a page: what it returns is the view model of the template `<module>/<name>`, which lies at
 * `modules/<module>/views/<name>.hbs`. It may also return a `SeeOther` or a `PageReply`.
 */
export const Page = (template: string): MethodDecorator =>
  applyDecorators(SetMetadata(PAGE_TEMPLATE, template), ApiExcludeEndpoint());
