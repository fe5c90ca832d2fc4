import { applyDecorators, Header, StreamableFile } from '@nestjs/common';
import { ApiExcludeEndpoint } from '@nestjs/swagger';

/** The handler answers with the image of a chart (`chartFile`); it is nobody else's, and nothing in it may load or run anything. */
export const ChartImage = (): MethodDecorator =>
  applyDecorators(
    Header('cache-control', 'no-store'),
    Header('content-security-policy', "default-src 'none'"),
    ApiExcludeEndpoint(),
  );

/** The drawing as an answer. */
export function chartFile(svg: string): StreamableFile {
  return new StreamableFile(Buffer.from(svg), { type: 'image/svg+xml' });
}
