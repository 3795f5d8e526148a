import { expect } from 'chai';
import { fitPicture, placePictures, type Layout } from '../../../client/islands/studio/programme-layout.ts';

const size = { width: 1280, height: 720 };
const both = { camera: true, screen: true };

describe('the layout of what goes on air', () => {
  it('keeps every picture inside, and pictures side by side apart', () => {
    for (const layout of ['camera', 'screen', 'corner', 'side'] as Layout[])
      for (const place of placePictures(layout, both, size)) {
        expect(place.x).to.be.at.least(0);
        expect(place.y).to.be.at.least(0);
        expect(place.x + place.width).to.be.at.most(size.width);
        expect(place.y + place.height).to.be.at.most(size.height);
      }
    const [screen, camera] = placePictures('side', both, size);
    expect(screen!.x + screen!.width).to.be.below(camera!.x);
    expect(placePictures('corner', both, size).map(({ picture }) => picture)).to.deep.equal([
      'screen',
      'camera',
    ]);
  });

  it('shows what is there when the other is not, and never what was not chosen', () => {
    const only = (layout: Layout, camera: boolean, screen: boolean) =>
      placePictures(layout, { camera, screen }, size).map(({ picture }) => picture);
    expect(only('corner', true, false)).to.deep.equal(['camera']);
    expect(only('side', false, true)).to.deep.equal(['screen']);
    expect(only('screen', true, false)).to.deep.equal([]);
    expect(only('camera', false, true)).to.deep.equal([]);
    expect(only('side', false, false)).to.deep.equal([]);
  });

  it('cuts a camera to its place, and shows a screen whole', () => {
    const place = { x: 0, y: 0, ...size };
    const cut = fitPicture({ width: 640, height: 480 }, { ...place, fit: 'cover' });
    expect(cut).to.deep.equal({ from: { x: 0, y: 60, width: 640, height: 360 }, to: place });
    const whole = fitPicture({ width: 600, height: 900 }, { ...place, fit: 'contain' });
    expect(whole?.to).to.deep.equal({ x: 400, y: 0, width: 480, height: 720 });
    expect(fitPicture({ width: 0, height: 0 }, { ...place, fit: 'cover' })).to.equal(null);
  });
});
