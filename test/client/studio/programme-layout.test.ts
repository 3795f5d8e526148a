import { expect } from 'chai';
import {
  fitPicture,
  placePictures,
  type Layout,
  type Place,
} from '../../../client/islands/studio/programme-layout.ts';
import { randomOf } from '../../platform/media/packaging/made-units.ts';

const size = { width: 1280, height: 720 };
const layouts: readonly Layout[] = ['camera', 'everybody', 'screen', 'corner', 'side'];
const nameOf = ({ picture }: Place) => (picture === 'screen' ? 'screen' : picture.person);
const place = (layout: Layout, people: string[], hasScreen: boolean, chosen: string | null = null) =>
  placePictures(layout, { people, hasScreen, chosen }, size);
const names = (...given: Parameters<typeof place>) => place(...given).map(nameOf);
const people = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);

const overlap = (one: Place, other: Place) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

describe('the layout of what goes on air', () => {
  it('keeps every picture inside and whole pictures apart, whoever is there', () => {
    const random = randomOf(7);
    for (let round = 0; round < 2_000; round += 1) {
      const layout = layouts[Math.floor(random() * layouts.length)]!;
      const present = people(Math.floor(random() * 7));
      const places = place(layout, present, random() < 0.5, `p${Math.floor(random() * 8)}`);
      for (const one of places) {
        expect([one.x, one.y].every((start) => start >= 0)).to.equal(true);
        expect(one.x + one.width).to.be.at.most(size.width);
        expect(one.y + one.height).to.be.at.most(size.height);
        expect(Math.min(one.width, one.height)).to.be.above(80);
        for (const other of places)
          if (other !== one && layout !== 'corner') expect(overlap(one, other)).to.equal(false);
      }
      expect(new Set(places.map(nameOf)).size).to.equal(places.length);
    }
  });

  it('shows what is there when the other is not, and never what was not chosen', () => {
    expect(names('corner', ['ann'], false)).to.deep.equal(['ann']);
    expect(names('side', [], true)).to.deep.equal(['screen']);
    expect(names('side', ['ann', 'bob'], false)).to.deep.equal(['ann', 'bob']);
    expect(names('screen', ['ann'], false)).to.deep.equal([]);
    expect(names('camera', [], true)).to.deep.equal([]);
    expect(names('everybody', [], true)).to.deep.equal([]);
    expect(names('side', [], false)).to.deep.equal([]);
  });

  it('shows the one who was chosen where one person is, and the first while they are not there', () => {
    expect(names('camera', ['ann', 'bob'], true, 'bob')).to.deep.equal(['bob']);
    expect(names('corner', ['ann', 'bob'], true, 'bob')).to.deep.equal(['screen', 'bob']);
    expect(names('corner', ['ann'], true, 'bob')).to.deep.equal(['screen', 'ann']);
  });

  it('shows everybody at the same size, one alone in the whole picture', () => {
    for (let count = 2; count <= 6; count += 1) {
      const places = place('everybody', people(count), true);
      expect(places).to.have.length(count);
      expect(new Set(places.map(({ width, height }) => `${width}x${height}`)).size).to.equal(1);
    }
    expect(place('everybody', ['ann'], false)[0]).to.include({ x: 0, y: 0, ...size });
    const atTheSide = names('side', people(5), true);
    expect(atTheSide).to.deep.equal(['screen', ...people(5)]);
  });

  it('cuts a camera to its place, and shows a screen whole', () => {
    const whole = { x: 0, y: 0, ...size };
    const cut = fitPicture({ width: 640, height: 480 }, { ...whole, fit: 'cover' });
    expect(cut).to.deep.equal({ from: { x: 0, y: 60, width: 640, height: 360 }, to: whole });
    const contained = fitPicture({ width: 600, height: 900 }, { ...whole, fit: 'contain' });
    expect(contained?.to).to.deep.equal({ x: 400, y: 0, width: 480, height: 720 });
    expect(fitPicture({ width: 0, height: 0 }, { ...whole, fit: 'cover' })).to.equal(null);
  });
});
