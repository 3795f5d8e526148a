// A picture that says when it was made: the machine's clock in ms as a row of black and white blocks, and below it the
// same row inverted, so that a smeared picture is known as such. Blocks are wide enough to survive 500 kb/s.

export const bits = 42;
/** Rows of pixels of each of the two rows of blocks, of a picture 720 high. */
export const rowShare = 40 / 720;

/** Paints the clock into the luma plane of an I420 picture. */
export function paintClock(luma: Uint8Array, width: number, height: number, now: number): void {
  const rows = Math.round(height * rowShare);
  for (let bit = 0; bit < bits; bit += 1) {
    const isOne = Math.floor(now / 2 ** bit) % 2 === 1;
    const from = Math.floor((bit * width) / bits);
    const to = Math.floor(((bit + 1) * width) / bits);
    for (let row = 0; row < rows * 2; row += 1)
      luma.fill(isOne === row < rows ? 235 : 16, row * width + from, row * width + to);
  }
}

/** For pages: `paintClock(context, width, height)` and `readClock(source, width, height)`, the latter null when smeared. */
export const clockInPage = `
  const bits = ${bits}, rowShare = ${rowShare};
  window.paintClock = (context, width, height) => {
    const now = Date.now(), rows = Math.round(height * rowShare);
    for (let bit = 0; bit < bits; bit += 1) {
      const isOne = Math.floor(now / 2 ** bit) % 2 === 1;
      const from = Math.floor((bit * width) / bits), to = Math.floor(((bit + 1) * width) / bits);
      context.fillStyle = isOne ? '#fff' : '#000';
      context.fillRect(from, 0, to - from, rows);
      context.fillStyle = isOne ? '#000' : '#fff';
      context.fillRect(from, rows, to - from, rows);
    }
  };
  const canvas = Object.assign(document.createElement('canvas'), { width: bits * 4, height: 8 });
  const strip = canvas.getContext('2d', { willReadFrequently: true });
  window.readClock = (video) => {
    const rows = video.videoHeight * rowShare;
    if (!rows) return null;
    strip.drawImage(video, 0, 0, video.videoWidth, rows * 2, 0, 0, bits * 4, 8);
    const { data } = strip.getImageData(0, 0, bits * 4, 8);
    const luma = (x, y) => data[(y * bits * 4 + x) * 4];
    let time = 0;
    for (let bit = 0; bit < bits; bit += 1) {
      const upper = luma(bit * 4 + 1, 1) + luma(bit * 4 + 2, 2), lower = luma(bit * 4 + 1, 5) + luma(bit * 4 + 2, 6);
      if (Math.abs(upper - lower) < 150) return null;
      if (upper > lower) time += 2 ** bit;
    }
    return time;
  };
`;
