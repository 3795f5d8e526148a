/** What may be kept, by the ending it gets. */
export const keptTypes = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  png: 'image/png',
  jpg: 'image/jpeg',
  csv: 'text/csv; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
} as const;
export type KeptType = keyof typeof keptTypes;

const startsWith = (bytes: Buffer, ...magic: number[]) => magic.every((byte, index) => bytes[index] === byte);

/** The folder of the main part says which Office document a zip is (ECMA-376); names in a zip are never compressed. */
const officeParts = [
  ['docx', 'word/document.xml'],
  ['xlsx', 'xl/workbook.xml'],
  ['pptx', 'ppt/presentation.xml'],
] as const;

/** What a file is by what is in it; its name only tells a table from other text. null: nothing that may be kept. */
export function sniffFile(bytes: Buffer, name: string): KeptType | null {
  if (bytes.length === 0) return null;
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46, 0x2d)) return 'pdf';
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png';
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'jpg';
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    if (!bytes.includes('[Content_Types].xml') || bytes.includes('vbaProject.bin')) return null;
    return officeParts.find(([, part]) => bytes.includes(part))?.[0] ?? null;
  }
  if (!isText(bytes)) return null;
  return /\.csv$/i.test(name) ? 'csv' : 'txt';
}

function isText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
