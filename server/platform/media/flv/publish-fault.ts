/** What somebody sent cannot be used. The message is a sentence for who publishes: it holds nothing secret. */
export class PublishFault extends Error {
  override readonly name = 'PublishFault';
}
