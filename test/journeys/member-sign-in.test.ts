import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { mailsTo } from '../support/mailbox.ts';
import { openProduct, type Product } from '../support/product.ts';
import { seedMember, totpCode } from '../support/signing-in.ts';

const email = 'olivia@council.example';

describe('a member signs in for the first time, without script', function () {
  this.timeout(90_000);
  let product: Product;
  let browser: Browser;
  before(async () => {
    product = await openProduct();
    await seedMember(product, { totpSecret: null });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await product.close();
  });

  const open = async (): Promise<Page> => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    return context.newPage();
  };
  const heading = (page: Page) => page.locator('h1').innerText();

  it('by the link, an authenticator and recovery codes; elsewhere only by the code', async () => {
    const page = await open();
    await page.goto(`${product.url}/sign-in?next=%2Faccount`);
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: 'Email me a link' }).click();
    expect(await heading(page)).to.equal('Look for our email');
    const [mail] = await mailsTo(product.url, email, 1);
    const link = /http:\/\/\S+\/sign-in\/link\/[\w-]{43}/.exec(mail?.text ?? '')?.[0] ?? '';

    const elsewhere = await open();
    await elsewhere.goto(link);
    expect(await heading(elsewhere)).to.equal('Type the code from the email');

    await page.goto(link);
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await heading(page)).to.equal('Set up your second step');
    expect(await page.locator('.qr svg').boundingBox())
      .to.have.property('width')
      .that.is.above(100);
    const secret = (await page.locator('figcaption code').innerText()).replaceAll(' ', '');
    await page.getByLabel('Code from your app').fill(totpCode(product, secret));
    await page.getByRole('button', { name: 'Turn it on' }).click();
    expect(await heading(page)).to.equal('Keep these codes');
    expect(await page.locator('#recovery-codes li').count()).to.equal(10);
    await page.getByRole('link', { name: 'I have kept them' }).click();
    expect(new URL(page.url()).pathname).to.equal('/account');
    expect(await page.locator('.sign-ins').innerText()).to.match(/Chrome on Linux\s+This one/);

    await elsewhere.goto(link);
    expect(await elsewhere.getByText('That link has been used').count()).to.be.above(0);
  });
});
