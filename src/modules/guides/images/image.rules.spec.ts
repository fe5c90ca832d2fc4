import { IMAGE_LIMIT, imageFault, imageType } from './image.rules.js';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('images of guides', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n....', 'image/png'],
    ['\xff\xd8\xff\xe0....', 'image/jpeg'],
    ['GIF87a....', 'image/gif'],
    ['GIF89a....', 'image/gif'],
    ['RIFF\x00\x00\x01\x00WEBPVP8 ', 'image/webp'],
    ['RIFF\x00\x00\x01\x00WAVEfmt ', undefined],
    ['<svg xmlns="http://www.w3.org/2000/svg">', undefined],
    ['<?xml version="1.0"?><svg/>', undefined],
    [' GIF89a', undefined],
    ['%PDF-1.7', undefined],
    ['', undefined],
  ])('%j is told by its first bytes', (content, type) => {
    expect(imageType(bytes(content))).toBe(type);
  });

  it('are refused when they are too large or none', () => {
    expect(imageFault(bytes('GIF89a'))).toBeUndefined();
    expect(imageFault(bytes('<svg/>'))).toBe('image_type');
    expect(imageFault(Buffer.concat([bytes('GIF89a'), Buffer.alloc(IMAGE_LIMIT - 6)]))).toBeUndefined();
    expect(imageFault(Buffer.concat([bytes('GIF89a'), Buffer.alloc(IMAGE_LIMIT - 5)]))).toBe(
      'image_too_large',
    );
  });
});
