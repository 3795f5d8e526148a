import { expect } from 'chai';
import { pathOfKeptFile } from '../../../server/platform/uploads/kept-files.ts';
import { sniffFile } from '../../../server/platform/uploads/sniff-file.ts';

const zip = (...names: string[]) =>
  Buffer.concat([Buffer.from([0x50, 0x4b, 0x03, 0x04]), Buffer.from(names.join('\0'))]);

describe('what a file is', () => {
  it('is told by what is in it, whatever it is called', () => {
    const types = '[Content_Types].xml';
    const files: [Buffer, string, ReturnType<typeof sniffFile>][] = [
      [Buffer.from('%PDF-1.4\n'), 'x.exe', 'pdf'],
      [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]), 'x', 'png'],
      [Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'x.png', 'jpg'],
      [zip(types, 'word/document.xml'), 'x.zip', 'docx'],
      [zip(types, 'xl/workbook.xml'), 'x', 'xlsx'],
      [zip(types, 'ppt/presentation.xml'), 'x', 'pptx'],
      [Buffer.from('a,b\n1,2\n'), 'Figures.CSV', 'csv'],
      [Buffer.from('<script>alert(1)</script>'), 'x.html', 'txt'],
    ];
    for (const [bytes, name, type] of files) expect(sniffFile(bytes, name), name).to.equal(type);
  });

  it('is nothing that may be kept when it is empty, a program, a plain archive or holds macros', () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('MZ\x90\0'),
      zip('word/document.xml'),
      zip('[Content_Types].xml', 'readme.md'),
      zip('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'),
      Buffer.from([0xc3, 0x28]),
    ])
      expect(sniffFile(bytes, 'x.csv')).to.equal(null);
  });

  it('is never found outside its folder', () => {
    for (const name of ['../secret-key', '..', 'abcdefgh', 'abcdefgh.PDF', '/etc/passwd', 'abcdefgh.pdf/..'])
      expect(pathOfKeptFile('/data', name)).to.equal(null);
    expect(pathOfKeptFile('/data', 'abcdefgh.pdf')).to.equal('/data/files/abcdefgh.pdf');
  });
});
