import { applyDecorators, Header, StreamableFile } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiProduces } from '@nestjs/swagger';

/** The handler answers with the image of a chart (`chartFile`); it is nobody else's, and nothing in it may load or run anything. */
export const ApiChartImage = (): MethodDecorator =>
  applyDecorators(
    Header('cache-control', 'no-store'),
    Header('content-security-policy', "default-src 'none'"),
    ApiProduces('image/svg+xml'),
  );

/** The same for the image of a page, which is no part of the API. */
export const ChartImage = (): MethodDecorator => applyDecorators(ApiChartImage(), ApiExcludeEndpoint());

/** The drawing as an answer. */
export function chartFile(svg: string): StreamableFile {
  return new StreamableFile(Buffer.from(svg), { type: 'image/svg+xml' });
}
