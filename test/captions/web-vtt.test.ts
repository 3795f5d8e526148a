import { expect } from 'chai';
import {
  cutCues,
  decodeVtt,
  readVtt,
  showCueTime,
  writeCuesToEdit,
  writeVtt,
} from '../../server/captions/web-vtt.rules.ts';

const file = (...blocks: string[]) => ['WEBVTT', ...blocks].join('\n\n');
const cuesOf = (text: string) => {
  const read = readVtt(text);
  if (!read.ok) throw new Error(read.message);
  return read.cues;
};
const complaintOf = (text: string) => {
  const read = readVtt(text);
  return read.ok ? null : read.message;
};

describe('WebVTT', () => {
  it('reads times with and without hours, and leaves out notes, styles, regions and positions', () => {
    const text = file(
      'NOTE made by hand\n00:00:01.000 --> 00:00:02.000',
      'STYLE\n::cue { background: url(https://evil.example) }',
      'REGION\nid:fred',
      'one\n00:01.000 --> 00:02.500 line:0 position:20%\nHello there',
      '01:00:03.250 --> 01:00:04.000\r\nSecond\r\nline',
    );
    expect(cuesOf(`\uFEFF${text}`)).to.deep.equal([
      { from: 1_000, to: 2_500, text: 'Hello there' },
      { from: 3_603_250, to: 3_604_000, text: 'Second\nline' },
    ]);
  });

  it('keeps words only: scripts, tags and hidden characters go, and what was escaped stays text', () => {
    const [cue] = cuesOf(
      file(
        '00:01.000 --> 00:02.000\n<v Amina><script>alert(1)</script> <b onclick=x>a</b> &lt;img src=x&gt; &amp;lt; \u202ereversed\u0007',
      ),
    );
    expect(cue?.text).to.equal('alert(1) a <img src=x> &lt; reversed');
    const written = writeVtt([cue ?? { from: 0, to: 1, text: '' }]);
    expect(written).to.include('&lt;img src=x&gt; &amp;lt;').and.not.include('<img');
    expect(cuesOf(written)).to.deep.equal([cue]);
  });

  it('writes an arrow in what was said so that no other caption can be smuggled in', () => {
    const cues = [{ from: 0, to: 1_000, text: 'x 00:01.000 --> 00:02.000 y' }];
    expect(cuesOf(writeVtt(cues))).to.deep.equal(cues);
  });

  it('says in which line what is wrong', () => {
    expect(complaintOf('hello')).to.include('must begin with the line WEBVTT');
    expect(complaintOf('WEBVTTX\n\n00:01.000 --> 00:02.000\nx')).to.include('WEBVTT');
    expect(complaintOf(file('00:02.000 --> 00:01.000\nx'))).to.equal(
      'Line 3: the caption ends before it begins',
    );
    expect(complaintOf(file('00:05.000 --> 00:06.000\nx', '00:01.000 --> 00:02.000\ny'))).to.include(
      'Line 6: the caption begins before',
    );
    for (const times of [
      '00:61.000 --> 00:62.000',
      '0 --> 1',
      '00:01.0 --> 00:02.0',
      'NaN:00.000 --> 00:01.000',
    ])
      expect(complaintOf(file(`${times}\nx`)), times).to.include('Line 3: write the times as');
    expect(complaintOf(file('99:00:00.000 --> 99:00:01.000\nx'))).to.include('more than a day');
    expect(complaintOf(file(`00:01.000 --> 00:02.000\n${'x'.repeat(501)}`))).to.include('500 characters');
    expect(complaintOf(file('00:01.000 --> 00:02.000\nx\n00:03.000 --> 00:04.000\ny'))).to.include(
      'leave an empty line',
    );
    expect(complaintOf(file('just words'))).to.include('captions need a line of times');
  });

  it('reads its own text for editing back as it was, and empty text as no captions', () => {
    const cues = [
      { from: 0, to: 900, text: 'a & b' },
      { from: 900, to: 3_600_001, text: 'one\ntwo' },
    ];
    const typed = readVtt(writeCuesToEdit(cues), { isTyped: true });
    expect(typed).to.deep.equal({ ok: true, cues });
    expect(readVtt('', { isTyped: true })).to.deep.equal({ ok: true, cues: [] });
  });

  it('takes UTF-8 only', () => {
    expect(decodeVtt(Buffer.from('WEBVTT\n\nÄ'))).to.equal('WEBVTT\n\nÄ');
    expect(decodeVtt(Buffer.from('WEBVTT\n\nÄ', 'utf16le'))).to.equal(null);
    expect(decodeVtt(Buffer.from('WEBVTT\n\nÄ', 'latin1'))).to.equal(null);
    expect(decodeVtt(Buffer.from([0xff, 0xfe, 0x57, 0x00]))).to.equal(null);
  });

  it('never takes long over hostile text', () => {
    const started = performance.now();
    for (const text of [
      '<'.repeat(300_000),
      `00:01.000 --> 00:02.000\n${'<a'.repeat(150_000)}`,
      `00:01.000${' '.repeat(300_000)}-->`,
      'x\n'.repeat(200_000),
      `${'00:00:'.repeat(100_000)}-->`,
    ])
      readVtt(file(text));
    expect(performance.now() - started).to.be.lessThan(2_000);
  });

  it('cuts captions to what is seen, and counts from there', () => {
    const cues = [
      { from: 0, to: 900, text: 'gone' },
      { from: 500, to: 1_500, text: 'half' },
      { from: 2_000, to: 9_000, text: 'to the end' },
      { from: 6_000, to: 7_000, text: 'after' },
    ];
    expect(cutCues(cues, 1_000, 5_000)).to.deep.equal([
      { from: 0, to: 500, text: 'half' },
      { from: 1_000, to: 5_000, text: 'to the end' },
    ]);
    expect(showCueTime(3_723_004)).to.equal('01:02:03.004');
  });
});
