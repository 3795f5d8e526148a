import type { Config } from '../config.ts';
import { emptyForm, type FormState } from '../contracts/form-state.ts';
import type { StageShows } from '../contracts/stage-picture.ts';
import type { StreamHealth } from '../contracts/stream-health.ts';
import { addressOfExternal } from '../contracts/stream-form.ts';
import { hasPermission } from '../organisers/permission.rules.ts';
import { wallTimeOfInstant } from '../platform/time/wall-time.ts';
import { pathOfStage } from '../streams/stream-change.rules.ts';
import { externalOf, type Planned } from '../streams/stream.rules.ts';
import { shortMoment } from './console-event.rules.ts';
import type { OpenedEvent } from './open-console-event.ts';

export interface OpenedStage extends OpenedEvent {
  readonly stageId: string | null;
}

interface SetUpStream {
  readonly shows: StageShows;
  readonly revision: number;
  readonly keyHash?: string | null;
  readonly keyMadeAt?: Date | null;
  readonly slateText?: string | null;
  readonly external?: unknown;
  readonly planned: readonly Planned[];
}

/** What an answer shows besides what is stored. */
export interface StreamPageChanges {
  readonly settings?: FormState;
  readonly plan?: FormState;
  readonly newKey?: string;
  readonly refusal?: string;
}

/** The stages of an event; the event itself where it has none. */
export function stageRows({ event, shown }: Pick<OpenedEvent, 'event' | 'shown'>) {
  const stages = event.stages.length > 0 ? event.stages : [{ id: null, name: event.title }];
  return stages.map(({ id, name }) => ({
    stageId: id,
    name,
    path: `${shown.path}/streams/${pathOfStage(id)}`,
  }));
}

/** Everything the page of one stage shows. */
export function streamPage(
  opened: OpenedStage,
  found: StreamPageChanges & {
    readonly stream: SetUpStream | null;
    readonly health: StreamHealth | null;
    readonly notice: string | null;
  },
  config: Pick<Config, 'publicUrl' | 'media'>,
) {
  const { event, shown, stageId, actor } = opened;
  const { stream, health, notice } = found;
  const row = stageRows(opened).find((one) => one.stageId === stageId);
  const keyMadeAt = stream?.keyHash ? (stream.keyMadeAt ?? null) : null;
  return {
    event: shown,
    stage: { name: row?.name ?? event.title, path: `${shown.path}/streams/${pathOfStage(stageId)}` },
    canEdit: hasPermission(actor, 'stream:edit', event.organiserId),
    shows: stream?.shows ?? null,
    revision: stream?.revision ?? 0,
    key: keyMadeAt?.getTime() ?? 0,
    keyMadeAt: keyMadeAt && shortMoment(keyMadeAt, event.zone),
    newKey: found.newKey ?? null,
    addresses: addressesOf(config),
    health,
    hasPlayer: Boolean(stream?.external),
    planned: (stream?.planned ?? []).map(({ at, shows }) => ({
      at: at.toISOString(),
      when: shortMoment(at, event.zone),
      shows,
    })),
    settings: found.settings ?? settingsOf(stream),
    plan: found.plan ?? { ...emptyForm, values: { at: wallTimeOfInstant(event.startsAt, event.zone) } },
    zone: event.zone,
    notice,
    refusal: found.refusal ?? null,
  };
}

function settingsOf(stream: SetUpStream | null): FormState {
  const external = stream && externalOf(stream);
  const values = {
    slateText: stream?.slateText ?? '',
    external: external ? addressOfExternal(external) : '',
    revision: String(stream?.revision ?? 0),
  };
  return { values, errors: [] };
}

/** The port is left out where encoders know it by themselves. */
function addressesOf({ publicUrl, media }: Pick<Config, 'publicUrl' | 'media'>) {
  const { hostname } = new URL(publicUrl);
  const at = (port: number, usual: number) => (port === usual ? hostname : `${hostname}:${port}`);
  return {
    rtmp: `rtmp://${at(media.rtmp.port, 1935)}/live`,
    rtmps: media.rtmps && `rtmps://${at(media.rtmps.port, 443)}/live`,
    whip: `${publicUrl}/live/whip`,
  };
}
