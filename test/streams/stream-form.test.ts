import { expect } from 'chai';
import { addressOfExternal, readExternalAddress } from '../../server/contracts/stream-form.ts';

describe('the address of another player', () => {
  const known = {
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3': 'youtube dQw4w9WgXcQ',
    'https://youtube.com/live/dQw4w9WgXcQ': 'youtube dQw4w9WgXcQ',
    'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ': 'youtube dQw4w9WgXcQ',
    ' https://youtu.be/dQw4w9WgXcQ ': 'youtube dQw4w9WgXcQ',
    'https://vimeo.com/123456': 'vimeo 123456 -',
    'https://vimeo.com/123456/0af9': 'vimeo 123456 0af9',
    'https://player.vimeo.com/video/123456?h=0af9': 'vimeo 123456 0af9',
    'https://cdn.example.org/live/main.m3u8?token=a#b': 'hls https://cdn.example.org/live/main.m3u8?token=a',
  };
  const inWords = (address: string): string => {
    const picture = readExternalAddress(address);
    switch (picture?.provider) {
      case 'hls':
        return `hls ${picture.url}`;
      case 'youtube':
        return `youtube ${picture.videoId}`;
      case 'vimeo':
        return `vimeo ${picture.videoId} ${picture.hash ?? '-'}`;
      case undefined:
        return 'none';
    }
  };

  for (const [address, expected] of Object.entries(known))
    it(`knows ${address.trim()}, and writes it so that it is known again`, () => {
      expect(inWords(address)).to.equal(expected);
      const picture = readExternalAddress(address);
      if (picture) expect(inWords(addressOfExternal(picture))).to.equal(expected);
    });

  const refused = [
    '',
    'video',
    'javascript:alert(1)//.m3u8',
    'data:text/html,.m3u8',
    'http://cdn.example.org/main.m3u8',
    'https://user:secret@cdn.example.org/main.m3u8',
    'https://cdn.example.org/main.mp4',
    'https://www.youtube.com/watch',
    'https://www.youtube.com/watch?v=../../evil',
    'https://www.youtube.com/embed/"onload=',
    'https://www.youtube.com.evil.example/watch?v=dQw4w9WgXcQ',
    'https://youtu.be.evil.example/dQw4w9WgXcQ',
    'https://vimeo.com/channels/staffpicks',
    'https://vimeo.com/123456/0af9/more',
    'https://player.vimeo.com/video/123456?h=<script>',
    `https://cdn.example.org/${'x'.repeat(3_000)}.m3u8`,
  ];
  for (const address of refused)
    it(`refuses ${address.slice(0, 60) || 'nothing'}`, () => expect(inWords(address)).to.equal('none'));
});
