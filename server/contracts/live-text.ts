import { z } from 'zod';
import { longText } from './form-text.ts';

/** More marks than this on one letter are stacked to cover other people's lines ("zalgo"), not to spell a word. */
const stackedMarks = /(\p{M}{3})\p{M}+/gu;

/** What somebody says in a live room: plain text, line breaks kept, 1 to `max` characters as people see them. */
export const liveText = (max: number) =>
  longText(max)
    .transform((text) => text.replace(stackedMarks, '$1').replace(/\n{3,}/g, '\n\n'))
    .refine((text) => text.length > 0, { error: 'Write something first' })
    .meta({ description: `Plain text of 1 to ${max} characters.` });

export const liveId = z.string().min(1).max(64);
/** Made by the sender, so that a message sent again after a dropped line is one message. */
export const clientId = z.string().regex(/^[\w-]{8,64}$/);
export const instant = z.iso.datetime();
