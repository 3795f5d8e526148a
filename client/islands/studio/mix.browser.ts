/** All sound of a studio: one for viewers, and one for each guest of the backstage room. */
export interface Mix {
  readonly output: MediaStream;
  /** Sound of this page's own source; null takes it out. */
  hear(name: 'microphone' | 'screen', track: MediaStreamTrack | null): void;
  mute(isMuted: boolean): void;
  /** 0 to 1: how loud the microphone is. */
  level(): number;
  /** What a guest of this name gets: everybody but the guest. The same until the guest leaves. */
  returnFor(guest: string): MediaStream;
  /** What a guest says; null takes them out, their own return stays. */
  hearGuest(guest: string, track: MediaStreamTrack | null): void;
  setGuest(guest: string, state: { readonly isOnAir: boolean; readonly isMuted: boolean }): void;
  removeGuest(guest: string): void;
}

interface GuestNodes {
  source: MediaStreamAudioSourceNode | null;
  /** Silent while muted: leads to the others' returns and to `air`. */
  readonly voice: GainNode;
  readonly air: GainNode;
  readonly back: MediaStreamAudioDestinationNode;
}

/** Call it at a press: browsers want one for sound. */
export function openMix(): Mix {
  const audio = new AudioContext({ sampleRate: 48_000 });
  void audio.resume();
  const output = audio.createMediaStreamDestination();
  const house = audio.createGain();
  house.connect(output);
  const volume = audio.createGain();
  volume.connect(house);
  const meter = audio.createAnalyser();
  meter.fftSize = 1_024;
  const samples = new Float32Array(meter.fftSize);
  const sources: Record<string, MediaStreamAudioSourceNode | null> = {};
  const guests = new Map<string, GuestNodes>();

  const nodesOf = (guest: string): GuestNodes => {
    const known = guests.get(guest);
    if (known) return known;
    const nodes = {
      source: null,
      voice: audio.createGain(),
      air: audio.createGain(),
      back: audio.createMediaStreamDestination(),
    };
    nodes.air.gain.value = 0;
    nodes.voice.connect(nodes.air).connect(output);
    house.connect(nodes.back);
    for (const other of guests.values()) {
      other.voice.connect(nodes.back);
      nodes.voice.connect(other.back);
    }
    guests.set(guest, nodes);
    return nodes;
  };

  return {
    output: output.stream,
    hear(name, track) {
      sources[name]?.disconnect();
      const source = (sources[name] = track && audio.createMediaStreamSource(new MediaStream([track])));
      if (name === 'microphone') source?.connect(meter);
      source?.connect(name === 'microphone' ? volume : house);
    },
    mute: (isMuted) => void (volume.gain.value = isMuted ? 0 : 1),
    level() {
      meter.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      // -60 dB is silence, 0 dB as loud as it gets.
      return power === 0 ? 0 : Math.min(1, Math.max(0, 1 + (10 * Math.log10(power)) / 60));
    },
    returnFor: (guest) => nodesOf(guest).back.stream,
    hearGuest(guest, track) {
      const nodes = nodesOf(guest);
      nodes.source?.disconnect();
      nodes.source = track && audio.createMediaStreamSource(new MediaStream([track]));
      nodes.source?.connect(nodes.voice);
    },
    setGuest(guest, { isOnAir, isMuted }) {
      const { voice, air } = nodesOf(guest);
      voice.gain.value = isMuted ? 0 : 1;
      air.gain.value = isOnAir ? 1 : 0;
    },
    removeGuest(guest) {
      const nodes = guests.get(guest);
      if (!nodes) return;
      guests.delete(guest);
      nodes.source?.disconnect();
      nodes.voice.disconnect();
      nodes.air.disconnect();
      house.disconnect(nodes.back);
      for (const other of guests.values()) other.voice.disconnect(nodes.back);
    },
  };
}
