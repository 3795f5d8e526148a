import type { Request, Response } from 'express';
import multer, { MulterError } from 'multer';

export interface UploadedFile {
  /** As the browser called it: shown, never used as a path. */
  readonly name: string;
  readonly bytes: Buffer;
}

export type Upload =
  | { readonly ok: true; readonly file: UploadedFile | null }
  | { readonly ok: false; readonly reason: 'too-large' };

/**
 * Reads a form with one file in the field `file` and a few short texts, which are in `request.body` afterwards. Ask who
 * is there before: until then nothing of the body is read. `largestText`: bytes of one text, for a form with a long one.
 */
export async function readUpload(
  request: Request,
  response: Response,
  largestFile: number,
  largestText = 2_000,
): Promise<Upload> {
  const read = multer({
    storage: multer.memoryStorage(),
    limits: {
      fileSize: largestFile,
      files: 1,
      fields: 4,
      fieldSize: largestText,
      fieldNameSize: 50,
      parts: 6,
    },
  }).single('file');
  const error = await new Promise<unknown>((resolve) => read(request, response, resolve));
  if (error instanceof MulterError) {
    if (error.code === 'LIMIT_FILE_SIZE' || error.code === 'LIMIT_FIELD_VALUE')
      return { ok: false, reason: 'too-large' };
    return { ok: true, file: null };
  }
  if (error instanceof Error) return { ok: true, file: null };
  const { file } = request;
  // Browsers send names in UTF-8, which multer reads as Latin-1.
  return {
    ok: true,
    file: file
      ? { name: Buffer.from(file.originalname, 'latin1').toString('utf8'), bytes: file.buffer }
      : null,
  };
}
