import type { ConsoleEvent } from '../../../server/contracts/console-event.ts';
import { ConsoleLayout } from '../../layouts/console-layout.tsx';

export interface LiveExportsPageProps {
  event: ConsoleEvent;
  files: readonly {
    /** Its name, which is also the end of its address. */
    readonly file: string;
    readonly title: string;
    readonly holds: string;
    /** "412 messages" */
    readonly count: string;
  }[];
}

/** Every table of the day to take away. */
export function LiveExportsPage({ event, files }: LiveExportsPageProps) {
  return (
    <ConsoleLayout
      title="Live exports"
      section="exports"
      event={event}
      note="Tables for a spreadsheet; each download is noted in what happened lately"
    >
      <table class="table stacks">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">What it holds</th>
            <th scope="col">How much</th>
            <th scope="col">File</th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ file, title, holds, count }) => (
            <tr key={file}>
              <th scope="row">{title}</th>
              <td data-label="What it holds">{holds}</td>
              <td data-label="How much">{count}</td>
              <td data-label="File">
                <a href={`${event.path}/live-exports/${file}`} download>
                  {file}
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ConsoleLayout>
  );
}
